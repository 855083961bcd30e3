import { randomUUID } from "node:crypto";
import type { Adapter, AdapterContext, Ports, RosterTerms } from "../../schema/adapter.ts";
import { CentreId, type Instant } from "../../schema/primitives.ts";
import { seeded } from "./chance.ts";
import { type Clock, createClock } from "./clock.ts";
import { createContext } from "./context.ts";
import type { createContract, Judge } from "./contract.ts";
import { type RunningPlatform, runPlatform } from "./platform.ts";
import type { Bench, Delivery, Simulator } from "./simulator.ts";
import { createWatch } from "./watch.ts";

/** An adapter found in its folder, with its simulator, and what judges them if the platform has an API. */
export type Candidate = {
  name: string;
  adapter: Adapter;
  simulator: Simulator;
  contract?: ReturnType<typeof createContract>;
};

/** Everything that a promise is tried in: the platform really running, the adapter connected, time in hand. */
export type Scene = {
  ports: Partial<Ports>;
  /** What the adapter says of its list. */
  roster?: RosterTerms;
  bench: Bench;
  platform: RunningPlatform<unknown>;
  clock: Clock;
  centres: [CentreId, CentreId, CentreId];
  /** What the platform was asked, in turn. */
  asked: string[];
  /** What the platform sent of its own accord. */
  delivered: Delivery[];
  /** The adapter as another process would connect it: it knows nothing of before. */
  reconnect(): Partial<Ports>;
  /** Ends everything, and says in what the API document was not kept to. */
  close(): Promise<string[]>;
};
export type SceneSettings = { timeoutMs?: number };

/** Tuesday 18 May 2021, 16:00 in Belgium: an afternoon on which centres are open. */
const afternoon = "2021-05-18T14:00:00.000Z" as Instant;
const centres = ["charleroi", "schaerbeek", "lint"].map((id) => CentreId.parse(id)) as Scene["centres"];
const log = { info: () => undefined, warn: () => undefined };

export const openScene = async (candidate: Candidate, settings: SceneSettings = {}): Promise<Scene> => {
  const clock = createClock(afternoon);
  const delivered: Delivery[] = [];
  const judge: Judge = candidate.contract?.judge() ?? nobodyMayAsk();
  const watch = createWatch();
  const deliver = async (delivery: Delivery) => void delivered.push(delivery);
  const world = { now: clock.now, sleep: clock.sleep, random: seeded(2021), centres: [...centres], deliver };
  const platform = await runPlatform({ simulator: candidate.simulator, world, judge, watch });
  const ctx = createContext({ ...clock, log, timeoutMs: settings.timeoutMs });
  const connect = () => connectTo(candidate, platform.url, ctx);
  return {
    ports: connect(),
    roster: candidate.adapter.roster,
    bench: platform.bench,
    platform,
    clock,
    centres,
    asked: watch.asked,
    delivered,
    reconnect: connect,
    close: async () => {
      await ctx.close();
      await platform.close();
      return [...new Set(judge.violations)];
    },
  };
};

const connectTo = (candidate: Candidate, url: string, ctx: AdapterContext): Partial<Ports> => {
  const { adapter, simulator } = candidate;
  const ports = adapter.connect(adapter.options.parse(simulator.options(url)), ctx);
  const extra = Object.keys(ports).filter((name) => !adapter.capabilities.some((able) => able === name));
  if (extra.length > 0) throw new Error(`connected without being named: ${extra.join(", ")}`);
  return ports;
};

/** A platform without an API document has no API, so any request to it is a fault. */
const nobodyMayAsk = (): Judge => {
  const violations: string[] = [];
  return {
    violations,
    middleware: async (c, next) => {
      violations.push(`${c.req.method} ${c.req.path}: there is no API document for this platform`);
      await next();
    },
  };
};

/** A fresh id of the gateway's, of whichever brand is wanted. */
export const freshId = <Id extends string>(): Id => randomUUID() as string as Id;
