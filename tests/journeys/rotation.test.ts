import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { begin } from "../../gateway/flows/begin.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { instant } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { productionSettings } from "../support/production.ts";
import { startWorkers, type Workers } from "./workers.ts";

/*
 * The keys of an installation change while it is in use: two gateways as an operator starts them, on a real PostgreSQL.
 * People register, some again, read what they entered, and staff look; meanwhile every key is rotated and a gateway is
 * killed.
 */

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const old = 120;
const operator = "f".repeat(64);

let world: TestDeps;
let workers: Workers;
let url: string;
const settings = () => productionSettings(world.database.url);
const people = newVolunteers(600, { born: "1941-01-01" });
/** Tokens by the person's place; whoever registered again has several. */
const tokens = new Map<number, string[]>();
/** What was answered with a fault of the gateway's own. */
const faults: string[] = [];
let over = false;

const keep = (nth: number, token: string) => tokens.set(nth, [...(tokens.get(nth) ?? []), token]);

type Asked = { path: string; method?: string; bearer?: string; json?: unknown; key?: string };
/** Asks until somebody answers: whoever had asked a gateway that is killed asks the next. */
const ask = async ({ path, method = "GET", bearer, json, key }: Asked): Promise<Record<string, unknown>> => {
  for (;;) {
    try {
      const reply = await fetch(url + path, {
        method,
        headers: {
          ...(json ? { "content-type": "application/json" } : {}),
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
          ...(key ? { "idempotency-key": `"${key}"` } : {}),
        },
        ...(json ? { body: JSON.stringify(json) } : {}),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await reply.text();
      // A busy machine takes nobody in for a moment, whichever key writes: whoever comes again is taken in once.
      if (text.includes('"code":"overloaded"')) throw new Error("overloaded");
      if (reply.status >= 400) faults.push(`${method} ${path} ${reply.status} ${text}`);
      return JSON.parse(text);
    } catch {
      await sleep(100);
    }
  }
};

const register = async (nth: number, time: number) => {
  const { token } = await ask({
    path: "/v1/volunteers",
    method: "POST",
    json: people[nth],
    key: `r-${nth}-${time}`,
  });
  keep(nth, String(token));
};

const read = async (nth: number, token: string) => {
  const seen = await ask({ path: "/v1/volunteer", bearer: token });
  expect(seen.contact).toEqual(people[nth]?.contact);
};

/** Newcomers, each of whom registers twice at the same moment, by whichever gateway. */
const come = async () => {
  for (let nth = old; !over && nth < people.length; nth += 1) {
    await Promise.all([register(nth, 1), register(nth, 2)]);
    await sleep(60);
  }
};
const comeAgain = async () => {
  for (let time = 0; !over; time += 1) {
    await register((time * 7) % old, time);
    await sleep(150);
  }
};
const look = async () => {
  for (let time = 0; !over; time += 1) {
    const all = [...tokens];
    const [nth, own] = all[(time * 13) % all.length] ?? [0, []];
    for (const token of own.slice(0, 2)) await read(nth, token);
    await ask({ path: "/v1/surpluses", bearer: operator });
    await ask({ path: "/v1/keys", bearer: operator });
    await sleep(100);
  }
};

const keys = (command: string, ...args: string[]) =>
  run(process.execPath, ["--import", "tsx", "gateway/data-keys.ts", command, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings() },
  });

const beginAsBefore = async () => {
  const ring = (fill: number) => [{ version: 1, key: Buffer.alloc(32, fill) }];
  const deps = {
    ...world.deps,
    vault: createVault({ sealing: ring(1), digest: ring(2) }),
    now: () => instant(Date.now()),
  };
  await begin(deps, "production");
  await seedFederation(deps);
  const arrivals = people.slice(0, old).map((input: NewVolunteer) => ({ input, actor: "volunteer" }));
  const outcomes = await openIntake(deps).registerAll(arrivals);
  for (const [nth, outcome] of outcomes.entries())
    if ("answer" in outcome) keep(nth, outcome.answer.registered?.token ?? "");
};

let said: string;
beforeAll(async () => {
  world = await testDeps();
  await beginAsBefore();
  workers = startWorkers(2, settings());
  url = await workers.ready();
  const crowd = Promise.all([come(), comeAgain(), look()]);
  const rotation = keys("rotate", "--settle", "3");
  const used = () => world.database.sql`select from data_keys where used_at is not null`;
  await vi.waitFor(async () => expect(await used()).not.toHaveLength(0), { timeout: 120_000, interval: 100 });
  const [pid = 0] = workers.pids();
  process.kill(pid, "SIGKILL");
  said = (await rotation).stdout;
  over = true;
  await crowd;
}, 300_000);
afterAll(async () => {
  over = true;
  workers?.kill("SIGKILL");
  await workers?.ended;
  await world?.close();
});

test("nothing was refused and nobody is on the list twice", async () => {
  expect(faults).toEqual([]);
  expect(workers.said.log).not.toMatch(/"level":(50|60)/);
  expect(said).toMatch(/nothing left to renew\s*$/);
  const [list] = await world.database.sql`
    select count(*)::int as rows, count(*) filter (where repeat_of is null)::int as counting,
      count(distinct person)::int as people from volunteers`;
  const came = tokens.size;
  expect(came).toBeGreaterThan(old + 10);
  expect(list).toMatchObject({ counting: came, people: came });
  expect(list?.rows).toBe([...tokens.values()].flat().length);
});

test("everybody still reads what they entered, by every token, and all of it is under the new keys", async () => {
  for (const [nth, own] of tokens) for (const token of own) await read(nth, token);
  expect(faults).toEqual([]);
  const status: { purpose: string; version: number; state: string; rows: { column: string }[] }[] =
    JSON.parse((await keys("status", "--json")).stdout);
  const before = status.filter(({ version }) => version === 1);
  expect(before.map(({ state }) => state)).toEqual(before.map(() => "retired"));
  const left = before.flatMap(({ rows }) => rows.map(({ column }) => column));
  // They renew themselves: requests within a day, files at the next start, links and keys when they are used next.
  const later = [
    ...["requests.fingerprint", "regions.policy_file_digest", "regions.binding_file_digest"],
    ...["told.address", "tokens.digest", "keys.digest", "audit_checkpoints.key"],
  ];
  expect(left.filter((column) => !later.includes(column))).toEqual([]);
  // What was claimed twice goes once every gateway has been seen to write under the new key alone.
  const twins = () => world.database.sql`select from twin_identities`;
  await vi.waitFor(async () => expect(await twins()).toHaveLength(0), { timeout: 120_000, interval: 500 });
});
