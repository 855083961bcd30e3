import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { middle, round, spread, tableOf } from "../figures.ts";
import { measureCurve, writeCurve } from "./curve.ts";
import type { Way } from "./gateway.ts";
import type { Load } from "./load.ts";
import { insertRaw } from "./raw.ts";
import { key, killInTheMiddle, openGateway, openLoad, openStore } from "./store.ts";

/* `npm run bench:intake -- --json`: what registering costs, beside what PostgreSQL and the server can do at all. */

const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
    /** Draws what comes back for what is offered into this file, and measures nothing else. */
    curve: { type: "string" },
    offers: { type: "string", default: "100,250,500,750,1000,1500,2000,3000,4000,6000,8000" },
    /** The worker does what follows from the registrations at the same time. */
    works: { type: "boolean", default: false },
    /** Options of Node for the gateway, such as --cpu-prof. */
    "node-option": { type: "string", multiple: true, default: [] },
  },
});
const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];
const clients = [1, 8, 32, 64];

const store = await openStore();
const figures = new Map<string, number[]>();
const note = (name: string, value: number) => figures.set(name, [...(figures.get(name) ?? []), value]);
const say = (text: string) => void process.stderr.write(`${text}\n`);

const url = await store.database();
const gateway = await openGateway({ where: { url }, works: options.works }, options["node-option"]);
const load = await openLoad(randomBytes(4).toString("hex"));
let from = 0;

type Asked = { way?: Way; seconds?: number; size?: number } & Pick<
  Load & { connections: number },
  "connections"
>;
const measure = async (name: string, { way = "gathers", size, ...asked }: Asked): Promise<void> => {
  const batch = size ? { size, key } : undefined;
  const given = { seconds, ...asked, url: gateway.ready.urls[way], from, batch };
  const told = await load.tell(given);
  from = told.next;
  // A cold gateway on a busy machine tells some of the first crowd to come back.
  if (told.refused > 0 && name !== "warm")
    throw new Error(`${told.refused} of ${name} were not answered with 201`);
  for (const each of ["perSecond", "p50Ms", "p99Ms"] as const) note(`${name} ${each}`, told[each]);
  say(
    `${name}: ${Math.round(told.perSecond)} a second, p50 ${told.p50Ms.toFixed(1)}, p99 ${told.p99Ms.toFixed(1)}`,
  );
};

/** Round after round, since what runs at the same time changes: each is compared with what was measured beside it. */
let tool = "";
const best = new Map<string, number>();
const raw = async (table: "volunteers" | "bare"): Promise<void> => {
  const known = best.get(table);
  const told = await insertRaw(url, { table, clients: known ? [known] : clients, seconds });
  best.set(table, told.clients);
  tool = told.tool;
  note(table, told.perSecond);
  say(`${table}: ${Math.round(told.perSecond)} a second, ${told.clients} clients of ${told.tool}`);
};

await measure("warm", { connections: 64, seconds: 3 });
if (options.curve) {
  const offers = options.offers.split(",").map(Number);
  const { points, load: busy } = await measureCurve({ gateway, load }, { offers, seconds, from });
  await Promise.all([gateway.close(), load.close()]);
  await store.stop();
  const about = `${availableParallelism()} cores, load of the machine ${busy.map((each) => each.toFixed(1)).join(", ")}.`;
  writeCurve(options.curve, points, about);
  process.stdout.write(options.json ? `${JSON.stringify({ points, load: busy })}\n` : tableOf(points));
  process.exit(0);
}
await measure("warm", { connections: 64, seconds: 2, way: "floor" });
for (let round = 0; round < rounds; round += 1) {
  for (const connections of [1, 8, 64, 256]) await measure(`at ${connections}`, { connections });
  await raw("volunteers");
  await measure("floor", { connections: 64, way: "floor" });
  for (const connections of [1, 8, 64]) await measure(`each ${connections}`, { connections, way: "each" });
  await measure("batch 100", { connections: 4, size: 100 });
  await measure("batch 500", { connections: 4, size: 500 });
  await raw("bare");
}
await Promise.all([gateway.close(), load.close()]);
const killed = await killInTheMiddle(store, { connections: 64, seconds: 6 });
await Promise.all([killed.gateway.close(), killed.load.close()]);
await store.stop();

const of = (name: string): number[] => figures.get(name) ?? [];
const figure = (name: string): number => round(middle(of(name)));
/** Of what was measured in the same round. */
const ratios = (name: string, to: string): number[] =>
  of(name).map((each, nth) => each / (of(to)[nth] ?? Number.NaN));
const ratio = (name: string, to: string): number => round(middle(ratios(name, to)));
const by = (names: string[], what: (name: string) => number) =>
  Object.fromEntries(names.map((name) => [name.split(" ")[1], what(name)]));
const connections = ["at 1", "at 8", "at 64", "at 256"];
const line = {
  ...{ perSecond: figure("at 64 perSecond"), p50Ms: figure("at 64 p50Ms"), p99Ms: figure("at 64 p99Ms") },
  rawInsertPerSecond: figure("volunteers"),
  ratioToRawInsert: ratio("at 64 perSecond", "volunteers"),
  httpFloorPerSecond: figure("floor perSecond"),
  ratioToHttpFloor: ratio("at 64 perSecond", "floor perSecond"),
  lost: killed.lost,
  acknowledgedBeforeTheKill: killed.acknowledged.length,
  spread: {
    perSecond: Math.round(spread(of("at 64 perSecond"))),
    ratioToRawInsert: round(spread(ratios("at 64 perSecond", "volunteers"))),
  },
  perSecondByConnections: by(connections, (name) => figure(`${name} perSecond`)),
  p50MsByConnections: by(connections, (name) => figure(`${name} p50Ms`)),
  p99MsByConnections: by(connections, (name) => figure(`${name} p99Ms`)),
  ratioToOneEach: by(["at 1", "at 8", "at 64"], (name) =>
    ratio(`${name} perSecond`, `each ${name.slice(3)} perSecond`),
  ),
  batchPerSecond: by(["batch 100", "batch 500"], (name) => figure(`${name} perSecond`)),
  batchRatioToRawInsert: by(["batch 100", "batch 500"], (name) => ratio(`${name} perSecond`, "volunteers")),
  /** A table with no index but its key, no trigger and no reference. */
  bareInsertPerSecond: figure("bare"),
  ratioToBareInsert: ratio("at 64 perSecond", "bare"),
  ...{ rawTool: tool, rawClients: best.get("volunteers"), rounds, seconds },
};
process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : tableOf([line]));
