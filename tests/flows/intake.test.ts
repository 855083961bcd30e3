import { afterEach, describe, expect, test } from "vitest";
import type { Arrival } from "../../gateway/flows/intake/decide.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { openDb } from "../../gateway/store/db.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { newVolunteer, newVolunteers, type TestDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { ask, scene } from "./scene.ts";

/* Registrations that come together are written together, and each is answered for itself. */

type World = TestDeps;
let world: World;
afterEach(() => world.close());

const keyed = (input: NewVolunteer, key?: string): Arrival => ({
  input,
  actor: "volunteer",
  request: key === undefined ? undefined : { caller: "anonymous", key, content: JSON.stringify(input) },
});

/** Each as "registered", "again" or the code of its refusal. */
const together = async ({ deps }: World, arrivals: Arrival[], limits = {}): Promise<string[]> => {
  const outcomes = await openIntake(deps, limits).registerAll(arrivals);
  return outcomes.map((each) => {
    if ("answer" in each) return each.answer.registered ? "registered" : "again";
    return each.error instanceof Error && "code" in each.error ? String(each.error.code) : String(each.error);
  });
};

const counted = async ({ database: { sql } }: World) => {
  const [row] = await sql`select
    (select count(*)::int from volunteers where repeat_of is null) as people,
    (select count(*)::int from volunteers where repeat_of is not null) as repeats,
    (select count(distinct volunteer)::int from queue) as queued,
    (select count(*)::int from tokens) as tokens,
    (select count(*)::int from outbox where effect->>'kind' = 'greet') as greetings,
    (select count(*)::int from outbox where effect->>'kind' = 'roster-put') as told,
    (select count(*)::int from audit where event like 'volunteer.registered%') as lines,
    (select count(*)::int from requests where status = 201) as replies`;
  return row;
};

describe("of those who come together", () => {
  test("each is on the list, once, with all that follows from it", async () => {
    world = await scene();
    const crowd = newVolunteers(50).map((one, nth) => keyed(one, `key-${nth}`));
    expect(new Set(await together(world, crowd))).toEqual(new Set(["registered"]));
    const fifty = { people: 50, queued: 50, tokens: 50, greetings: 50, told: 50, lines: 50, replies: 50 };
    expect(await counted(world)).toEqual({ ...fifty, repeats: 0 });
  });

  test("one whom the database refuses fails alone, wherever it stands", async () => {
    world = await scene();
    const crowd = newVolunteers(9).map((one) => keyed(one));
    const bad = { ...newVolunteer({ born: "1930-01-01" }), language: "f\u0000r" as never };
    const mixed = [keyed(bad), ...crowd.slice(0, 5), keyed(bad, "bad"), ...crowd.slice(5)];
    const ended = await together(world, mixed);
    expect(ended.filter((each) => each !== "registered")).toEqual(["22021", "22021"]);
    expect(await counted(world)).toMatchObject({ people: 9, queued: 9, tokens: 9, lines: 9, replies: 0 });
  });

  test("one under whose key nothing can be looked up failed everybody's registration: it fails alone", async () => {
    world = await scene();
    const crowd = newVolunteers(9).map((one, nth) => keyed(one, `key-${nth}`));
    const bad = keyed(newVolunteer({ born: "1930-01-01" }), "k\u0000");
    const ended = await together(world, [...crowd.slice(0, 5), bad, ...crowd.slice(5)]);
    expect(ended.filter((each) => each !== "registered")).toEqual(["22021"]);
    expect(await counted(world)).toMatchObject({ people: 9, queued: 9, tokens: 9, replies: 9 });
  });

  test("one whom the policy refuses is told so, and its key is free again", async () => {
    world = await scene();
    const without = { ...newVolunteer(), nationalNumber: undefined, birthDate: undefined };
    const other = newVolunteer({ born: "1933-01-01" });
    expect(await together(world, [keyed(without, "one"), keyed(other)])).toEqual([
      "policy_refuses",
      "registered",
    ]);
    expect(await together(world, [keyed(newVolunteer(), "one")])).toEqual(["registered"]);
  });

  test("the same person many times is one person, and waits once", async () => {
    world = await scene();
    const same = newVolunteer();
    expect(
      await together(
        world,
        Array.from({ length: 6 }, () => keyed(same)),
      ),
    ).toEqual(Array.from({ length: 6 }, () => "registered"));
    const rows = { people: 1, repeats: 5, queued: 1, tokens: 6, greetings: 6, told: 1, lines: 6 };
    expect(await counted(world)).toMatchObject(rows);
  });

  test("the same request many times is done once, and has one answer", async () => {
    world = await scene();
    const intake = openIntake(world.deps);
    const request = keyed(newVolunteer(), "again");
    const answers = await Promise.all([0, 1, 2, 3].map(() => intake.register({ ...request })));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.filter(({ registered }) => registered)).toHaveLength(1);
    expect(await counted(world)).toMatchObject({ people: 1, repeats: 0, replies: 1 });
  });

  test("another request under a key that is taken is refused", async () => {
    world = await scene();
    const [one, other] = newVolunteers(2) as [NewVolunteer, NewVolunteer];
    expect(await together(world, [keyed(one, "mine"), keyed(other, "mine")])).toEqual([
      "registered",
      "idempotency_reused",
    ]);
  });
});

test("the same person many times kept everybody else waiting: whoever comes next is written next", async () => {
  world = await scene();
  const intake = openIntake(world.deps, { flushes: 1, atOnce: 5 });
  const [other] = newVolunteers(1, { born: "1940-01-01" }) as [NewVolunteer];
  const ended: string[] = [];
  const crowd = Array.from({ length: 20 }, () =>
    intake.register(keyed(newVolunteer())).then(() => ended.push("same")),
  );
  const next = intake.register(keyed(other)).then(() => ended.push("other"));
  await Promise.all([...crowd, next]);
  expect(ended.indexOf("other")).toBeLessThan(6);
});

test("who is refused kept who registers waiting: nobody waits for a gate that never empties", async () => {
  world = await scene();
  const intake = openIntake(world.deps, { readAtOnce: 1 });
  let isOver = false;
  const refused = Array.from({ length: 20 }, async () => {
    while (!isOver) await intake.admit();
  });
  const { registered } = await intake.register(keyed(newVolunteer())).finally(() => {
    isOver = true;
  });
  expect(registered).toBeDefined();
  await Promise.all(refused);
});

describe("two processes", () => {
  test("that take the same people in at once have each of them once", async () => {
    world = await scene();
    const crowd = newVolunteers(40);
    const few = { atOnce: 7 };
    const ended = await Promise.all([
      together(
        world,
        crowd.map((one) => keyed(one)),
        few,
      ),
      together(
        world,
        crowd.toReversed().map((one) => keyed(one)),
        few,
      ),
    ]);
    expect(new Set(ended.flat())).toEqual(new Set(["registered"]));
    expect(await counted(world)).toMatchObject({ people: 40, repeats: 40, queued: 40, tokens: 80 });
  });

  test("that are asked the same at once do it once", async () => {
    world = await scene();
    const crowd = newVolunteers(30).map((one, nth) => keyed(one, `key-${nth}`));
    const ended = await Promise.all([
      together(world, crowd, { atOnce: 7 }),
      together(world, crowd.toReversed(), { atOnce: 11 }),
    ]);
    expect(ended.flat().toSorted()).toEqual([
      ...Array.from({ length: 30 }, () => "again"),
      ...Array.from({ length: 30 }, () => "registered"),
    ]);
    expect(await counted(world)).toMatchObject({ people: 30, repeats: 0, replies: 30 });
  });
});

describe("what is known", () => {
  test("of a policy is what is in force: the next to register is asked for the new text", async () => {
    world = await scene();
    const { sql } = world.database;
    const intake = openIntake(world.deps);
    const [one, two, three] = newVolunteers(3) as [NewVolunteer, NewVolunteer, NewVolunteer];
    await intake.register(keyed(one));
    await sql`update policies set rules = rules || '{"consentText": "2021-06"}'::jsonb`;
    await expect(intake.register(keyed(two))).rejects.toMatchObject({
      code: "policy_refuses",
      issues: [{ at: "/consent/textVersion" }],
    });
    const agreed = { ...three, consent: { textVersion: "2021-06", given: true as const } };
    const { registered } = await intake.register(keyed(agreed));
    expect(registered?.volunteer.consent.textVersion).toBe("2021-06");
  });

  test("of a binding is what holds: whose list the next is told to", async () => {
    world = await scene();
    const { sql } = world.database;
    const intake = openIntake(world.deps);
    const [one, two] = newVolunteers(2) as [NewVolunteer, NewVolunteer];
    await intake.register(keyed(one));
    await sql`update bindings set platform = 'another' where role = 'roster' and region = 'wallonia'`;
    await intake.register(keyed(two));
    const lanes = await sql`select lane from outbox where effect->>'kind' = 'roster-put' order by id`;
    expect(lanes.map(({ lane }) => lane)).toEqual(["roster qvax", "roster another"]);
  });

  test("of a request that died under its key is given up after a minute, and no sooner", async () => {
    world = await scene();
    const { deps, clock, database } = world;
    await database.sql`insert into requests (caller, key, fingerprint, started_at)
      values ('anonymous', 'died', ${Buffer.from(deps.vault.digest("request", JSON.stringify(newVolunteer())))}, ${clock.now()})`;
    expect(await together(world, [keyed(newVolunteer(), "died")])).toEqual(["idempotency_in_flight"]);
    clock.advance(2);
    expect(await together(world, [keyed(newVolunteer(), "died")])).toEqual(["registered"]);
  });

  test("of somebody who is asked in another campaign keeps them out of this one's queue until they answer", async () => {
    world = await scene([newVolunteer()]);
    const { sql } = world.database;
    await sql`insert into campaigns (id, opened_at, origin) values ('later', now(), 'covid-2021')`;
    await ask(world, 1);
    await sql`update volunteers set campaign = 'later'`;
    expect(await together(world, [keyed(newVolunteer())])).toEqual(["registered"]);
    expect(await counted(world)).toMatchObject({ people: 2, queued: 0 });
  });
});

test("however many come, there are as few statements", async () => {
  world = await scene();
  const { deps } = world;
  let statements = 0;
  const db = new Proxy(deps.db, {
    get: (target, name) => {
      if (name === "execute") statements += 1;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const intake = openIntake({ ...deps, db });
  const [first, ...rest] = newVolunteers(81) as [NewVolunteer, ...NewVolunteer[]];
  await intake.register(keyed(first));
  statements = 0;
  await intake.registerAll(rest.map((one, nth) => keyed(one, `key-${nth}`)));
  expect(statements).toBe(2);
});

test("a look-up planned over an empty list read it through for each newcomer: each is looked up by an index", async () => {
  world = await scene();
  const { deps, database } = world;
  const other = await openDb({ url: database.url }, quiet);
  const intake = openIntake({ ...deps, db: other.orm }, { atOnce: 10 });
  for (const one of newVolunteers(12)) await intake.register(keyed(one));
  await intake.registerAll(newVolunteers(150, { born: "1960-01-01" }).map((one) => keyed(one)));
  // A connection tells what it has read at its end at the latest.
  await other.close();
  const read = () => database.sql<{ scanned: number; found: number }[]>`
    select seq_tup_read::int as scanned, idx_scan::int as found from pg_stat_user_tables where relname = 'volunteers'`;
  await expect.poll(async () => (await read())[0]?.found, { timeout: 30_000 }).toBeGreaterThan(150);
  expect((await read())[0]?.scanned).toBeLessThan(1_000);
});
