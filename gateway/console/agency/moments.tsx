import { longDayIn, momentIn, numberIn, shortMomentIn, timeIn } from "../texts/say.ts";
import type { Desk } from "./desk.ts";

/** A moment as one reads it, and as a program does. */
export const When = ({ desk, at }: { desk: Desk; at: string }) => (
  <time datetime={at}>{momentIn(desk.language, at)}</time>
);

/** The same in few letters, for a column: 18 May, 18:42. */
export const Short = ({ desk, at }: { desk: Desk; at: string }) => (
  <time datetime={at}>{shortMomentIn(desk.language, at)}</time>
);

/** With its year, for what may stand in force longer than one: 6 April 2021, 00:00. */
export const Dated = ({ desk, at }: { desk: Desk; at: string }) => (
  <time datetime={at}>
    {longDayIn(desk.language, at)}, {timeIn(desk.language, at)}
  </time>
);

/** A day with its year: 15 January 1950. */
export const dayOf = ({ language }: Desk, day: string): string => longDayIn(language, day);

const units = [
  { unit: "day", size: 86_400, from: 172_800 },
  { unit: "hour", size: 3_600, from: 7_200 },
  { unit: "minute", size: 60, from: 90 },
  { unit: "second", size: 1, from: 0 },
] as const;

/** So many seconds in the largest unit that makes sense. */
export const lasting = ({ language }: Desk, seconds: number): string => {
  const { unit, size } = units.find(({ from }) => seconds >= from) ?? units[3];
  const count = Math.max(1, Math.round(seconds / size));
  return numberIn(language, count, { style: "unit", unit, unitDisplay: "long" });
};
