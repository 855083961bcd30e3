/*
 * What of counts of people may be told. Nobody learns from what is told, nor from its sums, how many there were where
 * there were fewer than a threshold. Two shapes of table are known here: parts of a known sum, and steps of time.
 */

/** `null`: not told. */
export type Told = number | null;
type Parts = { told: Told[]; isSumTold: boolean };

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/**
 * Whether those that are hidden can each be many things, although their sum follows from what is told. Where all of them
 * are below the threshold, they must also not have to be as large as that allows: nine and nine are known by eighteen.
 */
const areSafe = (hidden: readonly number[], threshold: number): boolean => {
  if (hidden.length === 0) return true;
  const [total, most] = [sum(hidden), threshold - 1];
  if (hidden.length < 2 || total < threshold) return false;
  return hidden.some((count) => count > most) || total <= (hidden.length - 1) * most;
};

/**
 * The parts of a sum that anybody may know. Those below the threshold are hidden; as long as they would follow by
 * subtraction, so is the smallest of the others, with all that equal it: which of the hidden are the small ones does
 * not show. Where even that does not do, nothing is told, and the sum must not be told either.
 */
export const protectParts = (counts: readonly number[], threshold: number): Parts => {
  let least = threshold;
  for (;;) {
    const isHidden = (count: number) => count < least;
    if (areSafe(counts.filter(isHidden), threshold))
      return { told: counts.map((count) => (isHidden(count) ? null : count)), isSumTold: true };
    const others = counts.filter((count) => !isHidden(count));
    if (others.length === 0) return { told: counts.map(() => null), isSumTold: false };
    least = Math.min(...others) + 1;
  }
};

/**
 * How many had done something by each step, and in all; `counts`: between one step and the next, and after the last. A
 * step is told where between it and the last that was told, and after it, there were none or enough: the difference of
 * any two is that of some of these.
 */
export const protectSteps = (
  counts: readonly number[],
  threshold: number,
): { byStep: Told[]; total: Told } => {
  const total = sum(counts);
  const steps = counts.slice(0, -1);
  const isTold = (people: number) => people === 0 || people >= threshold;
  if (total < threshold) return { byStep: steps.map(() => null), total: total === 0 ? 0 : null };
  let [reached, lastTold] = [0, 0];
  const byStep = steps.map((count) => {
    reached += count;
    if (!isTold(reached - lastTold) || !isTold(total - reached)) return null;
    lastTold = reached;
    return reached;
  });
  return { byStep, total };
};
