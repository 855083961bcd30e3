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

/** Reasons that lie with the place or the system, not with the person. */
const ofThePlace: readonly RefusalCause[] = ["no-slot", "not-accepted"];

/**
 * Whether a promise stands although the platform will not book it. It does where the reason is not the person and
 * giving the dose away helps nobody: the person's hour has come, so they are at the door, or nobody else could come
 * any more. The centre then keeps it by hand. Everybody else's ends, and the dose goes to the next.
 */
export const standsWithoutPlatform = (refused: {
  cause: RefusalCause;
  at: Instant;
  now: Instant;
  othersMayCome: boolean;
}): boolean => ofThePlace.includes(refused.cause) && (refused.at <= refused.now || !refused.othersMayCome);
