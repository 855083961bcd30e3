import { sql } from "drizzle-orm";
import type { RegionId } from "../../../schema/primitives.ts";
import { localDay } from "../../../schema/primitives.ts";
import type { PolicyRules } from "../../../schema/region.ts";
import type { Surplus } from "../../../schema/surplus.ts";
import type { Condition } from "../../../schema/volunteer.ts";
import { groupOf } from "../../core/policy.ts";
import type { Deps } from "../../flows/deps.ts";
import { readPolicy } from "../../flows/places.ts";
import { backlogs } from "./outage.ts";
import type { Stage } from "./stage.ts";

const one = async (deps: Deps, query: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await deps.db.execute<{ count: number }>(query);
  return row?.count ?? 0;
};

/** People with two promises at once, and doses with two people: by the rows, not by what the gateway says. */
const doublePromises = async (deps: Deps): Promise<number> =>
  (await one(
    deps,
    sql`select count(*)::int as count from (
    select volunteer from bookings where state in ('promised', 'booked', 'attended') and volunteer is not null
    group by volunteer having count(*) > 1) twice`,
  )) +
  (await one(
    deps,
    sql`select count(*)::int as count from (
    select s.id from surpluses s
    where (select count(*) from bookings b where b.surplus = s.id and b.state in ('promised', 'booked', 'attended'))
        > (select count(*) from doses d where d.surplus = s.id)) more`,
  ));

type Asked = {
  surplus: string;
  region: RegionId;
  id: string;
  birth_date: string;
  conditions: Condition[];
};

/** Somebody's turn in the authority's order, as text that sorts: the group's number, then the birth date. */
const turn = (each: Asked, rules: PolicyRules, deps: Deps): string => {
  const person = { birthDate: each.birth_date, conditions: each.conditions };
  const group = groupOf(rules, person, localDay(deps.now()));
  const number = group ? rules.order.indexOf(group) : rules.order.length;
  return `${String(number).padStart(3, "0")} ${each.birth_date} ${each.id}`;
};

/**
 * Neighbours in the order of asking of whom the second should have been asked first, by the region's policy. Whoever
 * was released and is asked again for the same doses was in their place the first time.
 */
const orderInversions = async (deps: Deps): Promise<number> => {
  const asked = await deps.db.execute<Asked>(sql`
    select i.surplus, i.region, v.id, v.birth_date::text as birth_date, v.conditions
    from (select distinct on (surplus, volunteer) * from invitations order by surplus, volunteer, decided_at) i
    join volunteers v on v.id = i.volunteer
    order by i.surplus, i.decided_at, i.rank`);
  let inversions = 0;
  for (const [index, next] of asked.entries()) {
    const before = asked[index - 1];
    if (before?.surplus !== next.surplus) continue;
    const { rules } = await readPolicy(deps, next.region);
    if (turn(before, rules, deps) > turn(next, rules, deps)) inversions += 1;
  }
  return inversions;
};

/** People, invitations and bookings of each platform: by list, by whose list was asked, and by where it is booked. */
const byPlatform = async (deps: Deps, names: readonly string[]) => {
  const count = async (name: string) => ({
    volunteers: await one(
      deps,
      sql`select count(distinct volunteer)::int as count from identities where platform = ${name}`,
    ),
    invitations: await one(
      deps,
      sql`select count(*)::int as count from invitations i where exists (
      select 1 from identities n where n.volunteer = i.volunteer and n.platform = ${name})`,
    ),
    bookings: await one(
      deps,
      sql`select count(*)::int as count from bookings where platform = ${name} and external_ref is not null`,
    ),
  });
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await count(name)] as const)));
};

const byCentre = async ({ client }: Stage, surpluses: readonly Surplus[]) => {
  const ended: Surplus[] = [];
  for (const { id } of surpluses) ended.push(await client.get<Surplus>(`/v1/surpluses/${id}`));
  return ended.map(({ centre, doses: { free, held, promised, used, lost } }) => ({
    ...{ centre, promised, used, lost },
    announced: free + held + promised + used + lost,
  }));
};

/** What became of the doses, of the people and of the platforms' bookings, and whether a promise was broken. */
export const drawAccount = async (stage: Stage, surpluses: readonly Surplus[]) => {
  const { deps } = stage.gateway;
  const centres = await byCentre(stage, surpluses);
  const sum = (of: "announced" | "used" | "lost") => centres.reduce((all, each) => all + each[of], 0);
  const platforms = await backlogs(stage);
  return {
    centres,
    platforms: await byPlatform(
      deps,
      platforms.map(({ name }) => name),
    ),
    doses: { announced: sum("announced"), used: sum("used"), lost: sum("lost") },
    doublePromises: await doublePromises(deps),
    orderInversions: await orderInversions(deps),
    waiting: platforms.reduce((all, { backlog, givenUp }) => all + backlog + givenUp, 0),
  };
};
export type Account = Awaited<ReturnType<typeof drawAccount>>;

/**
 * Whether the evening kept its promises: every dose accounted for, by the rows and by the audit, nobody promised twice
 * or passed over, and somebody who stood by got a dose.
 */
export const holds = ({
  doses,
  standbysPromoted,
  ...broken
}: Omit<Account, "centres"> & { standbysPromoted: number; doNotAddUp: number }): boolean => {
  const { doublePromises, orderInversions, waiting, doNotAddUp } = broken;
  const accounted = doses.used + doses.lost === doses.announced && doses.used > 0;
  return accounted && standbysPromoted > 0 && doublePromises + orderInversions + waiting + doNotAddUp === 0;
};
