import { ageOn, type Day } from "../../schema/primitives.ts";
import { type AgeBand, ageBands } from "../../schema/report.ts";

/** The band of an age in years; the bands' own names say where each begins. */
export const bandOf = (age: number): AgeBand =>
  ageBands.findLast((band) => age >= Number.parseInt(band, 10)) ?? "0-17";

/** The band of a person's age on that day. */
export const ageBandOf = (birthDate: Day, day: Day): AgeBand => bandOf(ageOn(birthDate, day));
