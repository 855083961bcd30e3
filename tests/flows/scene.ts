import { announce } from "../../gateway/flows/announce.ts";
import { messageToWrite, tellInvitation } from "../../gateway/flows/carry.ts";
import { settle } from "../../gateway/flows/settle.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { type CentreId, plusMinutes, type SurplusId } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { NewSurplus, Surplus } from "../../schema/surplus.ts";
import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";
import { seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";

export const charleroi = "charleroi" as CentreId;

/** The rule of 2021, by which much can be told plainly: one person for each dose, then the next. */
const oneByOne: Partial<PolicyRules> = { standby: false };

/** Changes rules of every region, as if its authority had written them so from the start. */
export const ruled = ({ database: { sql } }: TestDeps, rules: Partial<PolicyRules>) =>
  sql`update policies set rules = rules || ${JSON.stringify(rules)}::text::jsonb`;

/** A federation on a database of its own, with these people on its list. */
export const scene = async (
  people: NewVolunteer[] = [],
  rules: Partial<PolicyRules> = oneByOne,
): Promise<TestDeps & { registered: Registered[] }> => {
  const world = await testDeps();
  await seedFederation(world.deps);
  await ruled(world, rules);
  const registered: Registered[] = [];
  for (const someone of people) registered.push(await register(world.deps, someone, "volunteer"));
  return { ...world, registered };
};

/** Doses left over in Charleroi for the next four hours. */
export const leftOver = (
  { deps, clock }: TestDeps,
  doses: number,
  rest: Partial<NewSurplus> = {},
): Promise<Surplus> =>
  announce(
    deps,
    { centre: charleroi, vaccine: "pfizer", doses, usableUntil: plusMinutes(clock.now(), 240), ...rest },
    "staff",
  );

/** Every message on its way is taken by a channel now, and each person holds a token to answer with. */
export const deliver = async ({ deps, clock }: TestDeps, surplus: SurplusId) => {
  const asked: { row: invitations.InvitationRow; token: string }[] = [];
  for (const row of await invitations.liveOf(deps.db, surplus)) {
    const { volunteer, id: invitation } = row;
    const written = await messageToWrite(deps, { volunteer, invitation, tokens: ["answer"] });
    await tellInvitation(deps, invitation, { kind: "taken", at: clock.now() });
    asked.push({ row, token: written?.issued.answer ?? "" });
  }
  return asked;
};

/** So many doses, and whoever is first in order asked for them. */
export const ask = async (world: TestDeps, doses: number) => {
  const surplus = await leftOver(world, doses);
  await settle(world.deps, surplus.id);
  return { surplus, asked: await deliver(world, surplus.id) };
};

/** What holds whatever happens: the promises of the record about doses and people, read from the bare tables. */
export const broken = async ({ database: { sql } }: Pick<TestDeps, "database">) => ({
  peopleAskedTwice: await sql`
    select volunteer from invitations where state in ('decided', 'open', 'ready')
    group by volunteer having count(*) > 1`,
  peopleExpectedTwice: await sql`
    select volunteer from bookings where state in ('promised', 'booked') and volunteer is not null
    group by volunteer having count(*) > 1`,
  questionsWithoutDose: await sql`
    select id from invitations i where state in ('decided', 'open') and kind = 'hold'
    and not exists (select from doses where invitation = i.id and state = 'held')`,
  promisesWithoutDose: await sql`
    select id from bookings b where state in ('promised', 'booked')
    and not exists (select from doses where booking = b.id and state = 'promised')`,
  dosesHeldForNobody: await sql`
    select number from doses d where state = 'held'
    and not exists (select from invitations where id = d.invitation and state in ('decided', 'open'))`,
  outOfDateInQueue: await sql`
    select volunteer from queue q where not exists (
      select from places p where (p.*) is not distinct from (q.region, q.campaign, q.centre, q.birth_date, q.volunteer,
        q.always, q.monday, q.tuesday, q.wednesday, q.thursday, q.friday, q.saturday, q.sunday, q.last_day,
        q.last_dose_on))`,
  queuedWhileAsked: await sql`
    select volunteer from queue q where exists (
      select from invitations where volunteer = q.volunteer and state in ('decided', 'open', 'ready'))
    or exists (
      select from bookings where volunteer = q.volunteer and state in ('promised', 'booked'))`,
});

export const nothing = {
  outOfDateInQueue: [],
  peopleAskedTwice: [],
  peopleExpectedTwice: [],
  questionsWithoutDose: [],
  promisesWithoutDose: [],
  dosesHeldForNobody: [],
  queuedWhileAsked: [],
};

/** How each of several attempts at once ended: "done", or the code of its refusal. */
export const outcomes = async (attempts: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(attempts)).map((each) => {
    if (each.status === "fulfilled") return "done";
    const code: unknown = Object(each.reason).code;
    return typeof code === "string" ? code : String(each.reason);
  });

/** Once so many queries wait for somebody else's lock. */
export const waiting = async ({ database }: Pick<TestDeps, "database">, count: number): Promise<void> => {
  for (;;) {
    const rows = await database.sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (rows.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
