import { expect, onTestFinished, test, vi } from "vitest";
import type { Letter } from "../../gateway/flows/letter.ts";
import * as outbox from "../../gateway/store/outbox.ts";
import { AdapterError, type Ports } from "../../schema/adapter.ts";
import type { ExternalId, InvitationId } from "../../schema/primitives.ts";
import { leftOver, scene } from "../flows/scene.ts";
import { inScene, type Scene } from "../record/story.ts";
import { newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ofBrussels, pacheco, qvax, workerOf } from "./worker.ts";

const nothingNew: Ports["roster"]["pull"] = async () => ({ records: [], next: "none", complete: true });
const known = { externalId: "r-1" as ExternalId };

/** A list of Qvax's that takes every call and answers none, until the test is over. */
const hangingList = () => {
  const asked: string[] = [];
  let letGo: (() => void) | undefined;
  const end = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const port: Ports["roster"] = {
    pull: nothingNew,
    put: async ({ familyName }) => {
      asked.push(familyName);
      await end;
      return known;
    },
    close: async () => end,
  };
  return { asked, port, letGo: () => letGo?.() };
};

test("a platform that hangs keeps its own orders waiting, and nobody else's nor its own invitations", () =>
  inScene(newVolunteers(60), async (world) => {
    const { deps, clock } = world;
    const list = hangingList();
    const [letters, sent]: [Letter[], InvitationId[]] = [[], []];
    for (const someone of ofBrussels(1)) await register(deps, someone, "volunteer");
    const { start, stop } = workerOf(world, {
      platforms: {
        qvax: {
          roster: list.port,
          invite: {
            send: async ({ invitation }) => {
              sent.push(invitation);
              return { state: "taken", at: clock.now() };
            },
            revoke: async () => undefined,
            answers: async () => ({ events: [], next: "none" }),
          },
        },
      },
      notify: async (letter) => {
        letters.push(letter);
        return { at: clock.now(), channel: "email" };
      },
    });
    onTestFinished(() => {
      list.letGo();
      return stop();
    });
    start();
    await vi.waitFor(() => expect(list.asked.length).toBeGreaterThan(0));
    await leftOver(world, 2);
    await leftOver(world, 1, { centre: pacheco });
    await vi.waitFor(
      () => {
        expect(letters.filter(({ letter }) => letter.about === "invitation")).toHaveLength(1);
        expect(sent).toHaveLength(2);
      },
      { timeout: 20_000 },
    );
    expect(list.asked).toHaveLength(8);
    list.letGo();
    await vi.waitFor(() => expect(list.asked).toHaveLength(60), { timeout: 20_000 });
    await stop();
  }));

/** Qvax answers nothing, or all, and how often it was asked. */
const listThat = (state: { answers: boolean }) => {
  let calls = 0;
  const port: Ports["roster"] = {
    pull: nothingNew,
    put: async () => {
      calls += 1;
      if (!state.answers) throw new AdapterError("unavailable", "time over");
      return known;
    },
    close: async () => undefined,
  };
  return { port, calls: () => calls };
};

test("a platform that does not answer is left alone for a while, tried with one, and then served again", () =>
  inScene(newVolunteers(20), async (world) => {
    const state = { answers: false };
    const { port, calls } = listThat(state);
    const notify = async () => ({ at: world.clock.now(), channel: "email" });
    const { drain } = workerOf(world, { platforms: { qvax: { roster: port } }, notify });
    await drain();
    expect(calls()).toBe(5);
    await drain();
    expect(calls()).toBe(5);
    world.clock.advance(1);
    await drain();
    expect(calls()).toBe(6);
    state.answers = true;
    world.clock.advance(1);
    await drain();
    world.clock.advance(5);
    await drain();
    expect(calls()).toBe(6 + 20);
    expect(await world.database.sql`select from outbox where effect->>'kind' = 'roster-put'`).toHaveLength(0);
  }));

test("the gateway's own refusal is told from the platform's failure, on the order and of the platform", () =>
  inScene(newVolunteers(7), async (world) => {
    const { port } = listThat({ answers: false });
    const notify = async () => ({ at: world.clock.now(), channel: "email" });
    const { drain } = workerOf(world, { platforms: { qvax: { roster: port } }, notify });
    await drain();
    const faults = await world.database.sql`
      select last_fault, count(*)::int from outbox where effect->>'kind' = 'roster-put' group by 1 order by 1`;
    expect(faults).toEqual([
      { last_fault: "breaker-open", count: 2 },
      { last_fault: "unavailable", count: 5 },
    ]);
    const health = await world.database.sql`select last_fault from platform_health where platform = 'qvax'`;
    expect(health).toEqual([{ last_fault: "unavailable" }]);
  }));

const rosterPut = async (world: Scene) =>
  (await world.database.sql`select dead, attempts from outbox where effect->>'kind' = 'roster-put'`)[0];

test("an order is given up by its age, not by how often it was tried", () =>
  inScene(newVolunteers(1), async (world) => {
    const { port } = listThat({ answers: false });
    const notify = async () => ({ at: world.clock.now(), channel: "email" });
    const { drain } = workerOf(world, { platforms: { qvax: { roster: port } }, notify });
    await drain();
    await world.database.sql`update outbox set attempts = 5000`;
    world.clock.advance(6 * 24 * 60);
    await drain();
    expect(await rosterPut(world)).toMatchObject({ dead: false });
    world.clock.advance(24 * 60);
    await drain();
    expect(await rosterPut(world)).toMatchObject({ dead: true });
  }));

test("what was put back for want of a place counts as no try", () =>
  inScene(newVolunteers(12), async (world) => {
    const { port } = listThat({ answers: false });
    const notify = async () => ({ at: world.clock.now(), channel: "email" });
    await workerOf(world, { platforms: { qvax: { roster: port } }, notify }).drain();
    const tried = await world.database.sql`
      select attempts from outbox where effect->>'kind' = 'roster-put' order by attempts`;
    expect(tried.map(({ attempts }) => attempts)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  }));

test("a reading that an earlier version gave up is taken up again when a gateway starts", async () => {
  const world = await scene();
  onTestFinished(world.close);
  const { deps, clock, database } = world;
  let read = 0;
  const pull: Ports["roster"]["pull"] = async () => {
    read += 1;
    return { records: [], next: "none", complete: true };
  };
  const none = async () => {
    throw new Error("nobody is written");
  };
  await outbox.enqueue(deps.db, [{ kind: "pull", platform: qvax, at: clock.now() }], clock.now());
  await database.sql`update outbox set dead = true, last_fault = 'rejected'`;
  const { start, stop } = workerOf(world, {
    platforms: { qvax: { roster: { pull, put: none, close: none } } },
  });
  onTestFinished(stop);
  start();
  await vi.waitFor(() => expect(read).toBe(1));
});
