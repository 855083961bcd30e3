import type { Patience } from "../core/sizing.ts";
import { type Account, accountOf, addTo, emptyAccount } from "./account.ts";
import { drawEvening, type Evening } from "./evening.ts";
import { memoryStage } from "./memory/stage.ts";
import { createTallies, type Tallies } from "./memory/tallies.ts";
import type { Outcome } from "./outcome.ts";
import type { Scenario, StrategyName } from "./scenario.ts";
import { covidliste } from "./strategies/covidliste.ts";
import { everydose } from "./strategies/everydose.ts";
import { oracle } from "./strategies/oracle.ts";
import { strict } from "./strategies/strict.ts";
import { triple } from "./strategies/triple.ts";

/** What lasts over the evenings of one command. */
type Lasting = { tallies: Tallies; patience?: Patience };

const strategies: Record<StrategyName, (evening: Evening, lasting: Lasting) => Promise<Outcome>> = {
  everydose: (evening, { tallies, patience }) => everydose(evening, memoryStage(evening, tallies, patience)),
  strict,
  triple,
  covidliste,
  oracle,
};

export type Plan = {
  runs: number;
  seed: number;
  /** So many evenings are played before those that count: what a strategy learns, it has learned there. */
  warm: number;
  patience?: Patience;
  strategies?: readonly StrategyName[];
};

/** Plays evenings, each with all strategies: the same people and fates for each. */
export const playAll = async (
  scenario: Scenario,
  { runs, seed, warm, patience, strategies: wanted = scenario.strategies }: Plan,
): Promise<Map<StrategyName, Account>> => {
  const lasting: Lasting = { tallies: createTallies(), patience };
  const accounts = new Map(wanted.map((name) => [name, emptyAccount()]));
  for (let number = 0; number < warm + runs; number += 1) {
    const evening = drawEvening(scenario, { seed, number });
    for (const [name, account] of accounts) {
      if (number < warm && name !== "everydose") continue;
      const outcome = await strategies[name](evening, lasting);
      if (number >= warm) addTo(account, accountOf(evening, outcome));
    }
  }
  return accounts;
};
