import { Hono } from "hono";
import { instant, millis } from "../../schema/primitives.ts";
import type { Judge } from "./contract.ts";
import { createFaults, type Faults } from "./faults.ts";
import { type Serving, serve } from "./serve.ts";
import type { Bench, Simulator, World } from "./simulator.ts";
import type { Watch } from "./watch.ts";

export type RunningPlatform<State> = Serving & {
  state: State;
  bench: Bench;
  faults: Faults;
  /** From now on its clock is ahead of everybody's by so much; behind, where that is negative. */
  clockOff(milliseconds: number): void;
};

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
  const { simulator, judge, watch } = given;
  let offMs = 0;
  const world = { ...given.world, now: () => instant(millis(given.world.now()) + offMs) };
  const state = given.state ?? simulator.initial(world);
  const app = simulator.app(state, world);
  const faults = createFaults();
  const front = new Hono();
  if (watch) front.use("*", watch.middleware);
  front.use("*", faults.middleware);
  front.use("*", async (c, next) => {
    await next();
    // Its own clock, and not the machine's, which Node would tell.
    c.header("date", new Date(millis(world.now())).toUTCString());
  });
  if (judge) front.use("*", judge.middleware);
  front.all("*", (c) => app.fetch(c.req.raw, c.env));
  const serving = await serve(front);
  return {
    ...serving,
    state,
    bench: simulator.bench(state, world),
    faults,
    clockOff: (milliseconds) => {
      offMs = milliseconds;
    },
  };
};
