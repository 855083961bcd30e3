import { afterAll, beforeAll, expect, test } from "vitest";
import { seeded } from "../../adapters/kit/chance.ts";
import { sometimes } from "../../adapters/kit/faults.ts";
import { person } from "../../adapters/kit/people.ts";
import { CentreId, plusMinutes, RegionId } from "../../schema/primitives.ts";
import type { Reconciliation } from "../../schema/reconciliation.ts";
import { liveStates } from "../../schema/surplus.ts";
import { broken, nothing } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { openScene, type Scene } from "./scene.ts";

/* A thousand bookings on two platforms that lose replies, book twice, refuse, and go down: both sides end equal. */

const regions = [
  {
    ...{ region: "wallonia", postcode: "6000", platform: "doclr", born: "1930-01-01" },
    centres: [
      "charleroi",
      "mons",
      "tournai",
      "ronquieres",
      "namur",
      "marche",
      "ath",
      "arlon",
      "virton",
      "herve",
    ],
  },
  {
    ...{ region: "brussels", postcode: "1000", platform: "doctena", born: "1934-01-01" },
    centres: ["pacheco", "heysel", "molenbeek", "schaerbeek", "forest", "anderlecht", "uccle"],
  },
];
const share = { doclr: 50, doctena: 72 } as Record<string, number>;
const waiting = 8;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await fill(scene);
});
afterAll(() => scene.close());

/** So many people of each centre have been promised a dose, and the next wait; nobody has been told anywhere. */
const fill = async ({ gateway: { deps }, database: { sql }, now }: Scene) => {
  for (const { region, postcode, platform, born, centres } of regions) {
    const each = (share[platform] ?? 0) + waiting;
    const people = newVolunteers(each * centres.length, { born, region: RegionId.parse(region), postcode });
    for (const [nth, someone] of people.entries()) {
      const at = CentreId.parse(centres[nth % centres.length]);
      await register(deps, { ...someone, ...(region === "brussels" ? { centres: [at] } : {}) }, "volunteer");
    }
    // In Wallonia the centre follows from the postcode; here people of one postcode are spread over all.
    await sql`update volunteers v set centres = array[(${sql.array(centres)}::text[])[1 + (place - 1) % ${centres.length}]]
      from (select id, row_number() over (order by birth_date) as place from volunteers where region = ${region}) p
      where p.id = v.id`;
    await sql`delete from queue where volunteer in (select id from volunteers where region = ${region})`;
  }
  await sql`insert into surpluses (id, region, campaign, centre, vaccine, usable_until, announced_at, state)
    select gen_random_uuid(), region, campaign, centres[1], 'pfizer', ${plusMinutes(now(), 420)}, ${now()}, 'open'
    from volunteers group by region, campaign, centres[1]`;
  const [doclr = 0, doctena = 0] = [share.doclr, share.doctena];
  await sql`create table promised as
    select v.id as volunteer, s.id as surplus, s.region, s.campaign, s.centre, s.usable_until, place,
      gen_random_uuid() as invitation, gen_random_uuid() as booking
    from (select *, row_number() over (partition by centres[1] order by birth_date) as place from volunteers) v
    join surpluses s on s.centre = v.centres[1]
    where place <= case v.region when 'wallonia' then ${doclr}::int else ${doctena}::int end`;
  await sql`insert into invitations (id, region, campaign, centre, surplus, volunteer, state, kind, rank, chance,
      reason, window_minutes, decided_at, leave_by, known_by, taken_at, yes_at)
    select invitation, region, campaign, centre, surplus, volunteer, 'accepted', 'hold', to_char(place, 'FM000000'), 0.5,
      jsonb_build_object('place', place, 'group', 'all', 'age', 80, 'policyVersion', 1), 30, ${now()}, ${now()},
      usable_until, ${now()}, ${now()} from promised`;
  await sql`insert into bookings (id, region, campaign, centre, surplus, invitation, volunteer, state, at, promised_at)
    select booking, region, campaign, centre, surplus, invitation, volunteer, 'promised',
      ${now()}::timestamptz + make_interval(mins => (70 + (place % 12) * 10)::int), ${now()} from promised`;
  await sql`insert into doses (surplus, number, state, invitation, booking)
    select surplus, place, 'promised', invitation, booking from promised`;
  await sql`insert into queue
    select places.*, null from places join volunteers v on v.id = places.volunteer and v.centres[1] = places.centre
    where not exists (select from promised p where p.volunteer = v.id)`;
  await sql`delete from outbox`;
  await sql`insert into outbox (effect, lane, due_at, created_at)
    select jsonb_build_object('kind', 'book', 'booking', booking, 'centre', centre),
      'booking ' || case region when 'wallonia' then 'doclr' else 'doctena' end, ${now()}, ${now()} from promised`;
};

const numberOf = async (query: Promise<{ count: number }[]>) => (await query)[0]?.count ?? 0;

test("1,000 bookings with 10 % lost replies, 5 % booked twice and 5 % refused end the same on both sides", async () => {
  const { operator, database, now, pass, platform, sandbox } = scene;
  const { sql } = database;
  const names = ["doclr", "doctena"];
  expect(await numberOf(sql`select count(*)::int from bookings`)).toBeGreaterThanOrEqual(1000);
  const strangers = new Set<string>();
  for (const [nth, name] of names.entries()) {
    const { bench, faults } = platform(name);
    const centre = CentreId.parse(nth === 0 ? "charleroi" : "pacheco");
    for (const index of [1, 2, 3]) {
      const place = { centre, at: plusMinutes(now(), 60) };
      strangers.add(`${name} ${bench.bookDirectly?.(person(index, centre), place)}`);
    }
    bench.misbehave?.({ twice: 0.05, refuses: 0.05 });
    faults.plan(sometimes(0.1, { kind: "lost-reply" }, seeded(41 + nth)));
  }
  const orders = () =>
    numberOf(sql`select count(*)::int from outbox where effect->>'kind' in ('book', 'unbook') and not dead`);

  await platform("doctena").pause();
  await pass(1);
  await platform("doctena").resume();
  // A worker that dies over its orders leaves them to another: here all that are claimed are taken up once more.
  const running = pass(2);
  await sql`update outbox set claimed_until = null
    where id in (select id from outbox where claimed_until is not null for update skip locked)`;
  await running;
  for (let round = 0; round < 25 && (await orders()) > 0; round += 1) await pass(3);
  expect(await orders()).toBe(0);

  for (const name of names) platform(name).faults.lift();
  for (const name of names) platform(name).bench.misbehave?.({ twice: 0, refuses: 0 });
  await pass(3);
  const found: Reconciliation[] = [];
  for (const _pass of ["first", "second"]) {
    for (const name of names) await operator.post(`/v1/platforms/${name}/reconciliation`);
    await pass(3);
    for (const name of names) found.push(await operator.get(`/v1/platforms/${name}/reconciliation`));
  }
  const [first, second] = [found.slice(0, 2), found.slice(2)];
  expect(first.every(({ mended, reported }) => (mended.doubled ?? 0) > 5 && reported.length === 0)).toBe(
    true,
  );
  for (const { mended, reported } of second) expect([mended, reported]).toEqual([{}, []]);

  const here = await sql<{ held: string }[]>`
    select platform || ' ' || external_ref as held from bookings where state = 'booked' and platform is not null`;
  const there = names.flatMap((name) =>
    (platform(name).bench.bookings?.() ?? []).flatMap(({ externalRef, state }) =>
      state === "booked" ? `${name} ${externalRef}` : [],
    ),
  );
  expect([...strangers].every((each) => there.includes(each))).toBe(true);
  expect(there.filter((each) => !strangers.has(each)).sort()).toEqual(here.map(({ held }) => held).sort());

  const refused = await numberOf(sql`select count(*)::int from bookings where state = 'refused'`);
  expect(refused).toBeGreaterThan(20);
  const told = sandbox.postOffice
    .list({ limit: 10_000 })
    .filter(({ subject }) => /pas pu être pris/.test(subject));
  expect(new Set(told.map(({ to }) => to)).size).toBe(refused);
  // No dose lies idle: while it is free, somebody is being asked, or the next look at it is ordered.
  expect(
    await sql`
    select d.surplus from doses d join surpluses s on s.id = d.surplus
    where d.state = 'free' and s.state = 'open' and exists (
      select from queue q where q.centre = s.centre and (q.not_before is null or q.not_before <= ${now()})
        and not exists (select from invitations i where i.surplus = s.id and i.volunteer = q.volunteer))
      and not exists (select from invitations i where i.surplus = s.id and i.state = any(${sql.array([...liveStates])}::text[]))
      and not exists (select from outbox where effect->>'kind' = 'wake' and effect->>'surplus' = s.id::text)`,
  ).toEqual([]);
  const asked = await numberOf(sql`select count(*)::int from invitations where rank like '00 %'`);
  expect(asked).toBeGreaterThanOrEqual(refused);
  expect(await broken({ database })).toEqual(nothing);
}, 300_000);
