import { bandOf } from "../../gateway/core/report.ts";
import { findDay, tableOf } from "../../gateway/flows/reports/read.ts";
import type { Day, InvitationId } from "../../schema/primitives.ts";
import type { TableRow } from "../../schema/table-file.ts";
import type { TestDeps } from "../support/gateway.ts";

/* A day's report as it is told, and the same added up from the lines of the audit by code of its own. */

/** Numbers by what they are about: "pfizer used", "65-74 accepted". */
export type Sums = Record<string, number>;
const plus = (sums: Sums, what: string, count = 1) => {
  if (count !== 0) sums[what] = (sums[what] ?? 0) + count;
};

export const rowsOfDay = async ({ deps }: TestDeps, day: Day, version?: number): Promise<TableRow[]> => {
  const all: TableRow[] = [];
  const found = await findDay(deps, { day, version });
  for await (const some of tableOf(deps, found).rows) all.push(...some);
  return all;
};

const ofPeople = /^(accepted|offered|promised|yes)/;

export const told = (rows: readonly TableRow[]): Sums => {
  const sums: Sums = {};
  for (const { BRAND, CENTRE, AGEGROUP, INDICATOR, COUNT } of rows) {
    plus(sums, `${CENTRE} ${BRAND} ${INDICATOR}`, Number(COUNT));
    if (ofPeople.test(String(INDICATOR))) plus(sums, `${AGEGROUP} ${INDICATOR}`, Number(COUNT));
  }
  return sums;
};

type Line = { at: Date; event: string; subject: string | null; facts: Record<string, unknown> };
type Asked = {
  place: number;
  band: string;
  yesAt?: Date;
  isLate?: boolean;
  endedAt?: Date;
  promisedAt?: Date;
};

const brandsTold: Record<string, string> = {
  pfizer: "Pfizer-BioNTech",
  moderna: "Moderna",
  astrazeneca: "AstraZeneca-Oxford",
  janssen: "Johnson&Johnson",
};
const whys: Record<string, string> = {
  "surplus.closed": "no-yes",
  "surplus.left-over": "let-go",
  "booking.no-show": "no-show",
  "booking.cancelled": "cancelled",
  "booking.refused": "refused",
};

const stepOf = (minutes: number): string => {
  for (const within of [5, 10, 15, 20, 30, 45, 60, 120]) if (minutes <= within) return `yes-within-${within}`;
  return "yes-later";
};

/** One announcement by its lines, in their order. */
const addUp = (lines: readonly Line[], sums: Sums): void => {
  const [first] = lines;
  const { centre, vaccine } = (first?.facts ?? {}) as { centre: string; vaccine: string };
  const began = first?.at.getTime() ?? 0;
  const add = (indicator: string, count = 1) =>
    plus(sums, `${centre} ${brandsTold[vaccine]} ${indicator}`, count);
  const asked = new Map<InvitationId, Asked>();
  const reached = new Set<InvitationId>();
  const promises: { of: Asked; at: Date }[] = [];
  const about = (of: Asked | undefined, indicator: string) => {
    add(indicator);
    plus(sums, `${of?.band} ${indicator}`);
  };
  const reach = (id: InvitationId) => {
    if (!reached.has(id)) about(asked.get(id), "offered");
    reached.add(id);
  };
  for (const { at, event, subject, facts } of lines) {
    for (const [from, to, count] of (facts.doses ?? []) as [string, string, number][]) {
      if (from === "new") add("announced", count);
      if (to === "removed") add("announced", -count);
      if (from === "new") add("open", count);
      if (["removed", "used", "lost"].includes(to)) add("open", -count);
      if (to === "used") add("used", count);
      if (to === "lost") add(`lost-${whys[event] ?? "unexplained"}`, count);
    }
    const id = subject as InvitationId;
    const one = asked.get(id);
    if (event === "invitation.decided")
      asked.set(id, { place: Number(facts.place), band: bandOf(Number(facts.age)) });
    if (["invitation.taken", "invitation.yes", "invitation.declined"].includes(event)) reach(id);
    if (event === "invitation.window-ended" && one) Object.assign(one, { isLate: true, endedAt: at });
    if (event === "invitation.yes" && one) {
      Object.assign(one, { yesAt: at, endedAt: undefined });
      about(one, "accepted");
      about(one, stepOf((at.getTime() - began) / 60_000));
    }
    if (["invitation.declined", "invitation.revoked", "invitation.released"].includes(event) && one)
      one.endedAt = at;
    if (event !== "booking.promised") continue;
    const whose = asked.get(facts.invitation as InvitationId) as Asked;
    whose.promisedAt = at;
    promises.push({ of: whose, at });
    about(whose, "promised");
    if ((facts.doses as [string][])[0]?.[0] === "free") about(whose, "promised-standby");
  }
  for (const { of, at } of promises)
    if (
      [...asked.values()].some(
        ({ place, promisedAt, yesAt, isLate, endedAt }) =>
          place < of.place && !promisedAt && yesAt && yesAt <= at && !isLate && (!endedAt || endedAt >= at),
      )
    )
      about(of, "promised-out-of-order");
};

/** All that the audit says of the doses, whatever stands in any other table. */
export const fromAudit = async ({ database: { sql } }: TestDeps): Promise<Sums> => {
  const rows = await sql<Line[]>`select at, event, subject, facts from audit order by id`;
  const lines = rows.map((row) => ({ ...row, at: new Date(row.at) }));
  const by = new Map<string, Line[]>();
  for (const line of lines) {
    const surplus = String(line.facts.surplus ?? "");
    if (surplus) by.set(surplus, [...(by.get(surplus) ?? []), line]);
  }
  const sums: Sums = {};
  for (const own of by.values()) addUp(own, sums);
  return Object.fromEntries(Object.entries(sums).filter(([, count]) => count !== 0));
};
