import { type Evening, eveningOf } from "../../gateway/simulate/evening.ts";
import type { Fate, Person } from "../../gateway/simulate/people.ts";
import { readScenario, type Scenario } from "../../gateway/simulate/scenario.ts";
import { type CentreId, type Day, instant, type VolunteerId } from "../../schema/primitives.ts";
import { always } from "../../schema/volunteer.ts";

export const eupen = "eupen" as CentreId;

/** A scenario's text, with what a test says otherwise. */
export const written = (said: Record<string, unknown> = {}): string =>
  JSON.stringify({
    ...{ name: "of-a-test", centre: "eupen", list: { size: 300 }, people: { yes: 0.3 } },
    surpluses: [{ at: "17:00", doses: 2, usableUntil: "20:00" }],
    ...said,
  });
export const scenarioWith = (said: Record<string, unknown> = {}): Scenario =>
  readScenario(written(said), "test.json");

export const silent: Fate = { isReached: true, delay: 0, answer: "silence", minutes: 0, comes: true };
export const yesAfter = (minutes: number): Fate => ({ ...silent, answer: "yes", minutes });
export const noAfter = (minutes: number): Fate => ({ ...silent, answer: "no", minutes });

/** People of those fates, the eldest first, each born a day after the one before. */
export const peopleOf = (...fates: Fate[]): Person[] =>
  fates.map((fate, index) => ({
    id: `person-${String(index).padStart(4, "0")}` as VolunteerId,
    birthDate: instant(Date.UTC(1940, 0, 1 + index)).slice(0, 10) as Day,
    ...{ conditions: [], vaccines: ["pfizer"], availability: always, lastDoseOn: null },
    ...{ centres: [eupen], isAvailable: true, fate },
  }));

/** So many doses from 17:00 to 20:00, the way is half an hour, and people of those fates. */
export const eveningWith = (doses: number, ...fates: Fate[]): Evening =>
  eveningOf(scenarioWith({ surpluses: [{ at: "17:00", doses, usableUntil: "20:00" }] }), peopleOf(...fates));
