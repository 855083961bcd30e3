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
