import type { Sex } from "../../../schema/day-report.ts";
import { readNationalNumber } from "../../../schema/national-number.ts";
import { type Day, localDay } from "../../../schema/primitives.ts";
import { type Cell, openCells, type Who } from "../../core/day-report.ts";
import { ageBandOf } from "../../core/report.ts";
import * as counts from "../../store/day-counts.ts";
import type { Db } from "../../store/db.ts";
import type { Deps } from "../deps.ts";
import { nationalOf } from "../person.ts";

/* Counts a day: one announcement after the other, so that a day of any size takes the memory of one. */

const letters = { male: "M", female: "F" } as const;

/** As the national number tells it. It goes into a count, and is kept nowhere beside a name. */
const sexOf = (deps: Deps, { volunteer, nationalSealed }: counts.Counted): Sex | null => {
  if (!volunteer || !nationalSealed) return null;
  const number = nationalOf(deps, { id: volunteer, nationalSealed });
  const sex = number === undefined ? undefined : readNationalNumber(number)?.sex;
  return sex ? letters[sex] : null;
};

const whoIs = (deps: Deps, day: Day, row: counts.Counted): Who => ({
  ageBand: row.birthDate && !row.isForgotten ? ageBandOf(row.birthDate, day) : null,
  sex: sexOf(deps, row),
});

const factsOf = async (tx: Db, deps: Deps, surplus: counts.Announced) => {
  const { id, region, centre, vaccine, announcedAt } = surplus;
  const day = localDay(announcedAt);
  const given = await counts.givenOf(tx, id);
  const asked = await counts.askedOf(tx, id);
  return {
    ...{ region, centre, vaccine, announcedAt },
    doses: await counts.dosesByState(tx, id),
    lost: await counts.lostBy(tx, id),
    given: given.map((row) => ({ who: whoIs(deps, day, row), platform: row.platform, count: 1 })),
    asked: asked.map(({ promisedAt, bookedOn, kind, ...row }) => ({
      ...row,
      who: whoIs(deps, day, row),
      isStandby: kind === "standby",
      promised: promisedAt === null ? null : { at: promisedAt, platform: bookedOn },
    })),
  };
};

/** All cells of a day, as of the moment at which the caller's transaction reads. */
export const countDay = async (tx: Db, deps: Deps, day: Day): Promise<Cell[]> => {
  const adding = openCells();
  for (const surplus of await counts.announcedOn(tx, day)) adding.add(await factsOf(tx, deps, surplus));
  return adding.cells();
};
