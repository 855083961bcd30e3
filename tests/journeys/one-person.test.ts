import { afterAll, beforeAll, expect, test } from "vitest";
import { person } from "../../adapters/kit/people.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { Pair, PairDetail } from "../../schema/pair.ts";
import { CentreId, type ExternalId, plusMinutes, RegionId } from "../../schema/primitives.ts";
import type { Surplus } from "../../schema/surplus.ts";
import { broken, nothing } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

/* Somebody is on four lists, written differently on each, and has an official invitation: they are one person. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const [charleroi, pacheco, binche] = ["charleroi", "pacheco", "binche"].map((id) => CentreId.parse(id)) as [
  CentreId,
  CentreId,
  CentreId,
];
const mobile = "+32470001122";
const birthDate = "1938-03-02";
const elodie: RosterEntry = {
  ...{ ...person(3, charleroi), givenName: "Élodie", familyName: "van den Berghe" },
  ...{ nationalNumber: "38030200179", birthDate, postcode: "6000", contact: { mobile } },
};
const { nationalNumber: _, ...numberless } = elodie;
const written = {
  qvax: { ...elodie, givenName: "ELODIE", familyName: "VANDENBERGHE" },
  sheet: { ...numberless, givenName: "Elodie", familyName: "Van den Berghe", centres: [binche] },
  doctena: { ...numberless, familyName: "Vandenberghe", postcode: "1000", centres: [pacheco] },
};
/** Of her house and year, and another person all the same. */
const sister = { ...written.doctena, givenName: "Édith", contact: { mobile: "+32470003344" } };

const registered = () => scene.database.sql<{ id: string; state: string; repeats: boolean }[]>`
  select id, state, repeat_of is not null as repeats from volunteers order by registered_at, id`;
const pairs = async (state: string) =>
  (await scene.client.get<{ items: Pair[] }>(`/v1/pairs?state=${state}`)).items;
const passing = async (turns: number) => {
  for (let turn = 0; turn < turns; turn += 1) await scene.pass(5);
};
const stateOn = (platform: string, id: ExternalId) =>
  scene
    .platform(platform)
    .bench.people()
    .find(({ externalId }) => externalId === id)?.state;

const known: Partial<Record<"qvax" | "sheet" | "doctena" | "code", ExternalId>> = {};

test("four lists that write her differently, behind faults, come to one person and one doubt", async () => {
  const { client, platform } = scene;
  for (const name of ["qvax", "doctena", "local-list"])
    platform(name).faults.plan(({ nth }) => (nth % 5 === 0 ? { kind: "lost-reply" } : undefined));
  [known.qvax] = platform("qvax").bench.addPeople([written.qvax]);
  [known.sheet] = platform("local-list").bench.addPeople([written.sheet]);
  [known.doctena] = platform("doctena").bench.addPeople([written.doctena]);
  platform("doctena").bench.addPeople([sister]);
  await client.post("/v1/volunteers", {
    body: newVolunteer({
      ...{ givenName: "Elodie", familyName: "Vanden Berghe", nationalNumber: "38.03.02-001.79" },
      ...{ birthDate, contact: { email: "elodie@example.org", mobile }, region: RegionId.parse("wallonia") },
    }),
  });
  await passing(6);

  const people = await registered();
  // Her own on Qvax and by the gateway are one by the number; the spreadsheet's is its repeat by the evidence.
  expect(people).toHaveLength(4);
  expect(people.filter(({ repeats }) => repeats)).toHaveLength(1);
  expect((await pairs("merged")).map(({ decidedBy }) => decidedBy)).toEqual(["gateway"]);
  const doubts = await pairs("open");
  expect(doubts).toHaveLength(1);
  expect(doubts[0]?.reasons).toContain("birth-year");
});

test("staff see both sides, merge what a form with the year alone left in doubt, and her sister stays herself", async () => {
  const { client } = scene;
  const [doubt] = await pairs("open");
  const at = `/v1/pairs/${doubt?.id}`;
  const { one, other } = await client.get<PairDetail>(at);
  expect([one.birthYearOnly, other.birthYearOnly].filter(Boolean)).toHaveLength(1);
  await client.post(`${at}/merge`);
  const people = await registered();
  expect([people.length, people.filter(({ repeats }) => repeats).length]).toEqual([4, 2]);
  expect(await pairs("open")).toEqual([]);
});

test("her official appointment ends her place on every list, though its platform was down in between", async () => {
  const { client, now, platform } = scene;
  const doclr = platform("doclr");
  [known.code] = doclr.bench.addPeople([{ ...elodie, contact: {} }]);
  const { id } = await client.post<Surplus>("/v1/surpluses", {
    body: { centre: charleroi, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(now(), 240) },
  });
  await passing(1);
  const asked = await scene.database.sql`select state from invitations where surplus = ${id}`;
  expect(asked).toHaveLength(1);

  await doclr.pause();
  await passing(2);
  await doclr.resume();
  doclr.bench.bookDirectly?.({ ...elodie, contact: {} }, { centre: charleroi, at: plusMinutes(now(), 90) });
  await passing(6);
  for (const name of ["qvax", "doctena", "local-list"]) platform(name).faults.lift();
  await passing(4);
  expect(doclr.bench.official?.state(known.code ?? ("" as ExternalId))).toBe("booked");
  const left = [
    stateOn("qvax", known.qvax as ExternalId),
    stateOn("local-list", known.sheet as ExternalId),
    stateOn("doctena", known.doctena as ExternalId),
  ];
  expect(left).toEqual(["left", "left", "left"]);
  const people = await registered();
  expect(people.filter(({ repeats, state }) => !repeats && state === "active")).toHaveLength(1);
  const [promised] = await scene.database.sql`
    select count(*)::int as count from bookings where state in ('promised', 'booked')`;
  expect(promised?.count).toBe(0);
  expect(await broken(scene)).toEqual(nothing);
}, 300_000);
