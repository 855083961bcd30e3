import { afterAll, beforeAll, expect, test } from "vitest";
import { linkAudit } from "../../gateway/flows/audit/link.ts";
import * as audit from "../../gateway/store/audit.ts";
import { AuditPage } from "../../schema/audit.ts";
import type { RegionId } from "../../schema/primitives.ts";
import { openScene, type Scene } from "./scene.ts";

/* Finding lines of the audit by day, event, who and about what. */

let scene: Scene;
const [one, other] = ["11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"];
const note = (at: string, actor: string, event: string, subject: string, facts = {}) =>
  audit.note(scene.deps.db, {
    ...{ at: at as audit.Line["at"], region: "wallonia" as RegionId, actor, event, subject, facts },
  });
beforeAll(async () => {
  scene = await openScene();
  // The first minute of 10 April in Belgium, which is still the ninth by UTC.
  await note("2021-04-09T22:00:30.000Z", "volunteer", "volunteer.paused", one);
  await note("2021-04-09T21:59:30.000Z", "gateway", "invitation.decided", other, { volunteer: one });
  await note("2021-04-10T10:00:00.000Z", "posting", "invitation.accepted", other);
  await note("2021-04-11T10:00:00.000Z", "a key for staff", "booking.attended", other);
  await linkAudit(scene.deps);
});
afterAll(() => scene.close());

const find = (query = "") =>
  scene.read(AuditPage, "GET", `/v1/regions/wallonia/audit/lines${query}`, { as: "auditor" });
const events = async (query: string) => (await find(query)).items.map(({ event }) => event);

test("by a day of Belgium", async () => {
  expect(await events("?from=2021-04-10&until=2021-04-10")).toEqual([
    "invitation.accepted",
    "volunteer.paused",
  ]);
  expect(await events("?until=2021-04-09")).toEqual(["invitation.decided"]);
  expect(await events("?from=2020-01-01&until=2020-01-01")).toEqual([]);
});

test("by an event, or all of its kind, and no other that begins alike", async () => {
  expect(await events("?event=invitation.decided")).toEqual(["invitation.decided"]);
  expect(await events("?event=invitation")).toEqual(["invitation.accepted", "invitation.decided"]);
  expect(await events("?event=invit")).toEqual([]);
});

test.each([
  ["volunteer", ["volunteer.paused"]],
  ["platform", ["invitation.accepted"]],
  ["gateway", ["invitation.decided"]],
])("by who did it: %s", async (actor, found) => {
  expect(await events(`?actor=${actor}&until=2021-04-11`)).toEqual(found);
  expect((await find(`?actor=${actor}`)).items[0]?.actorKind).toBe(actor);
});

test("by a reference, also where a line only refers to it, and no id is shown", async () => {
  const { items } = await find("?event=volunteer.paused");
  const subject = items[0]?.subject ?? "";
  expect(subject).toMatch(/^[\da-f]{24}$/);
  expect(await events(`?subject=${subject}`)).toEqual(["invitation.decided", "volunteer.paused"]);
  expect(JSON.stringify(await find())).not.toContain(one);
});

test("page by page, to the end and no line twice", async () => {
  const numbers: number[] = [];
  let cursor = "";
  for (let pages = 0; pages < 40; pages += 1) {
    const page = await find(`?limit=3${cursor && `&cursor=${cursor}`}`);
    numbers.push(...page.items.map(({ number }) => number));
    cursor = page.next ?? "";
    if (!cursor) break;
  }
  expect(cursor).toBe("");
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, back) => numbers.length - back));
});

test("says how far the chain is signed", async () => {
  const { signed, items } = await find("?limit=1");
  expect(signed?.number).toBe(items[0]?.number);
});

test("refuses what no line can answer, field by field", async () => {
  const reply = await scene.send(
    "GET",
    "/v1/regions/wallonia/audit/lines?from=tomorrow&event=A%25&subject=Dupont&limit=1000",
    { as: "auditor" },
  );
  expect(reply.status).toBe(400);
  const { issues } = (await reply.json()) as { issues: { at: string }[] };
  expect(new Set(issues.map(({ at }) => at))).toEqual(new Set(["event", "from", "limit", "subject"]));
});
