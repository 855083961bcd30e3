import { ageOn, type Day } from "../../schema/primitives.ts";
import { type AgeBand, ageBands } from "../../schema/report.ts";

/** The band of an age on that day; the bands' own names say where each begins. */
export const ageBandOf = (birthDate: Day, day: Day): AgeBand => {
  const age = ageOn(birthDate, day);
  return ageBands.findLast((band) => age >= Number.parseInt(band, 10)) ?? "0-17";
};
