import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import type { Caller } from "../../gateway/flows/authorise.ts";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { createApp } from "../../gateway/http/app.ts";
import { Evening } from "../../schema/evening.ts";
import { page } from "../../schema/primitives.ts";
import { Surplus } from "../../schema/surplus.ts";
import { eventsOf } from "../support/events.ts";
import { newVolunteer } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { announced, invited, leftover, openScene, registered, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const path = "/v1/centres/charleroi/live";
type Opened = { key?: string; since?: string; app?: Scene["app"] };

/** A stream of Charleroi's evening, read event by event; it is closed with the test. */
const watching = async ({ key = "key-staff", since, app = scene.app }: Opened = {}) => {
  const headers = { authorization: `Bearer ${key}`, ...(since && { "last-event-id": since }) };
  const reply = await app.request(path, { headers });
  expect(reply.status).toBe(200);
  const { next, close } = eventsOf(reply);
  onTestFinished(close);
  const evening = async (): Promise<Evening> => {
    const event = await next();
    if (!event) throw new Error("the stream has ended");
    const told = Evening.parse(JSON.parse(event.data));
    expect(event).toMatchObject({ event: "evening", id: told.position });
    return told;
  };
  return { evening, next, close };
};

const looks = async (): Promise<number> => {
  const [row] = await scene.database.sql<{ count: number }[]>`
    select count(*)::int as count from audit where event = 'volunteer.seen'`;
  return row?.count ?? 0;
};

/** Somebody of Charleroi is asked for a dose of that surplus and says yes. */
const comes = async (surplus: Surplus) => {
  const { token } = await invited(scene, surplus.id);
  const said = await scene.send("POST", "/v1/invitation/accept", { token });
  expect(said.status).toBe(200);
};

const walkIn = (surplus: Surplus) =>
  scene.send("POST", `/v1/surpluses/${surplus.id}/walk-ins`, { as: "staff" });

test("an evening is read whole: its doses, who is asked without a name, and who comes", async () => {
  await registered(scene);
  const surplus = await announced(scene, 2);
  const read = () => scene.read(Evening, "GET", "/v1/centres/charleroi/evening", { as: "staff" });
  await settle(scene.deps, surplus.id);
  const asking = await read();
  expect(asking.changed).toMatchObject([
    { surplus: { id: surplus.id, doses: { held: 1, free: 1 } }, asked: [{ kind: "hold", state: "decided" }] },
  ]);
  expect(JSON.stringify(asking)).not.toContain("Dupont");
  await comes(surplus);
  const coming = await read();
  expect(coming.changed[0]?.asked).toEqual([]);
  expect(coming.expected).toMatchObject([{ familyName: "Dupont", declared: ["birthDate", "postcode"] }]);
  expect(await looks()).toBe(1);
});

test("two who watch one centre hear of a change, and each is told whole at first", async () => {
  await registered(scene);
  const surplus = await announced(scene, 2);
  const [one, other] = [await watching(), await watching({ key: "key-lead" })];
  for (const { evening } of [one, other])
    expect(await evening()).toMatchObject({ surpluses: [surplus.id], changed: [{ asked: [] }] });
  await comes(surplus);
  for (const { evening } of [one, other]) {
    let told = await evening();
    // The question and the answer are two changes, which may be told together.
    while (told.expected.length === 0) told = await evening();
    expect(told.expected).toMatchObject([{ familyName: "Dupont" }]);
  }
  expect(await looks(), "one line for each who was shown a name").toBe(2);
});

test("whoever comes back with the last event's id hears what they missed, no more, and no name again", async () => {
  await registered(scene);
  const surplus = await announced(scene, 2);
  await comes(surplus);
  const first = await watching();
  const { position, expected } = await first.evening();
  expect(expected).toHaveLength(1);
  await first.close();
  await walkIn(surplus);
  const again = await watching({ since: position });
  const missed = await again.evening();
  expect(missed.changed).toMatchObject([{ surplus: { doses: { used: 1, promised: 1 } } }]);
  expect(missed.expected).toMatchObject([{ booking: { walkIn: true } }]);
  expect(await looks()).toBe(1);
  const quietly = await watching({ since: missed.position });
  expect(await quietly.evening(), "that nothing was missed is said as well").toMatchObject({
    ...{ surpluses: [surplus.id], changed: [], expected: [] },
  });
});

test("any gateway goes on where another left off", async () => {
  await registered(scene);
  const surplus = await announced(scene, 2);
  const first = await watching();
  const { position } = await first.evening();
  await first.close();
  await walkIn(surplus);
  const app = createApp({ deps: scene.deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet });
  const { evening } = await watching({ since: position, app });
  expect(await evening()).toMatchObject({ expected: [{ booking: { walkIn: true } }] });
});

test("a transaction that takes long is told once it is over, and what came after it is not told twice", async () => {
  const surplus = await announced(scene, 3);
  const { evening } = await watching();
  await evening();
  const { sql } = scene.database;
  let done = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    done = resolve;
  });
  const slow = sql.begin(async (tx) => {
    await tx.savepoint(
      (inner) => inner`update doses set state = 'lost' where surplus = ${surplus.id} and number = 3`,
    );
    await held;
  });
  await walkIn(surplus);
  const after = await evening();
  expect(after).toMatchObject({ changed: [{ surplus: { doses: { used: 1, lost: 0 } } }] });
  const missed = await watching({ since: after.position });
  expect(await missed.evening()).toMatchObject({ changed: [], expected: [] });
  done();
  await slow;
  for (const told of [await evening(), await missed.evening()])
    expect(told).toMatchObject({ changed: [{ surplus: { doses: { used: 1, lost: 1 } } }], expected: [] });
});

test("an id that no gateway wrote, or one of another database, tells all of it", async () => {
  const surplus = await announced(scene, 1);
  for (const since of ["nonsense!", "zzzzzzzz", "1"]) {
    const { evening, close } = await watching({ since });
    expect((await evening()).changed[0]?.surplus.id, since).toBe(surplus.id);
    await close();
  }
});

test("an evening of long ago belongs to nobody's board any more", async () => {
  await announced(scene, 1);
  const { evening } = await watching();
  expect((await evening()).surpluses).toHaveLength(1);
  scene.clock.advance(17 * 60);
  expect(await evening()).toMatchObject({ surpluses: [], changed: [] });
});

describe("whose key ends", () => {
  const opened = async () => {
    const app = createApp({
      ...{ deps: scene.deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet },
      heartbeatMs: 30,
    });
    const caller = { label: "door", role: "staff", regions: [], centres: ["charleroi"] } as unknown as Caller;
    await issueKeys(scene.deps, [{ key: "key-door", caller }]);
    const stream = await watching({ key: "key-door", app });
    await stream.evening();
    await scene.database.sql`update keys set revoked_at = now() where label = 'door'`;
    return stream;
  };

  test("hears the end of the stream though nothing happens", async () => {
    const { next } = await opened();
    expect(await next()).toBeUndefined();
  });

  test("is not told of another person", async () => {
    await registered(scene);
    const { next } = await opened();
    await comes(await announced(scene, 1));
    expect(await next()).toBeUndefined();
    expect(await looks()).toBe(0);
  });
});

describe("nobody watches", () => {
  test.each([
    ["another centre of the region", "key-elsewhere", 403],
    ["without a key", "", 401],
    ["as the agency", "key-agency", 403],
    ["as the operator", "key-operator", 403],
  ])("%s", async (_, key, status) => {
    const headers = new Headers(key ? { authorization: `Bearer ${key}` } : {});
    for (const each of [path, "/v1/centres/charleroi/evening"])
      expect((await scene.app.request(each, { headers })).status).toBe(status);
  });

  test("a centre of another region, or one that there is not", async () => {
    const caller = { label: "gent", role: "staff", regions: ["flanders"], centres: [] } as unknown as Caller;
    await issueKeys(scene.deps, [{ key: "key-gent", caller }]);
    const headers = { authorization: "Bearer key-gent" };
    expect((await scene.app.request(path, { headers })).status).toBe(403);
    expect((await scene.app.request("/v1/centres/nowhere/live", { headers })).status).toBe(404);
  });
});

test("the last doses of one centre are listed, for whoever reaches it", async () => {
  await scene.send("POST", "/v1/surpluses", { as: "staff", json: { ...leftover(scene), centre: "namur" } });
  const last = await announced(scene, 4);
  const list = (as: "staff" | "elsewhere") =>
    scene.read(page(Surplus), "GET", "/v1/surpluses?centre=charleroi&limit=1", { as });
  expect((await list("staff")).items.map(({ id }) => id)).toEqual([last.id]);
  expect((await list("elsewhere")).items).toEqual([]);
});

test("somebody's corrected name is told again, and nobody else's", async () => {
  await registered(scene);
  await registered(scene, newVolunteer({ born: "1951-01-15" }));
  const surplus = await announced(scene, 2);
  await comes(surplus);
  const { evening } = await watching();
  const { expected } = await evening();
  expect(expected).toHaveLength(1);
  await scene.database.sql`
    update volunteers set updated_at = now() where id in (select volunteer from bookings)`;
  expect((await evening()).expected).toMatchObject([{ familyName: "Dupont" }]);
});
