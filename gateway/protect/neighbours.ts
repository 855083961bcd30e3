import type { Fact, Part, Problem } from "./problem.ts";

/*
 * From a table that agrees with all that was told, those next to it: with one person more or one less somewhere. Where all
 * cells are rounded nearly each of these agrees too, and no solver need be asked.
 */

const isWithin = (value: number, { least, most }: { least: number; most: number }) =>
  value >= least && value <= most;

/** The unknowns of a part that can be one more or one less, each with that change; nothing where `known` is no such table. */
export const neighboursOf = (
  { least, most, known }: Problem,
  { unknowns, facts }: Part,
): { unknown: number; change: 1 | -1 }[] | undefined => {
  if (!known) return undefined;
  const valueIn = (fact: Fact) =>
    fact.unknowns.reduce((sum, unknown, nth) => sum + (fact.times[nth] ?? 0) * (known[unknown] ?? 0), 0);
  const held = facts.map((fact) => ({ fact, value: valueIn(fact) }));
  const boundsOf = (unknown: number) => ({ least: least[unknown] ?? 0, most: most[unknown] ?? 0 });
  if (held.some(({ fact, value }) => !isWithin(value, fact))) return undefined;
  if (unknowns.some((unknown) => !isWithin(known[unknown] ?? 0, boundsOf(unknown)))) return undefined;

  const room = new Map(unknowns.map((unknown) => [unknown, { up: true, down: true }]));
  for (const { fact, value } of held)
    for (const [nth, unknown] of fact.unknowns.entries()) {
      const times = fact.times[nth] ?? 0;
      const own = room.get(unknown);
      if (!own) continue;
      own.up &&= isWithin(value + times, fact);
      own.down &&= isWithin(value - times, fact);
    }
  return unknowns.flatMap((unknown) => {
    const value = known[unknown] ?? 0;
    const [up, down] = [value + 1, value - 1].map((each) => isWithin(each, boundsOf(unknown)));
    return [
      ...(up && room.get(unknown)?.up ? [{ unknown, change: 1 as const }] : []),
      ...(down && room.get(unknown)?.down ? [{ unknown, change: -1 as const }] : []),
    ];
  });
};
