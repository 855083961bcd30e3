import { middle, round } from "../figures.ts";
import type { Measured, Work } from "./measure.ts";

export type Figures = Measured & Work & { people: number };
type Figure = "perSecond" | "p50Ms" | "p99Ms";

/** The middle of all rounds, and how many times the largest list takes what the smallest does, round by round. */
export const lineOf = (all: readonly Figures[], { what, clients }: Work) => {
  const sizes = [...new Set(all.map(({ people }) => people))].sort((one, other) => one - other);
  const of = (people: number, figure: Figure) =>
    all
      .filter((each) => each.what === what && each.clients === clients && each.people === people)
      .map((each) => each[figure]);
  const ratios = (figure: Figure) => {
    const largest = of(sizes.at(-1) ?? 0, figure);
    return of(sizes[0] ?? 0, figure).map((value, nth) => round((largest[nth] ?? Number.NaN) / value));
  };
  const [p50, p99] = [ratios("p50Ms"), ratios("p99Ms")];
  return {
    ...{ what, clients },
    sizes: Object.fromEntries(
      sizes.map((people) => [
        people,
        {
          p50Ms: round(middle(of(people, "p50Ms"))),
          p99Ms: round(middle(of(people, "p99Ms"))),
          perSecond: round(middle(of(people, "perSecond"))),
        },
      ]),
    ),
    ...{ ratioP50: round(middle(p50)), ratioP99: round(middle(p99)) },
    spread: {
      ratioP50: [Math.min(...p50), Math.max(...p50)],
      ratioP99: [Math.min(...p99), Math.max(...p99)],
    },
    short: all.reduce((sum, each) => sum + each.short, 0),
  };
};
