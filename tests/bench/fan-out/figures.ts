import { middle, round, spread } from "../figures.ts";
import type { Measured } from "./load.ts";

/* What the rounds of a benchmark come to. */

/** Every run of each kind, by its name. */
export type Rounds = Record<string, Measured[]>;

const of = (rounds: Rounds, name: string, figure: keyof Measured): number[] =>
  (rounds[name] ?? []).map((each) => each[figure]);
const median = (rounds: Rounds, name: string, figure: keyof Measured) =>
  round(middle(of(rounds, name, figure)));

/** Round by round, since two runs that follow each other have the same processor more than two far apart. */
const pairwise = (
  rounds: Rounds,
  name: string,
  figure: keyof Measured,
  by: (one: number, floor: number) => number,
) => {
  const floors = of(rounds, "floor", figure);
  return of(rounds, name, figure).map((one, nth) => by(one, floors[nth] ?? Number.NaN));
};
const ratio = (one: number, floor: number) => one / floor;
const difference = (one: number, floor: number) => one - floor;

const total = (rounds: Rounds, names: string[], figure: keyof Measured) =>
  names.flatMap((name) => of(rounds, name, figure)).reduce((sum, each) => sum + each, 0);

export const lineOf = (rounds: Rounds, about: { concurrency: number; deadlineMs: number }) => {
  const ratios = pairwise(rounds, "gateway", "perSecond", ratio);
  const added = pairwise(rounds, "gateway", "p50Ms", difference);
  const shared = pairwise(rounds, "shared", "perSecond", ratio);
  return {
    concurrency: about.concurrency,
    p50Ms: median(rounds, "gateway", "p50Ms"),
    p99Ms: median(rounds, "gateway", "p99Ms"),
    floorP50Ms: median(rounds, "floor", "p50Ms"),
    floorP99Ms: median(rounds, "floor", "p99Ms"),
    addedP50Ms: round(middle(added)),
    ratioToFloor: round(middle(ratios)),
    sharedRatioToFloor: round(middle(shared)),
    hangingP50Ms: median(rounds, "hanging", "p50Ms"),
    hangingP99Ms: median(rounds, "hanging", "p99Ms"),
    deadlineMs: about.deadlineMs,
    perSecond: median(rounds, "gateway", "perSecond"),
    floorPerSecond: median(rounds, "floor", "perSecond"),
    cpuMs: median(rounds, "gateway", "cpuMs"),
    floorCpuMs: median(rounds, "floor", "cpuMs"),
    sharedCpuMs: median(rounds, "shared", "cpuMs"),
    sharedPerSecond: median(rounds, "shared", "perSecond"),
    spread: {
      addedP50Ms: round(spread(added)),
      ratioToFloor: round(spread(ratios)),
      sharedRatioToFloor: round(spread(shared)),
    },
    refused: total(rounds, ["gateway", "shared", "hanging", "floor"], "refused"),
    incomplete: total(rounds, ["gateway", "shared"], "incomplete"),
  };
};

export const steadyLineOf = (rounds: Rounds, { perSecond }: { perSecond: number }) => {
  const [p50, p99] = (["p50Ms", "p99Ms"] as const).map((figure) =>
    pairwise(rounds, "gateway", figure, difference),
  ) as [number[], number[]];
  return {
    steadyPerSecond: perSecond,
    p50Ms: median(rounds, "gateway", "p50Ms"),
    p99Ms: median(rounds, "gateway", "p99Ms"),
    floorP50Ms: median(rounds, "floor", "p50Ms"),
    floorP99Ms: median(rounds, "floor", "p99Ms"),
    addedP50Ms: round(middle(p50)),
    addedP99Ms: round(middle(p99)),
    cpuMs: median(rounds, "gateway", "cpuMs"),
    floorCpuMs: median(rounds, "floor", "cpuMs"),
    spread: { addedP50Ms: round(spread(p50)), addedP99Ms: round(spread(p99)) },
    refused: total(rounds, ["gateway", "floor"], "refused"),
    incomplete: total(rounds, ["gateway"], "incomplete"),
  };
};
