import { afterAll, beforeAll, expect, test } from "vitest";
import { always, type Fault } from "../../adapters/kit/faults.ts";
import { people } from "../../adapters/kit/people.ts";
import type { PlatformState, Reading } from "../../schema/platform.ts";
import type { CentreId } from "../../schema/primitives.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const many = 1_500;

const reading = async () => {
  const { items } = await scene.client.get<{ items: PlatformState[] }>("/v1/platforms");
  return items.find(({ name }) => name === "qvax")?.reading;
};
const order = () => scene.client.post<Reading>("/v1/platforms/qvax/reading");
const halt = () => scene.operator.post<Reading>("/v1/platforms/qvax/reading/halt");
const onList = async () => {
  const [row] = await scene.database.sql`
    select count(*)::int as people, count(distinct identity_digest)::int as different
    from volunteers where state = 'active'`;
  return row;
};

const everySecond = (nth: number): Fault | undefined =>
  nth % 2 === 0 ? undefined : { kind: nth % 4 === 1 ? "truncated" : "server-error", status: 503 };

test("a first load goes on behind faults and an outage in its middle, and everybody is there once", async () => {
  const qvax = scene.platform("qvax");
  qvax.bench.addPeople(people(many, "charleroi" as CentreId));
  let pages = 0;
  qvax.faults.plan(({ path }) => {
    if (!path.startsWith("/registrations")) return undefined;
    pages += 1;
    return pages > 2 ? { kind: "down" } : undefined;
  });
  await scene.pass(0);
  expect(await reading()).toMatchObject({ kind: "first", done: 1_000, total: many });
  expect((await reading())?.endedAt).toBeUndefined();

  await qvax.pause();
  await scene.pass(2);
  expect(await reading()).toMatchObject({ done: 1_000 });
  await qvax.resume();

  // Whoever runs a platform that has enough to do has the rest wait.
  qvax.faults.lift();
  expect(await halt()).toMatchObject({ done: 1_000, haltedAt: expect.any(String) });
  await scene.pass(30);
  expect(await reading()).toMatchObject({ done: 1_000, haltedAt: expect.any(String) });
  expect(await onList()).toMatchObject({ people: 1_000 });
  expect(await order()).not.toHaveProperty("haltedAt");

  qvax.faults.plan(({ nth }) => everySecond(nth));
  for (let minute = 0; minute < 10 && !(await reading())?.endedAt; minute += 1) await scene.pass(5);
  qvax.faults.lift();
  expect(await reading()).toMatchObject({ kind: "first", done: many, total: many });
  expect((await reading())?.endedAt).toBeDefined();
  expect(await onList()).toEqual({ people: many, different: many });
});

test("a source that fails in the middle of a pass makes nobody leave, and the pass ends once it is back", async () => {
  const qvax = scene.platform("qvax");
  await scene.pass(60);
  qvax.faults.plan(always({ kind: "server-error", status: 500 }));
  const first = await order();
  await scene.pass(0);
  expect(await order()).toMatchObject({ kind: "pass", begunAt: first.begunAt, done: 0 });
  expect(await onList()).toMatchObject({ people: many });
  qvax.faults.lift();
  expect(await halt()).toMatchObject({ kind: "pass", haltedAt: expect.any(String) });
  await scene.pass(30);
  expect(await reading()).toMatchObject({ kind: "pass", done: 0, haltedAt: expect.any(String) });
  expect(await order()).toMatchObject({ kind: "pass", begunAt: first.begunAt });
  for (let minute = 0; minute < 10 && !(await reading())?.endedAt; minute += 1) await scene.pass(5);
  expect(await reading()).toMatchObject({ kind: "pass", done: many, missing: 0, verdict: "believed" });
  expect(await halt()).toMatchObject({ code: "work_over" });
  expect(await onList()).toMatchObject({ people: many });
});
