import { instant, millis } from "../../schema/primitives.ts";
import { arrivalAt } from "../core/booking.ts";
import { type Evening, graceMinutes, type Left, minutesAfter } from "./evening.ts";
import type { Person } from "./people.ts";

/** One message and what came of it; moments are milliseconds. */
export type Question = {
  person: Person;
  left: Left;
  askedAt: number;
  /** Whether they were told beforehand that a dose may, and need not, come free. */
  isStandby: boolean;
  /** Until when they were told that they can answer; absent where no message reached them. */
  windowEndsAt?: number;
  yesAt?: number;
  promisedAt?: number;
  /** Told, without a promise, that every dose has found its person. */
  releasedAt?: number;
  /** Came for the dose promised, in time, and got it. */
  gotIt: boolean;
  /** Came for the dose promised, and there was none. */
  foundNone: boolean;
};

/** What became of an evening, of which every measure is drawn. */
export type Outcome = Question[];

/** When someone who is promised a dose then is expected. */
const expectedAt = ({ rules }: Evening, { usableUntil }: Left, promisedAt: number): number =>
  millis(
    arrivalAt({
      now: instant(promisedAt),
      travelMinutes: rules.travelMinutes,
      usableUntil: instant(usableUntil),
    }),
  );

/** When it is noted that someone stayed away, or nothing where they come. */
export const missedAt = (
  evening: Evening,
  left: Left,
  { person, promisedAt }: Question,
): number | undefined =>
  promisedAt === undefined || person.fate.comes
    ? undefined
    : minutesAfter(expectedAt(evening, left, promisedAt), graceMinutes);
