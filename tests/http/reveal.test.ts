import { afterAll, beforeAll, expect, test } from "vitest";
import { Problem } from "../../schema/errors.ts";
import type { Postcode } from "../../schema/primitives.ts";
import { Expected } from "../../schema/surplus.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { announced, invited, listOf, openScene, registered, type Scene } from "./scene.ts";

/* Nobody at a centre sees a national number in passing: they say why, and it is written down. */

const number = nationalNumber("1950-01-15");
const why = { reason: "two-of-one-name", words: "Two of this name are in the queue" };
/** A list writes a number as a card does, with dots and a dash. */
const withoutMarks = (text: string) => text.replaceAll(/[\s.-]/g, "");
let scene: Scene;
let booking: string;
let surplus: string;
beforeAll(async () => {
  scene = await openScene();
  await registered(scene, newVolunteer({ postcode: "6000" }));
  surplus = (await announced(scene)).id;
  const { token } = await invited(scene, surplus as never);
  await scene.send("POST", "/v1/invitation/accept", { token });
  const { items } = await scene.read(listOf(Expected), "GET", `/v1/surpluses/${surplus}/expected`, {
    as: "staff",
  });
  booking = items[0]?.booking.id ?? "";
});
afterAll(() => scene.close());

const reveal = (as: "staff" | "elsewhere" | "agency" | "reporting", json: unknown = why) =>
  scene.send("POST", `/v1/bookings/${booking}/reveal`, { as, json });

test("nothing that staff read shows it: not who comes, not the call sheet, not a pair, not a list as a file", async () => {
  const paths = [
    ...[`/v1/surpluses/${surplus}/expected`, `/v1/surpluses/${surplus}/steps`, "/v1/surpluses"],
    ...["/v1/centres/charleroi/calls", "/v1/pairs", "/v1/centres/binche/exports"],
  ];
  for (const path of paths) {
    const reply = await scene.send("GET", path, { as: "lead" });
    expect([path, reply.status]).toEqual([path, 200]);
    expect(withoutMarks(await reply.text())).not.toContain(number);
  }
});

test("whoever says why sees it once, and the audit says who, whose and why, without the number", async () => {
  const reply = await reveal("staff");
  expect([reply.status, reply.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(await reply.json()).toEqual({ nationalNumber: number });
  const lines = await scene.database.sql`
    select a.actor, a.facts->>'reason' as reason, a.subject = v.id as whose, a.region from audit a, volunteers v
    where a.event = 'volunteer.number-revealed'`;
  expect(lines).toEqual([
    { actor: "a key for staff", reason: "two-of-one-name", whose: true, region: "wallonia" },
  ]);
  const [kept] = await scene.database.sql`select id, words_sealed, to_jsonb(r)::text as text from reveals r`;
  expect(kept?.text).not.toContain("queue");
  const at = { table: "reveals", column: "words_sealed", id: kept?.id };
  expect(scene.deps.vault.open(kept?.words_sealed, at)).toBe(why.words);
  const all = await scene.database.sql`select to_jsonb(a)::text as text from audit a`;
  expect(JSON.stringify(all)).not.toContain(number);
});

test("a list goes out with numbers only to whoever says why, and the audit names everybody in it", async () => {
  const theirs = nationalNumber("1951-02-03");
  await registered(scene, newVolunteer({ born: "1951-02-03", postcode: "7130" as Postcode }));
  const path = "/v1/centres/binche/exports";
  const plain = await (await scene.send("GET", path, { as: "lead" })).text();
  expect(plain).toContain("p1951-02-03-997@example.org");
  expect(withoutMarks(plain)).not.toContain(theirs);
  expect((await scene.send("POST", path, { as: "lead", json: { reason: "authority-asks" } })).status).toBe(
    400,
  );
  const words = "The list moves to Qvax";
  const told = await scene.send("POST", path, { as: "lead", json: { reason: "authority-asks", words } });
  expect(told.headers.get("content-disposition")).toContain("binche.csv");
  expect(withoutMarks(await told.text())).toContain(theirs);
  const lines = await scene.database.sql`
    select v.postcode from audit a join volunteers v on v.id = a.subject
    where a.event = 'volunteer.number-revealed' and a.facts->>'reason' = 'authority-asks'`;
  expect(lines).toEqual([{ postcode: "7130" }]);
});

test.each([
  { words: "because" },
  { words: "xxxxxxxxxxxxxxx" },
  { reason: "curious", words: why.words },
  { reason: why.reason },
])("without a reason of some words it is not shown: %o", async (said) => {
  const reply = await reveal("staff", { ...("reason" in said ? {} : { reason: why.reason }), ...said });
  expect([reply.status, Problem.parse(await reply.json()).code]).toEqual([400, "invalid_input"]);
});

test("only the centre's own staff may", async () => {
  // Whoever reaches another centre is not even told that there is such a booking.
  expect((await reveal("elsewhere")).status).toBe(404);
  for (const as of ["agency", "reporting"] as const) expect((await reveal(as)).status).toBe(403);
});

test("whoever sees a name stands in the audit, and so does whoever sends a list in", async () => {
  const file = "Nom;Prénom;Date de naissance;E-mail;Code postal\nPeeters;An;30/07/1921;an@example.org;7130\n";
  const headers = { authorization: "Bearer key-lead", "content-type": "text/csv" };
  const sent = { method: "POST", headers, body: file };
  expect((await scene.app.request("/v1/centres/binche/imports", sent)).status).toBe(200);
  for (const path of [`/v1/surpluses/${surplus}/expected`, "/v1/centres/binche/exports"])
    await scene.send("GET", path, { as: "lead" });
  const lines = await scene.database.sql`
    select distinct event, region, facts, subject is not null as whose from audit
    where actor = 'a key for lead' and event in ('volunteer.seen', 'list.sent') order by event, facts`;
  const seen = { event: "volunteer.seen", region: "wallonia", whose: true };
  const sentIn = { centre: "binche", platform: "local-list", rows: 1 };
  expect(lines).toEqual([
    { event: "list.sent", region: "wallonia", facts: sentIn, whose: false },
    { ...seen, facts: { list: "expected", centre: "charleroi" } },
    { ...seen, facts: { list: "file", centre: "binche" } },
  ]);
});
