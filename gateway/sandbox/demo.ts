import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../../adapters/kit/serve.ts";
import { type Instant, instant, type SurplusId } from "../../schema/primitives.ts";
import type { Surplus } from "../../schema/surplus.ts";
import { loadFederation } from "../config/federation.ts";
import { createGateway } from "../gateway.ts";
import { createLog } from "../log.ts";
import { openDb } from "../store/db.ts";
import { createVault } from "../store/vault.ts";
import { byPlatform, doublePromises, orderInversions } from "./demo/account.ts";
import { createClient } from "./demo/client.ts";
import { fastClock, seeded } from "./demo/clock.ts";
import { createCrowd } from "./demo/crowd.ts";
import { notifierOf } from "./notifier.ts";
import { openSandbox } from "./sandbox.ts";
import { populate } from "./seed.ts";

/*
 * One evening, played over real HTTP against the simulated platforms, on a fast clock: a Tuesday in May 2021, doses
 * left at five centres of three regions, people who say yes, no and nothing, and Doclr down for half an hour.
 */

const say = (line: string) => process.stdout.write(`${line}\n`);
const started = performance.now();
const speed = 600;
const at = (time: string): Instant => instant(Date.parse(`2021-05-18T${time}:00+02:00`));
const evening = [
  { centre: "charleroi", doses: 12, vaccine: "pfizer" },
  { centre: "gent", doses: 8, vaccine: "moderna" },
  { centre: "pacheco", doses: 10, vaccine: "pfizer" },
  { centre: "lint", doses: 4, vaccine: "pfizer" },
  { centre: "hamme", doses: 3, vaccine: "moderna" },
] as const;
const perCentre = { charleroi: 700, gent: 600, pacheco: 500, lint: 180, hamme: 160 } as const;

const clock = fastClock(at("16:00"));
const random = seeded(20210518);
const log = {
  info: () => undefined,
  warn: process.argv.includes("--log") ? createLog("warn").warn : () => undefined,
};
const directory = await mkdtemp(join(tmpdir(), "everydose-demo-"));
const federation = loadFederation(fileURLToPath(new URL("../belgium-2021", import.meta.url)));
const { now, sleep } = clock;

let gatewayUrl = "";
const database = await openDb({ directory }, log);
const sandbox = await openSandbox({
  directory,
  federation,
  now,
  sleep,
  random,
  log,
  gatewayUrl: () => gatewayUrl,
});
const notifier = notifierOf(sandbox.postOffice, { now, log });
const gateway = await createGateway({
  ...{ database, federation, notifier, log, now, sleep, publicUrl: "http://everydose.example" },
  ...{ vault: createVault(sandbox.vaultRings), platforms: sandbox.platforms, keys: sandbox.keys },
  ...{ leaseMs: 120_000 * speed, pullEveryMinutes: 3 },
});
const serving = await serve(gateway.app);
gatewayUrl = serving.url;
const key = sandbox.keys.find(({ caller }) => caller.role === "operator")?.key ?? "";
const client = createClient({ baseUrl: serving.url, key, now, log });

say("everydose, an evening in May 2021\n");
populate(sandbox, federation, { counts: perCentre, seed: 18, year: 2021 });
await gateway.worker.drain();
say(
  `16:00  the lists of four platforms are read: ${Object.values<number>(perCentre).reduce((sum, count) => sum + count)} people`,
);

clock.jumpTo(at("17:00"));
clock.run(speed);
gateway.worker.start();
const surpluses: Surplus[] = [];
for (const each of evening) {
  const made = await client.post<Surplus>("/v1/surpluses", { body: { ...each, usableUntil: at("20:30") } });
  surpluses.push(made);
  say(`17:00  ${each.centre.padEnd(10)} has ${each.doses} doses left, usable until 20:30`);
}

const crowd = createCrowd({ client, sandbox, now, random, telephoneCentres: ["lint", "hamme"] });
const doclr = sandbox.simulators.get("doclr");
let down: "not yet" | "down" | "back" = "not yet";
while (now() < at("20:45")) {
  if (down === "not yet" && now() > at("17:20")) {
    await doclr?.pause();
    down = "down";
    say("17:20  Doclr goes down; nobody notices");
  }
  if (down === "down" && now() > at("17:50")) {
    await doclr?.resume();
    down = "back";
    say("17:50  Doclr is back, and is told what it missed");
  }
  await crowd.step();
  for (const { id } of surpluses) await crowd.greet(id);
  await new Promise((resolve) => setTimeout(resolve, 40));
}
await gateway.worker.stop();
for (let round = 0; round < 20; round += 1) {
  clock.jumpTo(instant(Date.parse(now()) + 120_000));
  await gateway.worker.drain();
}

const ended = await Promise.all(
  surpluses.map(({ id }) => client.get<Surplus>(`/v1/surpluses/${id as SurplusId}`)),
);
say("\ncentre       doses  used  lost  promised");
const total = { announced: 0, used: 0, lost: 0 };
for (const { centre, doses } of ended) {
  const announced = doses.free + doses.held + doses.promised + doses.used + doses.lost;
  total.announced += announced;
  total.used += doses.used;
  total.lost += doses.lost;
  const cells = [announced, doses.used, doses.lost, doses.promised].map((count) => String(count).padStart(6));
  say(`${centre.padEnd(12)}${cells.join("")}`);
}
const platforms = await byPlatform(gateway.deps, [...sandbox.simulators.keys()]);
say("\nplatform     volunteers  invitations  bookings");
for (const [name, row] of Object.entries(platforms))
  say(
    `${name.padEnd(12)}${String(row.volunteers).padStart(11)}${String(row.invitations).padStart(13)}${String(row.bookings).padStart(10)}`,
  );

const result = {
  platforms,
  doses: total,
  doublePromises: await doublePromises(gateway.deps),
  orderInversions: await orderInversions(gateway.deps),
  wallSeconds: Math.round((performance.now() - started) / 100) / 10,
};
const accounted = total.used + total.lost === total.announced && total.used > 0;
const failed = result.doublePromises > 0 || result.orderInversions > 0 || !accounted || down !== "back";
say(
  `\ndouble promises ${result.doublePromises}, order inversions ${result.orderInversions}, ${result.wallSeconds} s${failed ? ": FAILED" : ""}`,
);
if (process.argv.includes("--json")) say(JSON.stringify(result));

await client.close();
await serving.close();
await gateway.close();
await notifier.close();
await sandbox.close();
await database.close();
await rm(directory, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
