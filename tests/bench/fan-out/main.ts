import { parseArgs } from "node:util";
import { tableOf } from "../figures.ts";
import { type Station, start } from "../station.ts";
import { lineOf, type Rounds, steadyLineOf } from "./figures.ts";
import type { Load, Measured } from "./load.ts";
import type { Hang, Upstreams } from "./upstreams.ts";

/*
 * `npm run bench:fanout -- --json`: how much longer the gateway takes to ask four platforms than the plainest proxy that
 * asks the same four. Both are measured turn by turn in one run: another run, on another day, has another processor.
 */

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "2" },
    rounds: { type: "string", default: "3" },
    clients: { type: "string", default: "50,200,500" },
    "cpu-prof": { type: "string" },
  },
});
const seconds = Number(options.seconds);
const [perSecond, latencyMs, slots] = [500, 20, 8];
const file = (name: string) => new URL(name, import.meta.url);
const ends: (() => Promise<void>)[] = [];

const open = async () => {
  const given: Upstreams = { platforms: 4, latencyMs, slots };
  const upstreams = await start<string[], Hang, string>(file("upstreams.ts"), given);
  ends.push(upstreams.close);
  const asking = { upstreams: upstreams.ready };
  const profile = options["cpu-prof"];
  const profiling = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [];
  const floor = await start<{ url: string }, object, number>(file("floor.ts"), asking);
  ends.push(floor.close);
  const gateway = await start<Gateway, object, number>(file("gateway.ts"), asking, profiling);
  ends.push(gateway.close);
  const { url, centres, deadlineMs } = gateway.ready;
  const load = await start<string, Load, Measured>(file("load.ts"), { centres });
  ends.push(load.close);
  /** What is asked of one of them, and the processor time that it spent on each answer. */
  const asks =
    ({ ready, tell }: Station<object, number> & { ready: { url: string } }) =>
    async (given: Given): Promise<Measured> => {
      const before = await tell({});
      const measured = await load.tell({ seconds, ...given, url: ready.url } as Load);
      return { ...measured, cpuMs: ((await tell({})) - before) / measured.answers };
    };
  return { upstreams, floor: asks(floor), gateway: asks(gateway), url, deadlineMs };
};
type Gateway = { url: string; centres: string[]; deadlineMs: number };
type Given = { different: Load["different"]; seconds?: number } & (
  | { concurrency: number }
  | { perSecond: number }
);
type Bench = Awaited<ReturnType<typeof open>>;

const hundred = 100;

/** Each round asks all of them once, and each round in another order. */
const roundsOf = async (runs: Record<string, () => Promise<Measured>>): Promise<Rounds> => {
  const measured: Rounds = {};
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const names = Object.keys(runs);
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const run = runs[name];
      if (run) measured[name] = [...(measured[name] ?? []), await run()];
    }
  }
  return measured;
};

/** Several deadlines long; afterwards a few questions, until every platform is believed again. */
const whileOneHangs = async ({ upstreams, gateway, deadlineMs }: Bench, concurrency: number) => {
  await upstreams.tell({ hanging: 0 });
  const lasting = Math.max(seconds, (4 * deadlineMs) / 1000);
  const measured = await gateway({ concurrency, different: "all", seconds: lasting });
  await upstreams.tell({});
  const few: Given = { perSecond: 20, different: "all", seconds: 1 };
  while ((await gateway(few)).incomplete > 0);
  return measured;
};

const compare = (bench: Bench, concurrency: number) =>
  roundsOf({
    floor: () => bench.floor({ concurrency, different: "all" }),
    gateway: () => bench.gateway({ concurrency, different: "all" }),
    shared: () => bench.gateway({ concurrency, different: hundred }),
    hanging: () => whileOneHangs(bench, concurrency),
  });

const steady = ({ floor, gateway }: Bench) => {
  const even: Given = { different: "all", perSecond, seconds: 2 * seconds };
  return roundsOf({ floor: () => floor(even), gateway: () => gateway(even) });
};

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const bench = await open();
  const { floor, gateway, deadlineMs } = bench;
  // Both are compiled where they are hot before anything is measured.
  for (const ask of [floor, gateway, floor, gateway])
    await ask({ different: "all", seconds: 1.5, concurrency: 50 });
  const lines: object[] = [];
  for (const clients of options.clients.split(",").map(Number)) {
    lines.push(lineOf(await compare(bench, clients), { concurrency: clients, deadlineMs }));
    if (options.json) say(lines.at(-1) ?? {});
  }
  const even = steadyLineOf(await steady(bench), { perSecond });
  if (options.json) say(even);
  else process.stdout.write(tableOf([...lines, even]));
} finally {
  for (const end of ends.reverse()) await end();
}
