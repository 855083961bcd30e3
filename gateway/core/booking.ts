import type { RefusalCause } from "../../schema/adapter.ts";
import { earliest, type Instant, instant, millis, plusMinutes } from "../../schema/primitives.ts";

const step = 5 * 60_000;

/** When someone who says yes now is expected: after the way there, on a full five minutes, before the end. */
export const arrivalAt = ({
  now,
  travelMinutes,
  usableUntil,
}: {
  now: Instant;
  travelMinutes: number;
  usableUntil: Instant;
}): Instant =>
  earliest(instant(Math.ceil(millis(plusMinutes(now, travelMinutes)) / step) * step), usableUntil);

/** So many refused for the same doses, and more than were booked: it is the system that refuses, not the people. */
const refusesEverybodyFrom = 3;

/**
 * Whether a promise stands although the platform will not book it, and the centre keeps it by hand. Where there is no
 * place, there is none for the next person either: the dose would go from hand to hand until it is lost. Where the
 * platform does not accept somebody, it stands if their hour has come and they are at the door, if nobody else could
 * come any more, or if the platform refuses everybody. A reason that is the person's own always ends it.
 */
export const standsWithoutPlatform = (refused: {
  cause: RefusalCause;
  at: Instant;
  now: Instant;
  othersMayCome: boolean;
  /** How many bookings for the same doses the platform refused before, and how many it made. */
  before: { refused: number; made: number };
}): boolean => {
  const { cause, at, now, othersMayCome, before } = refused;
  if (cause !== "not-accepted") return cause === "no-slot";
  const refusesEverybody = before.refused >= refusesEverybodyFrom && before.refused > before.made;
  return at <= now || !othersMayCome || refusesEverybody;
};
