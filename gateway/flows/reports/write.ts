import { indicators } from "../../../schema/day-report.ts";
import { type Day, type Instant, instant, local, plusMinutes } from "../../../schema/primitives.ts";
import type { Cell } from "../../core/day-report.ts";
import { plusDays } from "../../core/figures.ts";
import { provinceOf } from "../../core/province.ts";
import * as audit from "../../store/audit.ts";
import * as counts from "../../store/day-counts.ts";
import * as dayReports from "../../store/day-reports.ts";
import { atOneMoment, type Db } from "../../store/db.ts";
import * as places from "../../store/places.ts";
import * as weekFigures from "../../store/week-figures.ts";
import { type Deps, transact } from "../deps.ts";
import { countDay } from "./count.ts";

/*
 * Each day is counted once it is over, and looked at again each morning: where something was ticked off since, the day
 * gets another version. What was written stays.
 */

/** By the clocks of Belgium: by then the doses of an evening are over, and platforms have told what they know. */
export const countedFrom = "06:00:00";

/** For so many days somebody may still tick off what was forgotten; then a day stays as it is. */
const correctedForDays = 60;

/** The last day that can be counted. */
export const lastCountable = (now: Instant): Day => {
  const [today, time] = local(now);
  return plusDays(today, time >= countedFrom ? -1 : -2);
};

/** The next morning, also where clocks change in the night before it. */
export const nextCount = (now: Instant): Instant => {
  const target = plusDays(lastCountable(now), 2);
  const inUtc = instant(Date.parse(`${target}T${countedFrom}Z`));
  // Belgium is one hour ahead, or two.
  const possible = [1, 2].map((hours) => plusMinutes(inUtc, -60 * hours));
  return (
    possible.find((each) => local(each).join(" ") === `${target} ${countedFrom}`) ?? plusMinutes(now, 60)
  );
};

const placesOf = async (tx: Db) => {
  const regions = new Map((await places.allRegions(tx)).map(({ id, name }) => [id, name.en ?? id]));
  const centres = new Map((await places.centresOf(tx)).map((centre) => [centre.id, centre]));
  return { regions, centres };
};

const placeOfIndicator = new Map<string, number>(indicators.map((name, place) => [name, place]));
const sortable = ({ region, centre, platform, ageBand, sex, vaccine, indicator }: Cell): string =>
  JSON.stringify([
    ...[region, centre, platform ?? "", ageBand ?? "", sex ?? "", vaccine],
    String(placeOfIndicator.get(indicator) ?? 99).padStart(2, "0"),
  ]);

const rowsOf = async (tx: Db, cells: readonly Cell[], named: { day: Day; version: number }) => {
  const { regions, centres } = await placesOf(tx);
  const inOrder = cells.map((cell) => ({ cell, by: sortable(cell) }));
  inOrder.sort((one, other) => (one.by < other.by ? -1 : 1));
  return inOrder.map(({ cell }, nth): dayReports.CellRow => {
    const centre = centres.get(cell.centre);
    return {
      ...{ ...cell, ...named, number: nth + 1 },
      regionName: regions.get(cell.region) ?? cell.region,
      province: centre ? provinceOf(centre.postcode) : null,
    };
  });
};

const isSame = (one: Record<string, number>, other: Record<string, number>): boolean => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? 0) === (other[name] ?? 0));
};

/**
 * Counts a day and writes it as its next version; nothing where nothing has changed since the last. That somebody was
 * forgotten meanwhile is no change: what was counted of them named nobody.
 */
export const writeDay = (deps: Deps, day: Day): Promise<number | undefined> =>
  transact(deps, async (tx) => {
    await atOneMoment(tx);
    const sums = await counts.sumsOf(tx, day);
    const before = await dayReports.latest(tx, day);
    if (before && isSame(before.sums, sums)) return undefined;
    const version = (before?.version ?? 0) + 1;
    const rows = await rowsOf(tx, await countDay(tx, deps, day), { day, version });
    const countedAt = deps.now();
    await dayReports.add(tx, { day, version, countedAt, rows: rows.length, sums }, rows);
    const facts = { day, version, rows: rows.length };
    await audit.note(tx, { at: countedAt, actor: "gateway", event: "report.counted", facts });
    return version;
  });

/** At most so many days in one turn, so that nothing else of the worker's waits behind a year that was never counted. */
const daysAtOnce = 7;

/**
 * Writes what is due: each day that is over and was never counted, and a new version of each that has changed. Says
 * whether more days wait.
 */
export const writeDueDays = async (deps: Deps): Promise<boolean> => {
  const first = await weekFigures.firstDay(deps.db);
  const last = lastCountable(deps.now());
  if (first === undefined || first > last) return false;
  for (let turn = 0; turn < daysAtOnce; turn += 1) {
    const missing = await dayReports.firstMissing(deps.db, { from: first, until: last });
    if (missing === undefined) break;
    await writeDay(deps, missing);
  }
  const since = plusDays(last, -correctedForDays);
  const known = await dayReports.between(deps.db, { from: since, until: last });
  for (const day of new Set(known.map((each) => each.day))) await writeDay(deps, day);
  return (await dayReports.firstMissing(deps.db, { from: first, until: last })) !== undefined;
};
