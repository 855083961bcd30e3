import { afterAll, beforeAll, expect, test } from "vitest";
import type { Erased, Erasure, OpenErasure } from "../../schema/erasure.ts";
import { type CentreId, plusMinutes, type RegionId } from "../../schema/primitives.ts";
import type { Surplus } from "../../schema/surplus.ts";
import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";
import { dumpOf, findIn, openedIn } from "../support/dump.ts";
import { newVolunteer } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

/* Somebody asks to be forgotten, with a platform that is down: what every platform and every table then holds of them. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const [pacheco, charleroi] = ["pacheco", "charleroi"] as [CentreId, CentreId];

/** Nobody else has these. */
const planted = (nth: number, rest: Partial<NewVolunteer>): NewVolunteer =>
  newVolunteer({
    born: `1931-07-2${nth}`,
    givenName: `Zénobie${nth}`,
    familyName: `Quixworth${nth}`,
    region: "brussels" as RegionId,
    postcode: "1082",
    contact: { email: `zq.unlikely${nth}@example.org`, mobile: `+3249988776${nth}` },
    helper: {
      name: `Vreneli Helper${nth}`,
      contact: { email: `vreneli.h${nth}@example.org`, mobile: `+3249977665${nth}` },
    },
    ...rest,
  });

const valuesOf = ({ givenName, familyName, nationalNumber: number = "", contact, helper }: NewVolunteer) => [
  ...[givenName, familyName, number, `1931-07-2${givenName.at(-1)}`],
  ...[contact.email ?? "", (contact.mobile ?? "").slice(3), helper?.name ?? "", helper?.contact.email ?? ""],
];

const register = (body: NewVolunteer) => scene.client.post<Registered>("/v1/volunteers", { body });
const erase = (bearer: string) =>
  scene.client.post<Erased>("/v1/volunteer/erase", { body: { erase: true }, bearer });
const account = (bearer: string) => scene.client.get<Erasure>("/v1/erasure", { bearer });
const announce = (centre: CentreId, doses = 1) =>
  scene.client.post<Surplus>("/v1/surpluses", {
    body: { centre, vaccine: "pfizer", doses, usableUntil: plusMinutes(scene.now(), 240) },
  });
const states = ({ receipts }: Erasure) =>
  receipts.map(({ platform, what, state }) => [platform, what, state]);

/** The link in the newest message to that address. */
const answerOf = (to: string) =>
  scene.sandbox.postOffice.list({ to }).flatMap(({ text }) => /answer#(\S+)/.exec(text)?.[1] ?? [])[0] ?? "";

test("in Brussels: a promised dose is free at once, and Doctena forgets the person once it is back", async () => {
  const { client, pass, platform, database } = scene;
  const person = planted(1, { region: "brussels" as RegionId, centres: [pacheco] });
  const { token, volunteer } = await register(person);
  await pass(1);
  const surplus = await announce(pacheco);
  await pass(1);
  await client.post("/v1/invitation/accept", { bearer: answerOf(person.helper?.contact.email ?? "") });
  await pass(1);
  const dose = () => client.get<Surplus>(`/v1/surpluses/${surplus.id}`);
  expect((await dose()).doses).toMatchObject({ promised: 1, free: 0 });
  expect(JSON.stringify(platform("doctena").state)).toContain(person.familyName);

  await platform("doctena").pause();
  const { erasure, token: receipt } = await erase(token);
  expect((await dose()).doses).toMatchObject({ promised: 0, free: 1 });
  expect(await client.get(`/v1/volunteer`, { bearer: token })).toMatchObject({ code: "token_not_valid" });
  await pass(1);
  const waiting = await account(receipt);
  expect(states(waiting)).toEqual([
    ["doctena", "list", "waiting"],
    ["doctena", "booking", "waiting"],
  ]);
  expect(waiting.receipts.every(({ tries, fault }) => tries > 0 && fault !== undefined)).toBe(true);
  expect(waiting.doneAt).toBeUndefined();

  await platform("doctena").resume();
  for (let turn = 0; turn < 4; turn += 1) await pass(6);
  const done = await account(receipt);
  expect(states(done)).toEqual([
    ["doctena", "list", "erased"],
    ["doctena", "booking", "erased"],
  ]);
  expect(done.doneAt).toBeDefined();
  const state = JSON.stringify(platform("doctena").state);
  expect(valuesOf(person).filter((each) => state.includes(each))).toEqual([]);
  const [row] = await database.sql`select erasure, birth_date from volunteers where id = ${volunteer.id}`;
  expect(row?.erasure).toBe(erasure.id);
});

test("in Charleroi: what Qvax and Doclr do not erase is said, with what somebody must do by hand", async () => {
  const { client, keyOf, pass, platform } = scene;
  const person = planted(2, { region: "wallonia" as RegionId, postcode: "6000" });
  const { token } = await register(person);
  await pass(1);
  const qvax = platform("qvax");
  const { token: receipt, erasure } = await erase(token);
  await pass(1);
  expect(states(await account(receipt))).toEqual([["qvax", "list", "by-hand"]]);
  expect(qvax.bench.people().map(({ state }) => state)).toEqual(["left"]);

  const bearer = keyOf("agency");
  const open = await client.get<OpenErasure>(`/v1/erasures/${erasure.id}`, { bearer });
  const [name] = qvax.bench.people();
  expect(open.receipts).toMatchObject([{ number: 1, reference: name?.externalId, fault: "cannot" }]);
  const done = await client.post<Erasure>(`/v1/erasures/${erasure.id}/receipts/1/done`, { bearer });
  expect(states(done)).toEqual([["qvax", "list", "done-by-hand"]]);
  expect((await account(receipt)).doneAt).toBeDefined();
  expect(await client.get(`/v1/erasures?state=open`, { bearer })).toEqual({ items: [] });
});

test("a list that still has somebody does not bring them back; whoever registers anew is welcome", async () => {
  const { pass, platform, database } = scene;
  const person = planted(2, { region: "wallonia" as RegionId, postcode: "6000" });
  const { bench } = platform("qvax");
  bench.addPeople([
    { ...person, centres: [charleroi], conditions: [], state: "active" },
    { ...planted(4, {}), centres: [charleroi], conditions: [], state: "active" },
  ]);
  await pass(5);
  const alive = () => database.sql`select id from volunteers where state = 'active'`;
  expect(await alive()).toHaveLength(1);

  const { volunteer } = await register(person);
  await pass(1);
  await pass(5);
  expect((await alive()).map(({ id }) => id)).toContain(volunteer.id);
  const [bars] = await database.sql`select count(*)::int from tombstones where region = 'wallonia'`;
  expect(bars?.count).toBe(0);
});

test("in Lint: the person's row in the centre's own sheet is emptied", async () => {
  const { pass, platform } = scene;
  const person = planted(3, { region: "flanders" as RegionId, postcode: "2547" });
  const { token } = await register(person);
  await pass(1);
  const sheets = platform("local-list");
  expect(JSON.stringify(sheets.state)).toContain(person.familyName);
  const { token: receipt } = await erase(token);
  await pass(1);
  expect(states(await account(receipt))).toEqual([["local-list", "list", "erased"]]);
  const state = JSON.stringify(sheets.state);
  expect(valuesOf(person).filter((each) => each !== "" && state.includes(each))).toEqual([]);
});

test("nothing of who was forgotten lies in the database, sealed or not, nor as a digest but to keep lists from bringing them back", async () => {
  const { database } = scene;
  const people = [
    planted(1, { region: "brussels" as RegionId, centres: [pacheco] }),
    planted(3, { region: "flanders" as RegionId, postcode: "2547" }),
  ];
  const values = people.flatMap(valuesOf).filter((each) => each.length > 3);
  const dump = await dumpOf(database);
  const { vault } = scene.gateway.deps;
  expect(findIn(dump, values)).toEqual([]);
  expect(findIn(await openedIn(database, vault), values)).toEqual([]);
  const ways = people.flatMap(({ contact, helper }) => [
    ...[contact.email ?? "", contact.mobile ?? "", helper?.contact.email ?? ""],
  ]);
  const digests = [
    ...ways.map((way) => vault.digest("contact", way)),
    ...people.map(({ nationalNumber: number }) => vault.digest("identity", `number ${number}`)),
  ].map((digest) => Buffer.from(digest).toString("hex"));
  const { tombstones: _, ...rest } = dump;
  expect(findIn(rest, digests)).toEqual([]);
});
