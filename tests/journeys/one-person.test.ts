import { afterAll, beforeAll, expect, test } from "vitest";
import { seeded } from "../../adapters/kit/chance.ts";
import { type Fault, sometimes } from "../../adapters/kit/faults.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { ImportResult } from "../../schema/import.ts";
import type { Pair, PairDetail } from "../../schema/pair.ts";
import { CentreId, type ExternalId, Postcode, plusMinutes, RegionId } from "../../schema/primitives.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import { always, type NewVolunteer } from "../../schema/volunteer.ts";
import { broken, nothing } from "../flows/scene.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

/* The same people come by five ways, written otherwise each time, while platforms lose replies and one goes down. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const charleroi = CentreId.parse("charleroi");
const pacheco = CentreId.parse("pacheco");
const binche = CentreId.parse("binche");

/** What all lists write alike of somebody: when they were born, and how they are reached. */
const known = (birthDate: string, nth: number) => ({
  birthDate,
  contact: { mobile: `+3247100000${nth}`, email: `one-${nth}@example.org` },
});
type Known = ReturnType<typeof known>;
const fatima = known("1931-05-20", 1);
const elodie = known("1933-09-03", 2);
const marie = known("1934-02-11", 3);
const jan = known("1936-08-30", 4);
const namesake = known("1936-08-30", 5);

type Written = { givenName: string; familyName: string } & Known;
/** As the authority writes those whom it invites. */
const officialFatima: Written = { ...fatima, givenName: "FATIMA", familyName: "EL AMRANI" };
const officialElodie: Written = { ...elodie, givenName: "ELODIE", familyName: "VAN DEN BERGHE" };
/** By which Doclr knows Fatima's invitation. */
let code: ExternalId;

const entry = (written: Written, centre: CentreId, isNumbered = true): RosterEntry => ({
  ...written,
  ...(isNumbered && { nationalNumber: nationalNumber(written.birthDate) }),
  centres: [centre],
  availability: always,
  conditions: [],
  state: "active",
});

/** On the gateway's own page, in Brussels, where nobody needs a number to be on the list. */
const registers = (written: Written) => {
  const body: NewVolunteer = {
    ...newVolunteer(written),
    nationalNumber: undefined,
    region: RegionId.parse("brussels"),
    postcode: Postcode.parse("1000"),
    centres: [pacheco],
  };
  return scene.client.post("/v1/volunteers", { body });
};

const day = (date: string) => date.split("-").reverse().join("/");

/** A centre's staff send their sheet, without numbers. */
const sends = async (rows: Written[]): Promise<ImportResult> => {
  const lines = rows.map(({ familyName, givenName, birthDate, contact }) =>
    [familyName, givenName, day(birthDate), contact.mobile, contact.email].join(";"),
  );
  const key = scene.keyOf("lead");
  const reply = await fetch(`${scene.url}/v1/centres/${binche}/imports`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "text/csv" },
    body: ["Nom;Prénom;Date de naissance;GSM;E-mail", ...lines].join("\n"),
  });
  expect(reply.status).toBe(200);
  return reply.json() as Promise<ImportResult>;
};

/** One reply in ten is lost after something was done, and every seventh request fails that only asks. */
const badDay = (seed: number) => {
  const lost = sometimes(0.1, { kind: "lost-reply" }, seeded(seed));
  return (request: { method: string; path: string; nth: number }): Fault | undefined => {
    if (request.method !== "GET") return lost(request);
    return request.nth % 7 === 0 ? { kind: "server-error", status: 503 } : undefined;
  };
};

/** Lets time pass until it is so. */
const until = async <Found>(
  what: string,
  look: () => Found | undefined | Promise<Found | undefined>,
): Promise<NonNullable<Found>> => {
  for (let turn = 0; turn < 40; turn += 1) {
    const found = await look();
    if (found) return found;
    await scene.pass(1);
  }
  return expect.unreachable(`it never came: ${what}`);
};

const pairs = async (state: Pair["state"]) => {
  const { items } = await scene.client.get<{ items: Pair[] }>(`/v1/pairs?state=${state}`);
  return Promise.all(items.map(({ id }) => scene.client.get<PairDetail>(`/v1/pairs/${id}`)));
};
const decide = (pair: PairDetail, what: "merge" | "keep-apart" | "undo") =>
  scene.client.post<Pair>(`/v1/pairs/${pair.id}/${what}`);

/** The registrations that count as people, of whoever was born in that year. */
const people = async ({ birthDate }: Known) =>
  scene.database.sql<{ id: string; state: string; born: string; lists: string[] }[]>`
    select id, state, birth_date::text as born, array(
      select distinct platform from identities where volunteer = v.id and ended_at is null order by platform) as lists
    from volunteers v where extract(year from birth_date)::int = ${Number(birthDate.slice(0, 4))}
    and repeat_of is null order by registered_at`;

/** How they stand on every platform's own list; a file that was sent lies on none. */
const onLists = async (person: string) => {
  const names = await scene.database.sql<{ platform: string; name: ExternalId }[]>`
    select platform, external_id as name from identities where volunteer = ${person} order by platform`;
  return names.flatMap(({ platform, name }) => {
    const found = scene
      .platform(platform)
      .bench.people()
      .find(({ externalId }) => externalId === name);
    return found ? `${platform} ${found.state}` : [];
  });
};

/** With their official code, on Doclr's own pages. */
const reserves = (someone: Written): ExternalId => {
  const place = { centre: charleroi, at: plusMinutes(scene.now(), 120) };
  const reserve = scene.platform("doclr").bench.bookDirectly;
  return reserve?.(entry(someone, charleroi), place) ?? expect.unreachable("Doclr took no reservation");
};

/** Merges whoever share a mobile, and keeps others apart, as would somebody who rings them up. */
const decideAll = async (): Promise<PairDetail[]> => {
  const [pair] = await pairs("open");
  if (!pair) return [];
  const isOne = pair.one.contact.mobile === pair.other.contact.mobile;
  await decide(pair, isOne ? "merge" : "keep-apart");
  return [pair, ...(await decideAll())];
};

const coming = async ({ id }: Surplus) => {
  const { items } = await scene.client.get<{ items: Expected[] }>(`/v1/surpluses/${id}/expected`);
  return items.map(({ booking }) => booking);
};

const announce = (centre: CentreId) =>
  scene.client.post<Surplus>("/v1/surpluses", {
    body: { centre, vaccine: "pfizer", doses: 1, usableUntil: plusMinutes(scene.now(), 300) },
  });

const tokenOf = ({ contact }: Known) =>
  scene.sandbox.postOffice
    .list({ limit: 1000 })
    .filter(({ to }) => to === contact.email || to === contact.mobile)
    .flatMap(({ text }) => /\/answer#([\w-]+)/.exec(text)?.[1] ?? [])[0];

const platforms = () => ({
  qvax: scene.platform("qvax"),
  doctena: scene.platform("doctena"),
  sheets: scene.platform("local-list"),
  doclr: scene.platform("doclr"),
});

test("the same person by five ways is one, without anybody looking", async () => {
  const { qvax, doctena, sheets, doclr } = platforms();
  for (const [seed, each] of [qvax, doctena, sheets].entries()) each.faults.plan(badDay(seed));
  qvax.bench.addPeople([
    entry({ ...elodie, givenName: "Élodie", familyName: "Van den Berghe" }, charleroi),
    entry({ ...marie, givenName: "Marie-Claire", familyName: "Dupont-Lefèvre" }, charleroi),
  ]);
  await until("Qvax's list", async () => (await people(marie)).length === 1);
  doctena.bench.addPeople([
    entry({ ...elodie, givenName: "Elodie", familyName: "VANDENBERGHE" }, pacheco),
    entry({ ...fatima, givenName: "Fatima", familyName: "El Amrani" }, pacheco),
    entry({ ...marie, givenName: "MARIE CLAIRE", familyName: "Dupont" }, pacheco, false),
  ]);
  sheets.bench.addPeople([
    entry({ ...elodie, givenName: "ELODIE", familyName: "van den Berghe" }, binche, false),
  ]);
  await sends([
    { ...elodie, givenName: "Elodie", familyName: "Van Den Berghe" },
    { ...fatima, givenName: "El Amrani", familyName: "FATIMA" },
    { ...jan, givenName: "Jan", familyName: "Peeters" },
  ]);
  await registers({ ...elodie, givenName: "élodie", familyName: "Vandenberghe" });
  await registers({ ...namesake, givenName: "Jan", familyName: "Peeters" });
  const invited = [officialFatima, officialElodie].map((each) => entry(each, charleroi));
  [code = code] = doclr.bench.addPeople(invited);

  const one = await until("one registration on every list", async () => {
    const found = (await people(elodie)).filter(({ born }) => born === elodie.birthDate);
    return found.length === 1 && found[0]?.lists.length === 3 ? found[0] : undefined;
  });
  expect(one.lists).toEqual(["doctena", "local-list", "qvax"]);
  const merged = await pairs("merged");
  expect(merged.length).toBeGreaterThan(0);
  expect(merged.filter(({ decidedBy }) => decidedBy !== "gateway")).toEqual([]);
}, 300_000);

test("what is doubtful is shown to staff, who merge it, keep it apart, and take a merge back", async () => {
  await until("the platforms' lists written and read", async () => {
    const [{ left } = { left: -1 }] = await scene.database.sql`
      select count(*)::int as left from outbox where effect->>'kind' like 'roster-%' and not dead`;
    return left === 0;
  });
  await scene.pass(2);
  await scene.pass(2);
  const decided = await decideAll();
  const between = (nth: Known) => (pair: PairDetail) =>
    [pair.one, pair.other].every(({ contact }) => contact.mobile === nth.contact.mobile);
  expect(decided.find(between(fatima))?.reasons).toContain("names-swapped");
  const doubtful = decided.find(between(marie)) ?? expect.unreachable("nobody doubts Marie-Claire");
  expect(doubtful.reasons).toEqual(expect.arrayContaining(["family-part", "given-same", "birth-year"]));
  await scene.pass(2);
  expect(await pairs("open")).toEqual([]);
  expect(await pairs("kept-apart")).toMatchObject([
    { reasons: expect.arrayContaining(["family-same", "birth-same", "mobile-none"]) },
  ]);
  const counted = async () =>
    Promise.all([elodie, fatima, marie, jan].map(async (each) => (await people(each)).length));
  expect(await counted()).toEqual([1, 1, 1, 2]);
  expect(await decide(doubtful, "undo")).toMatchObject({ state: "undone" });
  expect(await counted()).toEqual([1, 1, 2, 2]);
}, 300_000);

test("a reserve dose accepted while Doclr is down ends the official code once it is back", async () => {
  const { client, pass } = scene;
  const { qvax, doclr } = platforms();
  const state = () => doclr.bench.official?.state(code);
  const first = await announce(pacheco);
  await until("everybody of Brussels asked", () => tokenOf(elodie));
  const second = await announce(charleroi);
  await announce(binche);
  const byQvax = await until("Marie-Claire asked", () =>
    qvax.bench.invitations?.().find((each) => each.state === "open"),
  );
  await doclr.pause();
  const bearer = tokenOf(fatima) ?? expect.unreachable("nobody wrote to Fatima");
  expect(await client.post("/v1/invitation/accept", { bearer })).toMatchObject({ state: "accepted" });
  qvax.bench.answer?.({ invitation: byQvax.invitation, answer: "yes" });
  await until("the promise", async () => (await coming(second))[0]?.state === "promised");
  await pass(2);
  expect([state(), (await coming(second))[0]?.state]).toEqual(["offered", "promised"]);

  await doclr.resume();
  doclr.faults.plan(badDay(7));
  await until("the code ended", () => state() === "withdrawn");
  expect(() => reserves(officialFatima)).toThrow("takes that code no more");
  await until("both doses booked", async () =>
    [...(await coming(first)), ...(await coming(second))].every((each) => each.state === "booked"),
  );
  expect([await coming(first), await coming(second)]).toMatchObject([
    [{ platform: "doctena" }],
    [{ platform: "doclr" }],
  ]);
}, 300_000);

test("an official invitation accepted ends the person's life on every list, and nobody asks them any more", async () => {
  const { database, pass } = scene;
  const { qvax, doctena, sheets, doclr } = platforms();
  const [one] = await people(elodie);
  const person = one?.id ?? expect.unreachable("Élodie is gone");
  const asked = async () => database.sql`
    select id, state in ('decided', 'open', 'ready') as live from invitations where volunteer = ${person} order by id`;
  expect(await asked()).not.toEqual([]);
  expect(await onLists(person)).toEqual(expect.arrayContaining(["doctena active", "qvax active"]));

  const reservation = reserves(officialElodie);
  await until("the end of the list life", async () => (await people(elodie))[0]?.state === "closed");
  await until("every list told", async () => (await onLists(person)).every((each) => / left$/.test(each)));
  expect(new Set(await onLists(person))).toEqual(new Set(["doctena left", "local-list left", "qvax left"]));
  const before = await asked();
  expect(before.filter(({ live }) => live)).toEqual([]);
  for (const centre of [pacheco, charleroi, binche]) await announce(centre);
  for (const { faults } of [qvax, doctena, sheets, doclr]) {
    expect(faults.injected()).toBeGreaterThan(0);
    faults.lift();
  }
  for (let turn = 0; turn < 5; turn += 1) await pass(2);
  expect(await asked()).toEqual(before);
  expect(doclr.bench.bookings?.().find(({ externalRef }) => externalRef === reservation)?.state).toBe(
    "booked",
  );

  expect(
    await database.sql`
      select surplus from invitations i join volunteers v on v.id = i.volunteer
      group by surplus, coalesce(v.repeat_of, v.id) having count(*) > 1`,
  ).toEqual([]);
  expect(qvax.bench.invitations?.().filter((each) => each.asked > 1)).toEqual([]);
  expect(await broken({ database })).toEqual(nothing);
}, 300_000);
