import { randomBytes } from "node:crypto";
import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import type { Evening } from "../../../schema/evening.ts";
import { instant, plusMinutes } from "../../../schema/primitives.ts";
import type { Surplus } from "../../../schema/surplus.ts";
import { eventsOf } from "../../support/events.ts";
import { createDatabase, openServer } from "../databases.ts";
import { shares, tableOf } from "../figures.ts";
import { start } from "../station.ts";

/*
 * `npm run bench:boards -- --json`: two hundred boards are open, of as many centres as there are, and doses are given at
 * their doors, five a second. How long after the answer to whoever noted it does it stand on each board of that centre,
 * and what does the gateway spend meanwhile? PostgreSQL, gateway and boards share the machine.
 */

const boards = 200;
const changes = 150;
const everyMs = 200;
const dosesEach = 20;

const server = await openServer();
const own = await createDatabase(server.url);
const key = randomBytes(24).toString("hex");
const gateway = await start<{ port: number }, object, number>(new URL("gateway.ts", import.meta.url), {
  ...{ databaseUrl: own.url, key },
});
const url = `http://127.0.0.1:${gateway.ready.port}`;
const authorization = `Bearer ${key}`;

const call = async <Reply>(method: string, path: string, json?: object): Promise<Reply> => {
  const headers = { authorization, "content-type": "application/json" };
  const reply = await fetch(url + path, { method, headers, body: json && JSON.stringify(json) });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status}`);
  return (await reply.json()) as Reply;
};

const usableUntil = plusMinutes(instant(Date.now()), 240);
const { items: centres } = await call<{ items: { id: string }[] }>("GET", "/v1/centres");
const announced: Surplus[] = [];
for (const { id: centre } of centres)
  announced.push(
    await call("POST", "/v1/surpluses", { centre, vaccine: "pfizer", doses: dosesEach, usableUntil }),
  );

/** When which board heard of how many doses used, by surplus. */
const heard = new Map<string, number[]>();
const nameOf = (surplus: string, used: number) => `${surplus} ${used}`;
let boardsReady = 0;
const watch = async (centre: string) => {
  const reply = await fetch(`${url}/v1/centres/${centre}/live`, { headers: { authorization } });
  const { next, close } = eventsOf(reply);
  const first = await next();
  if (first) boardsReady += 1;
  const listening = (async () => {
    for (let event = await next(); event; event = await next()) {
      const at = performance.now();
      for (const { surplus } of (JSON.parse(event.data) as Evening).changed) {
        const name = nameOf(surplus.id, surplus.doses.used);
        heard.set(name, [...(heard.get(name) ?? []), at]);
      }
    }
  })().catch(() => undefined);
  return { listening, close };
};

const begun = performance.now();
const open = await Promise.all(
  Array.from({ length: boards }, (_, nth) => watch(centres[nth % centres.length]?.id ?? "")),
);
const openMs = Math.round(performance.now() - begun);

const quietFrom = await gateway.tell({});
await pause(5_000);
const quietCpu = (await gateway.tell({})) - quietFrom;

const [cpuFrom, from] = [await gateway.tell({}), performance.now()];
const noted: { name: string; at: number }[] = [];
const used = new Map<string, number>();
for (let nth = 0; nth < changes; nth += 1) {
  const { id = "" } = announced[nth % announced.length] ?? {};
  used.set(id, (used.get(id) ?? 0) + 1);
  await call("POST", `/v1/surpluses/${id}/walk-ins`);
  noted.push({ name: nameOf(id, used.get(id) ?? 0), at: performance.now() });
  await pause(everyMs);
}
await pause(2_000);
const busyMs = performance.now() - from;
const busyCpu = (await gateway.tell({})) - cpuFrom;

const delays = noted.flatMap(({ name, at }) => (heard.get(name) ?? []).map((when) => Math.max(0, when - at)));
const share = shares(delays);
const figures = {
  ...{ boards: boardsReady, centres: centres.length, changes },
  /** Boards that heard of a change, each change counted for each of its centre's boards. */
  heard: delays.length,
  openMs,
  medianMs: Math.round(share(0.5)),
  p99Ms: Math.round(share(0.99)),
  mostMs: Math.round(share(1)),
  /** Of one core, in percent. */
  quietCpu: Math.round(quietCpu / 50),
  busyCpu: Math.round((busyCpu / busyMs) * 100),
  load: Number(loadavg()[0]?.toFixed(1)),
};
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(figures)}\n` : tableOf([figures]));
await Promise.all(open.map(({ close }) => close().catch(() => undefined)));
await gateway.close();
await own.drop();
await server.stop();
