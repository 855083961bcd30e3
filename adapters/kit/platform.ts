import { Hono } from "hono";
import type { Judge } from "./contract.ts";
import { createFaults, type Faults } from "./faults.ts";
import { type Serving, serve } from "./serve.ts";
import type { Bench, Simulator, World } from "./simulator.ts";
import type { Watch } from "./watch.ts";

export type RunningPlatform<State> = Serving & { state: State; bench: Bench; faults: Faults };

/**
 * Runs a simulator as a real HTTP server with faults in front of it and, where one is given, a judge between, who
 * therefore never sees a fault. `watch` sees every request. `state` resumes what was kept of an earlier run.
 */
export const runPlatform = async <State>(given: {
  simulator: Simulator<State>;
  world: World;
  state?: State;
  judge?: Judge;
  watch?: Watch;
}): Promise<RunningPlatform<State>> => {
  const { simulator, world, judge, watch } = given;
  const state = given.state ?? simulator.initial(world);
  const app = simulator.app(state, world);
  const faults = createFaults();
  const front = new Hono();
  if (watch) front.use("*", watch.middleware);
  front.use("*", faults.middleware);
  if (judge) front.use("*", judge.middleware);
  front.all("*", (c) => app.fetch(c.req.raw, c.env));
  const serving = await serve(front);
  return { ...serving, state, bench: simulator.bench(state, world), faults };
};
