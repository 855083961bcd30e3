/*
 * Whether two ways take equally long. Times have long tails, most of all on a busy machine; ranks do not care how long
 * a tail is.
 */

/** How often something of the first takes longer than something of the second (Mann-Whitney U, from 0 to 1). */
export const slowerThan = (first: readonly number[], second: readonly number[]): number => {
  let longer = 0;
  for (const one of first) for (const other of second) longer += one > other ? 1 : one === other ? 0.5 : 0;
  return longer / (first.length * second.length);
};

/** How far that may stray from one half by chance alone, as a standard deviation, where both are alike. */
export const strayOf = (first: number, second: number): number =>
  Math.sqrt((first + second + 1) / (12 * first * second));

export const median = (times: readonly number[]): number => {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** The same, in an order that chance gives: whatever slows the machine down meets each kind alike. */
export const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
