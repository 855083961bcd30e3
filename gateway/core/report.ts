import {
  ageOn,
  type CentreId,
  type Day,
  type PlatformName,
  type RegionId,
  type Vaccine,
} from "../../schema/primitives.ts";
import { type AgeBand, ageBands, type Dimension, type ReportRow } from "../../schema/report.ts";
import type { DoseState } from "../../schema/surplus.ts";

/** The band of an age in years; the bands' own names say where each begins. */
export const bandOf = (age: number): AgeBand =>
  ageBands.findLast((band) => age >= Number.parseInt(band, 10)) ?? "0-17";

/** The band of a person's age on that day. */
export const ageBandOf = (birthDate: Day, day: Day): AgeBand => bandOf(ageOn(birthDate, day));

/** Doses of one kind: where and when they were announced, what became of them, and for whom. */
export type Dose = {
  day: Day;
  region: RegionId;
  province: string | null;
  centre: CentreId;
  vaccine: Vaccine;
  platform: PlatformName | null;
  ageBand: AgeBand | null;
  state: DoseState;
  count: number;
};

/** Adds doses up by the dimensions asked, in a fixed order. Doses that a centre took back were never announced. */
export const addUp = (doses: readonly Dose[], by: readonly Dimension[]): ReportRow[] => {
  const rows = new Map<string, ReportRow>();
  for (const dose of doses) {
    if (dose.state === "removed") continue;
    const cell = Object.fromEntries(by.map((dimension) => [dimension, dose[dimension]]));
    const key = JSON.stringify(cell);
    const row = rows.get(key) ?? { ...cell, announced: 0, used: 0, lost: 0 };
    row.announced += dose.count;
    if (dose.state === "used") row.used += dose.count;
    if (dose.state === "lost") row.lost += dose.count;
    rows.set(key, row);
  }
  return [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
};
