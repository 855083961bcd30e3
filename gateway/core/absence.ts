import type { ReadingVerdict } from "../../schema/platform.ts";

/** Of how many names at one place a complete reading knew nothing, and how many the list had there before it. */
type Absence = { listed: number; missing: number };

/** So few may leave within a day anywhere. */
const fewMay = 20;
/** Of more than that, no more than one of so many. */
const oneOf = 5;
/** Whom a handful were all who were left at a place: that they have gone is no wonder. */
const handful = 3;

/**
 * Whether a reading that is said to be complete ended before the end of what its source said was there, whose answers
 * may have become empty meanwhile. A few may have gone while it was read.
 */
export const isCutShort = ({ done, total }: { done: number; total: number }): boolean =>
  total - done > fewMay;

const isWonder = ({ listed, missing }: Absence): boolean =>
  (missing > fewMay && missing * oneOf > listed) || (missing === listed && listed > handful);

const sum = (places: readonly Absence[]): Absence => ({
  listed: places.reduce((all, { listed }) => all + listed, 0),
  missing: places.reduce((all, { missing }) => all + missing, 0),
});

/**
 * Whether those whom a complete reading did not see have left. A list that is suddenly empty, or that has lost more
 * than a fifth of its people, or of those of one centre, is more likely cut short than they are gone.
 */
export const judge = (
  places: readonly Absence[],
  { partial }: { partial: boolean },
): Absence & { verdict: ReadingVerdict } => {
  const all = sum(places);
  const isEmpty = all.missing > 0 && all.missing === all.listed;
  const verdict = partial
    ? "not-judged"
    : isEmpty || [all, ...places].some(isWonder)
      ? "doubted"
      : "believed";
  return { ...all, verdict };
};
