import { patience as engines, type Patience } from "../core/sizing.ts";
import { type Plan, playAll } from "./play.ts";
import { lineOf } from "./report.ts";
import type { Scenario } from "./scenario.ts";

/** What the engine reaches on a scenario with such patience. */
export type Point = {
  patience: Patience;
  used: number;
  usedShare: number;
  messagesPerDose: number;
  brokenPromises: number;
  turnedAway: number;
  orderInversions: number;
  standbysReleasedPerDose: number;
  medianMinutesToYes: number | null;
};

/** From asking everybody at once (never patient) to waiting until the last minutes. */
const grid: Patience[] = [
  { end: 0.002, far: 0.002, tau: 60 },
  { end: 0.01, far: 0.01, tau: 60 },
  ...[0.1, 0.3, 0.5, 0.7, 0.9, 0.98].flatMap((far) =>
    [0.002, 0.01, 0.02, 0.05].flatMap((end) => [30, 60, 120].map((tau) => ({ end, far, tau }))),
  ),
];

/** Plays the scenario once for each patience; the same evenings every time. The engine's own comes first. */
export async function* search(
  scenario: Scenario,
  plan: Omit<Plan, "patience" | "strategies">,
  values: readonly Patience[] = [engines, ...grid],
): AsyncGenerator<Point> {
  for (const patience of values) {
    const accounts = await playAll(scenario, { ...plan, patience, strategies: ["everydose"] });
    const account = accounts.get("everydose");
    if (!account) continue;
    const line = lineOf("everydose", account);
    const { used, usedShare, messagesPerDose, brokenPromises, turnedAway, orderInversions } = line;
    yield {
      ...{ patience, used, usedShare, messagesPerDose, brokenPromises, turnedAway, orderInversions },
      standbysReleasedPerDose: line.standbysReleased / line.doses,
      medianMinutesToYes: line.medianMinutesToYes,
    };
  }
}

/** The points that no other beats in both doses used and messages, the fewest messages first. */
export const frontier = (points: readonly Point[]): Point[] => {
  let best = -1;
  return points
    .toSorted((one, other) => one.messagesPerDose - other.messagesPerDose || other.used - one.used)
    .filter(({ used }) => {
      const isBetter = used > best;
      best = Math.max(best, used);
      return isBetter;
    });
};
