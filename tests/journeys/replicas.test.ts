import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seeded } from "../../adapters/kit/chance.ts";
import { announce } from "../../gateway/flows/announce.ts";
import { retrace } from "../../gateway/flows/retrace.ts";
import { readSurplus } from "../../gateway/flows/watch.ts";
import {
  type BookingId,
  type CentreId,
  type Instant,
  instant,
  millis,
  plusMinutes,
  RegionId,
  type SurplusId,
} from "../../schema/primitives.ts";
import { broken, nothing } from "../flows/scene.ts";
import { afternoon, newVolunteers, seedFederation, testDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { type Act, type Death, deathsBy, openFleet, type Start, vaultOf } from "./replica.ts";

/**
 * The evening goes on by 61 seconds at a time, and ends at no full minute. So nobody's window ends on a turn, and it
 * makes no difference to it that a letter left some milliseconds later because a replica had died over it.
 */
const momentOf = (turn: number): Instant => instant(millis(afternoon) + turn * 61_000);
const turnOf = (at: string): number => Math.floor((Date.parse(at) - millis(afternoon)) / 61_000);
const usableUntil = plusMinutes(momentOf(85), 0.5);
const turns = 88;

type List = { centres: CentreId[]; count: number; born: string; shareThatStaysAway: number };
/** So many doses from that turn on; later on, more or fewer. */
type Offer = { centre: CentreId; turn: number; doses: number; later: number };
type Plan = { lists: List[]; offers: Offer[] };
const changedAt = 25;

const named = (id: string) => id as CentreId;
/** Each centre calls people of its own, and one list runs out. */
const apart: Plan = {
  lists: [
    { centres: [named("pacheco")], count: 60, born: "1935-01-01", shareThatStaysAway: 0.2 },
    { centres: [named("heysel")], count: 20, born: "1960-01-01", shareThatStaysAway: 0.2 },
  ],
  offers: [
    { centre: named("pacheco"), turn: 0, doses: 4, later: 5 },
    { centre: named("heysel"), turn: 8, doses: 6, later: 5 },
  ],
};
/**
 * Both centres call the same people. They look for them at the same moment, so that even where nobody dies it is
 * chance which of them asks whom; but there are enough who come.
 */
const both = [named("molenbeek"), named("schaerbeek")];
const shared: Plan = {
  lists: [{ centres: both, count: 70, born: "1945-01-01", shareThatStaysAway: 0 }],
  offers: [
    { centre: named("molenbeek"), turn: 0, doses: 3, later: 4 },
    { centre: named("schaerbeek"), turn: 8, doses: 5, later: 4 },
  ],
};

type Person = { address: string; list: List };

/** In [0, 1), the same for the same person in every evening. */
const fraction = (address: string, of: string): number =>
  createHash("sha256").update(`${of} ${address}`).digest().readUInt32BE() / 2 ** 32;

/** What a person does: answers or not, after so many turns, which may be after their window; and comes or not. */
const fateOf = ({ address, list }: Person) => {
  const mind = fraction(address, "mind");
  const staysAway = fraction(address, "comes") < list.shareThatStaysAway;
  return {
    said: mind < 0.3 ? ("yes" as const) : mind < 0.5 ? ("no" as const) : undefined,
    after: 1 + Math.floor(-10 * Math.log(1 - fraction(address, "after"))),
    outcome: staysAway ? ("no-show" as const) : ("attended" as const),
  };
};

const openWorld = async () => {
  const base = await testDeps();
  const { sql, url } = base.database;
  await sql`create table letters (
    at timestamptz not null, address text not null, about text not null, reference text not null, body text not null)`;
  const key = () => randomBytes(32).toString("base64");
  const start: Start = { url, sealing: key(), digest: key(), now: afternoon };
  const deps = { ...base.deps, vault: vaultOf(start) };
  await seedFederation(deps);
  return { ...base, deps, start };
};
type World = Awaited<ReturnType<typeof openWorld>>;

/** Everybody, by the id that the gateway gave them. Their welcome belongs to another evening. */
const registerAll = async ({ deps, database: { sql } }: World, { lists }: Plan) => {
  const registered = lists.flatMap((list) => {
    const { count, born, centres } = list;
    const wishes = { region: RegionId.parse("brussels"), postcode: "1000", born, centres };
    return newVolunteers(count, wishes).map(async (someone) => {
      const { volunteer } = await register(deps, someone, "volunteer");
      return [volunteer.id, { address: someone.contact.email ?? "", list }] as const;
    });
  });
  const people = new Map<string, Person>(await Promise.all(registered));
  await sql`delete from outbox`;
  return people;
};

type Evening = {
  world: World;
  fleet: ReturnType<typeof openFleet>;
  people: Map<string, Person>;
  announced: { surplus: SurplusId; offer: Offer }[];
};

/** What people and staff do at that turn, always in the same order. */
const actsOf = async ({ world, people, announced }: Evening, turn: number): Promise<Act[]> => {
  const { sql } = world.database;
  const letters = await sql<{ volunteer: string; at: string; body: string }[]>`
    select distinct on (i.id) i.volunteer, l.at, l.body
    from letters l join invitations i on l.reference = i.id || '-invitation' order by i.id, l.at`;
  const expected = await sql<{ volunteer: string; id: BookingId; at: string }[]>`
    select volunteer, id, at from bookings where state in ('promised', 'booked')`;
  const acts: { by: string; act: Act }[] = [];
  for (const { volunteer, at, body } of letters) {
    const person = people.get(volunteer);
    const { said, after = 0 } = person ? fateOf(person) : {};
    const token = body.match(/(?<=\/answer#)\S+/)?.[0] ?? "";
    if (person && said && turnOf(at) + after === turn)
      acts.push({ by: person.address, act: { kind: "answer", token, said } });
  }
  for (const { volunteer, id: booking, at } of expected) {
    const person = people.get(volunteer);
    if (person && turnOf(at) + 1 === turn)
      acts.push({ by: person.address, act: { kind: "attend", booking, outcome: fateOf(person).outcome } });
  }
  for (const { surplus, offer } of turn === changedAt ? announced : [])
    acts.push({ by: offer.centre, act: { kind: "adjust", surplus, doses: offer.later } });
  return acts.toSorted((one, other) => one.by.localeCompare(other.by)).map(({ act }) => act);
};

/** A repeat of what was done before the replica died over it is refused like any second one. */
const refusals = ["invitation_answered", "invitation_over", "booking_over", "conflict"];

/** One turn: first what people and staff do, one after the other; then all that follows from it, by all at once. */
const pass = async (
  played: Evening,
  offers: readonly Offer[],
  turn: number,
  death?: Death,
): Promise<void> => {
  const { world, fleet, announced } = played;
  fleet.passTo(momentOf(turn));
  if (death) await fleet.doom(death);
  for (const offer of offers.filter((each) => each.turn === turn)) {
    const input = { centre: offer.centre, doses: offer.doses, vaccine: "pfizer" as const, usableUntil };
    const { id: surplus } = await announce({ ...world.deps, now: fleet.now }, input, "staff");
    announced.push({ surplus, offer });
  }
  for (const act of await actsOf(played, turn))
    expect(["done", ...refusals]).toContain(await fleet.carryOut(act));
  const due = async () =>
    (await world.database.sql`select from outbox where due_at <= ${fleet.now()} and not dead`).length;
  await fleet.drain(due, death);
};

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

/** The whole evening, by so many replicas, one of which is killed at each of these turns. */
const play = async (
  plan: Plan,
  { size, deaths }: { size: number; deaths: Map<number, Death> },
): Promise<Evening> => {
  const world = await openWorld();
  const fleet = openFleet(world.start, { size, chance: seeded(size) });
  closing.push(fleet.close, world.close);
  const [people] = await Promise.all([registerAll(world, plan), fleet.open()]);
  const played: Evening = { world, fleet, people, announced: [] };
  for (let turn = 0; turn < turns; turn += 1) await pass(played, plan.offers, turn, deaths.get(turn));
  return played;
};

/** What became of every dose of these. */
const accountOf = ({ world, announced }: Evening, { offers }: Plan) =>
  Promise.all(
    announced
      .filter(({ offer }) => offers.includes(offer))
      .map(async ({ surplus }) => (await readSurplus(world.deps, surplus)).doses),
  );

type Moments = Record<"decided_at" | "taken_at" | "yes_at" | "promised_at" | "settled_at", string | null>;
type Asked = Moments & Record<"volunteer" | "centre" | "kind" | "state" | "booking", string | null>;

/** What became of everybody on these lists, and every letter that they got, each by its turn. */
const storyOf = async ({ world, people }: Evening, { lists }: Plan) => {
  const { sql } = world.database;
  const asked = await sql<Asked[]>`
    select i.volunteer, i.centre, i.kind, i.state, b.state as booking,
      i.decided_at, i.taken_at, i.yes_at, b.promised_at, b.settled_at
    from invitations i left join bookings b on b.invitation = i.id`;
  const letters = await sql<{ at: string; address: string; about: string }[]>`
    select distinct on (reference) at, address, about from letters order by reference, at`;
  const known = [...people.values()].filter(({ list }) => lists.includes(list));
  const addresses = new Set(known.map(({ address }) => address));
  const lines = [
    ...asked.map(({ volunteer, centre, kind, state, booking, ...moments }) => {
      const byTurn = Object.entries(moments).map(([name, at]) => `${name} ${at && turnOf(at)}`);
      return [people.get(volunteer ?? "")?.address, centre, kind, state, booking, ...byTurn];
    }),
    ...letters.map(({ at, address, about }) => [address, about, turnOf(at)]),
  ]
    .filter(([address]) => addresses.has(String(address)))
    .map((facts): string => facts.join(" "));
  return lines.toSorted((one, other) => one.localeCompare(other));
};

/** What holds of every evening, whoever died in it. */
const expectSound = async ({ world, fleet, announced }: Evening) => {
  const { sql } = world.database;
  // An order that two have begun is tried again by whoever comes second to tell of the booking, and is done then.
  const second = /"effect":"book".*Somebody else was first/;
  expect(fleet.warnings.filter((each) => !second.test(each))).toEqual([]);
  expect(await broken(world)).toEqual(nothing);
  for (const { surplus, offer } of announced) {
    const { free, held, ...rest } = (await readSurplus(world.deps, surplus)).doses;
    expect({ free, held }).toEqual({ free: 0, held: 0 });
    expect(rest.promised + rest.used + rest.lost + rest.removed).toBe(Math.max(offer.doses, offer.later));
    expect((await retrace(world.deps, surplus)).agrees).toBe(true);
  }
  const promisedTwice = await sql`
    select volunteer from bookings where state not in ('cancelled', 'no-show')
    group by volunteer having count(*) > 1`;
  const promisedUntold = await sql`
    select id from invitations where state = 'accepted'
    and not exists (select from letters where reference = id || '-accepted')`;
  const undone = await sql`
    select effect from outbox where timer is null or dead or due_at <= ${fleet.now()}`;
  expect([promisedTwice, promisedUntold, undone]).toEqual([[], [], []]);
};

/** Everybody on a list is of one group, so that the elder stands above the younger. */
const expectInOrder = async ({ world }: Evening) => {
  const { sql } = world.database;
  // As it was written down, one after the other: whoever stands above and was asked later, was asked before as well.
  const outOfOrder = await sql`
    with decided as (
      select a.id, i.surplus, i.volunteer, i.rank from audit a join invitations i on i.id = a.subject
      where a.event = 'invitation.decided')
    select late.rank from decided late join decided soon
      on soon.surplus = late.surplus and soon.id < late.id and soon.rank > late.rank
    where not exists (select from decided where volunteer = late.volunteer and id < soon.id)`;
  const passedOver = await sql`
    select v.id from volunteers v where not exists (select from invitations where volunteer = v.id)
    and exists (
      select from invitations i join volunteers asked on asked.id = i.volunteer
      where i.centre = any (v.centres) and asked.birth_date > v.birth_date)`;
  expect([outOfOrder, passedOver]).toEqual([[], []]);
};

let untouched: Evening;
let killed: Evening;
beforeAll(async () => {
  const everything: Plan = {
    lists: [...apart.lists, ...shared.lists],
    offers: [...apart.offers, ...shared.offers],
  };
  [untouched, killed] = await Promise.all([
    play(apart, { size: 1, deaths: new Map() }),
    play(everything, { size: 2, deaths: deathsBy(1) }),
  ]);
}, 300_000);

describe("two replicas, killed again and again in the middle of an evening,", () => {
  test("died at work", () => {
    expect(killed.fleet.deaths.working).toBeGreaterThanOrEqual(2);
  });

  test("end with the account of doses of a process that was never killed", async () => {
    expect(await accountOf(killed, apart)).toEqual(await accountOf(untouched, apart));
  });

  test("ask, promise and write to the same people in the same minutes as that one", async () => {
    expect(await storyOf(killed, apart)).toEqual(await storyOf(untouched, apart));
  });

  test("use every dose of two centres that call the same people", async () => {
    expect(await accountOf(killed, shared)).toMatchObject([{ used: 4 }, { used: 4, removed: 1 }]);
  });

  test("keep every promise, and leave nothing undone", async () => {
    for (const each of [untouched, killed]) await expectSound(each);
  });

  test("ask nobody out of order, and pass nobody over", async () => {
    for (const each of [untouched, killed]) await expectInOrder(each);
  });
});
