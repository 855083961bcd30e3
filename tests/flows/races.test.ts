import { afterEach, describe, expect, test } from "vitest";
import { adjust, cancel } from "../../gateway/flows/announce.ts";
import { answer } from "../../gateway/flows/answer.ts";
import { tellInvitation } from "../../gateway/flows/carry.ts";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { withdraw } from "../../gateway/flows/manage.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { readSurplus } from "../../gateway/flows/watch.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import * as outbox from "../../gateway/store/outbox.ts";
import { newVolunteer, newVolunteers, type TestDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { ask, broken, leftOver, nothing, outcomes, scene } from "./scene.ts";

let world: TestDeps;
afterEach(() => world.close());

const inParallel = (count: number, work: () => Promise<unknown>) =>
  outcomes(Array.from({ length: count }, () => work()));

describe("at the same instant, on a real PostgreSQL", () => {
  test("two answers to one invitation: one counts, the other is told that it was answered", async () => {
    world = await scene(newVolunteers(1));
    const { surplus, asked } = await ask(world, 1);
    const token = asked[0]?.token ?? "";
    const said = await inParallel(6, () => answer(world.deps, token, "yes"));
    expect(said.filter((each) => each === "done")).toHaveLength(1);
    expect(said.filter((each) => each === "invitation_answered")).toHaveLength(5);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({ promised: 1, free: 0 });
    expect(await broken(world)).toEqual(nothing);
  });

  test("a yes that meets the channel's own note counts, whichever is first", async () => {
    world = await scene(newVolunteers(8));
    const { deps, clock } = world;
    const { surplus, asked } = await ask(world, 8);
    await world.database
      .sql`update invitations set state = 'decided', taken_at = null, window_ends_at = null`;
    const ended = await outcomes(
      asked.flatMap(({ row, token }) => [
        tellInvitation(deps, row.id, { kind: "taken", at: clock.now() }),
        answer(deps, token, "yes"),
      ]),
    );
    expect(new Set(ended)).toEqual(new Set(["done"]));
    expect((await readSurplus(deps, surplus.id)).doses).toMatchObject({ promised: 8 });
  });

  test("of people whom one helper registers at once, as many are taken in as the helper may stand for", async () => {
    world = await scene();
    const { deps } = world;
    const contact = { email: "aide@example.org", mobile: "+32460000001" };
    const helper = { name: "Maison de quartier", contact };
    const [one, other] = [openIntake(deps), openIntake(deps)];
    const ended = await outcomes(
      newVolunteers(16).map((someone, nth) => {
        const input = { ...someone, helper };
        if (nth < 6) return register(deps, input, "volunteer");
        return (nth < 11 ? one : other).register({ input, actor: "volunteer" });
      }),
    );
    const [done, full] = ["done", "helper_full"].map((code) => ended.filter((each) => each === code).length);
    expect({ done, full }).toEqual({ done: 10, full: 6 });
    const [on] = await world.database.sql`select count(*)::int as count from volunteers`;
    expect(on).toEqual({ count: 10 });
  });

  test("ten surpluses settled by parallel workers for the same few people ask nobody twice", async () => {
    world = await scene(newVolunteers(12));
    const surpluses = [];
    for (let each = 0; each < 10; each += 1) surpluses.push(await leftOver(world, 3));
    const ended = await outcomes(surpluses.flatMap(({ id }) => [1, 2, 3].map(() => settle(world.deps, id))));
    expect(new Set(ended)).toEqual(new Set(["done"]));
    expect(await broken(world)).toEqual(nothing);
    const live = await Promise.all(surpluses.map(({ id }) => invitations.liveOf(world.deps.db, id)));
    expect(live.flat()).toHaveLength(12);
    for (const rows of live) expect(rows.length).toBeLessThanOrEqual(3);
  });

  test("a yes, the end of its window, a lowering and the next settling keep every promise", async () => {
    world = await scene(newVolunteers(30));
    const { deps, clock } = world;
    const { surplus, asked } = await ask(world, 10);
    clock.advance(30);
    const ended = await outcomes([
      ...asked.map(({ token }) => answer(deps, token, "yes")),
      ...[1, 2, 3].map(() => settle(deps, surplus.id)),
      adjust(deps, surplus.id, { doses: 7 }, "staff"),
    ]);
    expect(ended.slice(10, 13)).toEqual(["done", "done", "done"]);
    for (const each of ended) expect(["done", "invitation_over", "doses_promised"]).toContain(each);
    expect(await broken(world)).toEqual(nothing);
    const { free, held, promised } = (await readSurplus(deps, surplus.id)).doses;
    expect(free + held + promised).toBe(ended.at(-1) === "done" ? 7 : 10);
    const accepted = await world.database.sql`select id from invitations where state = 'accepted'`;
    expect(promised).toBe(accepted.length);
  });

  test("a yes and the centre's cancelling leave nobody expected and no dose promised", async () => {
    world = await scene(newVolunteers(10));
    const { deps } = world;
    const { surplus, asked } = await ask(world, 6);
    const ended = await outcomes([
      ...asked.slice(0, 3).map(({ token }) => answer(deps, token, "yes")),
      cancel(deps, surplus.id, "staff"),
      ...asked.slice(3).map(({ token }) => answer(deps, token, "yes")),
    ]);
    expect(ended[3]).toBe("done");
    expect(await broken(world)).toEqual(nothing);
    const { removed, promised, held, free } = (await readSurplus(deps, surplus.id)).doses;
    expect({ removed, promised, held, free }).toEqual({ removed: 6, promised: 0, held: 0, free: 0 });
    const [queued] = await world.database.sql`select count(distinct volunteer)::int as people from queue`;
    expect(queued?.people).toBe(10);
  });

  test("leaving the list and saying yes free the dose or never take it", async () => {
    const { registered, ...rest } = await scene(newVolunteers(6));
    world = rest;
    const { surplus, asked } = await ask(world, 6);
    const tokens = new Map(registered.map(({ volunteer, token }) => [volunteer.id, token]));
    await outcomes(
      asked.flatMap(({ row, token }) => [
        answer(world.deps, token, "yes"),
        withdraw(world.deps, tokens.get(row.volunteer) ?? "", "volunteer"),
      ]),
    );
    expect(await broken(world)).toEqual(nothing);
    expect((await readSurplus(world.deps, surplus.id)).doses).toMatchObject({
      free: 6,
      promised: 0,
      held: 0,
    });
  });

  test("an auditor who reads while people say no finds that steps and rows agree", async () => {
    world = await scene(newVolunteers(30), {});
    const { deps } = world;
    const { surplus, asked } = await ask(world, 3);
    const read: boolean[] = [];
    await outcomes(
      asked.flatMap(({ token }) => [
        retrace(deps, surplus.id).then(({ agrees }) => read.push(agrees)),
        answer(deps, token, "no"),
      ]),
    );
    expect(read).toEqual(asked.map(() => true));
  });

  test("one national number registered many times over is one person, and every caller is answered alike", async () => {
    world = await scene();
    const same = newVolunteer();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => register(world.deps, same, "volunteer")),
    );
    const shapes = answers.map(({ volunteer, token }) => ({
      ...volunteer,
      id: volunteer.id.length,
      token: token.length,
    }));
    expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1);
    expect(new Set(answers.map(({ token }) => token)).size).toBe(8);
    const [there] = await world.database.sql`
      select count(*) filter (where repeat_of is null)::int as first,
        (select count(distinct volunteer)::int from queue) as queued from volunteers`;
    expect(there).toEqual({ first: 1, queued: 1 });
  });

  test("workers that claim at once never hold the same order, and none is left out", async () => {
    world = await scene(newVolunteers(50));
    const now = world.clock.now();
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => outbox.claim(world.deps.db, { now, limit: 7, leaseMs: 60_000 })),
    );
    for (const orders of claims) expect(orders.length).toBeLessThanOrEqual(7);
    let rest = await outbox.claim(world.deps.db, { now, limit: 7, leaseMs: 60_000 });
    const ids = claims.flat().map(({ id }) => id);
    while (rest.length > 0) {
      ids.push(...rest.map(({ id }) => id));
      rest = await outbox.claim(world.deps.db, { now, limit: 7, leaseMs: 60_000 });
    }
    expect(ids).toHaveLength(100);
    expect(new Set(ids).size).toBe(100);
  });
});
