import { HTTP, CloudEvent as Stock } from "cloudevents";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { linkAudit } from "../../gateway/flows/audit/link.ts";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { notePlatform } from "../../gateway/flows/platforms.ts";
import { createApp } from "../../gateway/http/app.ts";
import { CloudEvent, EventPage } from "../../schema/cloud-event.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { eventsOf } from "../support/events.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { announced, invited, type KeyName, keys, openScene, registered, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const path = "/v1/events";

/** All pages from there on, once the audit is linked. */
const read = async (query = "", as: KeyName = "agency"): Promise<{ events: CloudEvent[]; next: string }> => {
  while (await linkAudit(scene.deps));
  const events: CloudEvent[] = [];
  let next = "";
  for (;;) {
    const given = new URLSearchParams(query);
    if (next) {
      given.delete("from");
      given.set("cursor", next);
    }
    const page = await scene.read(EventPage, "GET", `${path}?${given}`, { as });
    events.push(...page.items);
    next = page.next;
    if (!page.more) return { events, next };
  }
};

const typesOf = (events: readonly CloudEvent[]) => events.map(({ type }) => type.replace("everydose.", ""));

/** Somebody is asked for a dose and says yes. */
const anEvening = async () => {
  await registered(scene);
  const surplus = await announced(scene, 2);
  const { token, id: invitation } = await invited(scene, surplus.id);
  await scene.send("POST", "/v1/invitation/accept", { token });
  return { surplus, invitation };
};

type Opened = { key?: string; since?: string; query?: string; app?: Scene["app"] };

/** A stream, read event by event; it is closed with the test. */
const listening = async ({ key = "key-agency", since, query = "", app = scene.app }: Opened = {}) => {
  const headers = {
    ...{ authorization: `Bearer ${key}`, accept: "text/event-stream" },
    ...(since && { "last-event-id": since }),
  };
  // What is over is not told to whoever listens from now on.
  while (await linkAudit(scene.deps));
  const reply = await app.request(path + query, { headers });
  expect(reply.status, await (reply.ok ? "" : reply.text())).toBe(200);
  const { next, close } = eventsOf(reply);
  onTestFinished(close);
  const event = async () => {
    const told = await next();
    if (!told) throw new Error("the stream has ended");
    return { id: told.id ?? "", event: CloudEvent.parse(JSON.parse(told.data)) };
  };
  return { event, next, close };
};

test("an evening is told in order, by ids, and of nobody by name", async () => {
  const { surplus, invitation } = await anEvening();
  const { events } = await read();
  expect(typesOf(events).filter((type) => !type.startsWith("binding"))).toEqual([
    ...["registration.made", "surplus.announced", "invitation.decided", "invitation.sent"],
    ...["invitation.accepted", "booking.promised"],
  ]);
  const promised = events.at(-1);
  expect(promised).toMatchObject({
    ...{ specversion: "1.0", source: "http://localhost/v1/regions/wallonia", time: scene.clock.now() },
    data: {
      ...{ region: "wallonia", centre: "charleroi", surplus: surplus.id, invitation },
      doses: [{ from: "held", to: "promised", count: 1 }],
    },
  });
  expect(promised?.subject).toBe(promised?.data.booking);
  const text = JSON.stringify(events);
  for (const personal of ["Dupont", "Jean", "example.org", "+32", "6000", "1950"])
    expect(text).not.toContain(personal);
  const sequences = events.filter(({ data }) => data.region).map(({ sequence }) => sequence ?? "");
  expect(sequences).toEqual(sequences.toSorted((one, other) => (one < other ? -1 : 1)));
});

test("the stock library of CloudEvents reads each of them", async () => {
  await anEvening();
  for (const event of (await read()).events) {
    const headers = { "content-type": "application/cloudevents+json; charset=utf-8" };
    const read = HTTP.toEvent({ headers, body: JSON.stringify(event) });
    if (!(read instanceof Stock)) throw new Error("one event, not several");
    expect(read.validate()).toBe(true);
    expect(read.toJSON()).toMatchObject({
      id: event.id,
      type: event.type,
      source: event.source,
      data: event.data,
    });
  }
});

test("whoever comes back with `next` hears what was since, no more, however small the pages", async () => {
  await anEvening();
  const whole = await read();
  expect((await read("limit=1")).events).toEqual(whole.events);
  const again = await read(`cursor=${whole.next}`);
  expect(again.events).toEqual([]);
  await announced(scene, 1);
  const since = await read(`cursor=${again.next}`);
  expect(typesOf(since.events)).toEqual(["surplus.announced"]);
});

test("from a moment on, from now on, and of some types alone", async () => {
  await anEvening();
  const { next: latest } = await read("cursor=latest");
  scene.clock.advance(5);
  const from = scene.clock.now();
  await announced(scene, 1);
  expect(typesOf((await read(`from=${from}`)).events)).toEqual(["surplus.announced"]);
  expect(typesOf((await read(`cursor=${latest}`)).events)).toEqual(["surplus.announced"]);
  const some = await read("types=everydose.surplus.*,everydose.booking.promised");
  expect(typesOf(some.events)).toEqual(["surplus.announced", "booking.promised", "surplus.announced"]);
  const wrong = await scene.send("GET", `${path}?types=everydose.nonsense`, { as: "agency" });
  expect([wrong.status, await wrong.json()]).toMatchObject([400, { issues: [{ at: "types" }] }]);
});

test("each hears of what their role and their places reach", async () => {
  await anEvening();
  const heard = async (as: KeyName) => new Set(typesOf((await read("", as)).events));
  expect(await heard("flanders")).not.toContain("surplus.announced");
  expect(await heard("staff")).toContain("invitation.sent");
  expect(await heard("staff")).not.toContain("registration.made");
  expect(await heard("elsewhere"), "a key of Namur").not.toContain("surplus.announced");
  expect(await heard("ofNamur")).not.toContain("booking.promised");
  expect([...(await heard("platform"))].filter((type) => /^(invitation|registration)/.test(type))).toEqual(
    [],
  );
  expect(await heard("reporting")).toContain("booking.promised");
  for (const as of ["helper", "auditor"] as const)
    expect((await scene.send("GET", path, { as })).status).toBe(403);
});

test("a platform that fails and comes back is told to all, and that it was well from the start to nobody", async () => {
  const posting = PlatformName.parse("posting");
  for (const fault of [undefined, "unavailable", "unavailable", undefined]) {
    scene.clock.advance(1);
    await notePlatform(scene.deps, posting, fault);
  }
  const { events } = await read("types=everydose.platform.*", "flanders");
  expect(events.map(({ type, subject, data }) => [type, subject, data])).toEqual([
    ["everydose.platform.failing", "posting", { platform: "posting", fault: "unavailable" }],
    ["everydose.platform.recovered", "posting", { platform: "posting" }],
  ]);
});

test("a cursor of another gateway, or of a database that was put back, is refused before anything is left out", async () => {
  await announced(scene, 1);
  for (const cursor of ["wallonia.999", "nonsense", "wallonia.1~wallonia.2"]) {
    const page = await scene.send("GET", `${path}?cursor=${cursor}`, { as: "agency" });
    expect([page.status, await page.json()], cursor).toMatchObject([400, { issues: [{ at: "cursor" }] }]);
    const headers = { accept: "text/event-stream", "last-event-id": cursor };
    const stream = await scene.send("GET", path, { as: "agency", headers });
    expect([stream.status, await stream.json()], cursor).toMatchObject([
      400,
      { issues: [{ at: "Last-Event-ID" }] },
    ]);
  }
});

describe("a stream", () => {
  test("tells what happens from now on, within moments", async () => {
    await announced(scene, 1);
    const { event } = await listening({ query: "?types=everydose.surplus.*" });
    const surplus = await announced(scene, 2);
    expect((await event()).event).toMatchObject({
      ...{ type: "everydose.surplus.announced", subject: surplus.id },
      data: { doses: [{ count: 2 }] },
    });
  });

  test("goes on after the last event's id, at whichever gateway, with nothing twice and nothing left out", async () => {
    const first = await listening({ query: "?cursor=.0" });
    const heard: string[] = [];
    const { surplus } = await anEvening();
    let last = "";
    while (!heard.at(-1)?.endsWith("invitation.sent")) {
      const { id, event } = await first.event();
      heard.push(`${event.id} ${event.type}`);
      last = id;
    }
    await first.close();
    await scene.send("POST", `/v1/surpluses/${surplus.id}/walk-ins`, { as: "staff" });
    const app = createApp({ deps: scene.deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet });
    const again = await listening({ since: last, app });
    while (!heard.at(-1)?.endsWith("walk_in")) {
      const { event } = await again.event();
      heard.push(`${event.id} ${event.type}`);
    }
    expect(heard).toEqual((await read()).events.map(({ id, type }) => `${id} ${type}`));
  });

  test("tells of a transaction that takes long once it is over, and of what came after it not twice", async () => {
    const { event } = await listening();
    const { sql } = scene.database;
    let done = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      done = resolve;
    });
    const begun = new Promise<void>((isBegun) => {
      void sql.begin(async (tx) => {
        await tx`insert into audit (at, region, actor, event, subject, facts) values
          (now(), 'wallonia', 'gateway', 'policy.enacted', null, '{"version": 99}')`;
        isBegun();
        await held;
      });
    });
    await begun;
    const surplus = await announced(scene, 1);
    const before = await event();
    expect(before.event.subject).toBe(surplus.id);
    done();
    const late = await event();
    expect(late.event).toMatchObject({ type: "everydose.policy.enacted", data: { policyVersion: 99 } });
    const { events } = await read(`cursor=${before.id}`);
    expect(events.map(({ id }) => id)).toEqual([late.event.id]);
  });

  test("is told alike to all who hear the same, and to nobody what another may hear", async () => {
    const [one, other, elsewhere] = [
      await listening(),
      await listening(),
      await listening({ key: "key-flanders", query: "?types=everydose.surplus.*,everydose.platform.*" }),
    ];
    const surplus = await announced(scene, 1);
    for (const { event } of [one, other]) expect((await event()).event.subject).toBe(surplus.id);
    const posting = PlatformName.parse("posting");
    await notePlatform(scene.deps, posting, "unavailable");
    expect((await elsewhere.event()).event.type).toBe("everydose.platform.failing");
  });

  test("ends with the key of whoever opened it", async () => {
    const app = createApp({
      ...{ deps: scene.deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet },
      heartbeatMs: 30,
    });
    await issueKeys(scene.deps, [{ key: "key-door", caller: { ...keys.agency, label: "door" } }]);
    const { next } = await listening({ key: "key-door", app });
    await scene.send("DELETE", "/v1/keys/door", { as: "operator" });
    expect(await next()).toBeUndefined();
  });

  test("tells a hundred registrations of a crowd in order, each once", async () => {
    const { event } = await listening({ query: "?types=everydose.registration.*" });
    const registrations = newVolunteers(100).map((volunteer) => ({ volunteer }));
    for (const batch of [registrations]) {
      const sent = await scene.send("POST", "/v1/volunteers/batch", {
        as: "agency",
        json: { registrations: batch },
      });
      expect(sent.status).toBe(200);
    }
    const numbers: number[] = [];
    while (numbers.length < 100) numbers.push(Number((await event()).event.sequence));
    expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
  });
});

test("that somebody registers twice is told as two registrations, and nothing says which was there before (F20)", async () => {
  const person = newVolunteer();
  await registered(scene, person);
  await registered(scene, person);
  const { events } = await read("types=everydose.registration.*");
  const shapes = events.map(({ type, data }) => [type, Object.keys(data)]);
  expect(shapes).toEqual([shapes[0], shapes[0]]);
});
