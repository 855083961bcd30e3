/** Postcodes as the files write them ("6000", "6000-6099"), and where they stand. */
export type Catchment = { path: PropertyKey[]; range: string };

type Span = { first: number; last: number };
const span = (range: string): Span => ({ first: Number(range.slice(0, 4)), last: Number(range.slice(-4)) });
const spell = ({ first, last }: Span): string => (first === last ? `${first}` : `${first}-${last}`);

/** Each pair of ranges that share postcodes, the earlier written first. */
export const overlaps = <Each extends Catchment>(
  catchments: Each[],
): { first: Each; second: Each; shared: string }[] =>
  catchments.flatMap((second, index) =>
    catchments.slice(0, index).flatMap((first) => {
      const [one, other] = [span(first.range), span(second.range)];
      const shared = { first: Math.max(one.first, other.first), last: Math.min(one.last, other.last) };
      return shared.first <= shared.last ? [{ first, second, shared: spell(shared) }] : [];
    }),
  );

/** What of `wanted` no range of `given` holds, as ranges. */
export const uncovered = (wanted: readonly string[], given: readonly string[]): string[] =>
  given
    .reduce<Span[]>((left, range) => left.flatMap((each) => without(each, span(range))), wanted.map(span))
    .map(spell);

const without = (from: Span, taken: Span): Span[] => {
  if (taken.last < from.first || taken.first > from.last) return [from];
  const before = { first: from.first, last: taken.first - 1 };
  const after = { first: taken.last + 1, last: from.last };
  return [before, after].filter(({ first, last }) => first <= last);
};
