import type { Candidate } from "../../../gateway/core/eligibility.ts";
import { firstInOrder } from "../../../gateway/flows/candidates.ts";
import type { Db } from "../../../gateway/store/db.ts";
import { ledgerOf } from "../../../gateway/store/ledger.ts";
import type { Instant } from "../../../schema/primitives.ts";
import { PolicyRules } from "../../../schema/region.ts";
import { round, shares } from "../figures.ts";
import { centres, type List } from "./lists.ts";
import { campaign, centreOf } from "./people.ts";

/* The gateway's own code: what a look at a surplus does to find people, and to take one of them out of the queue. */

export type Work = {
  what: "lookup" | "claim";
  clients: number;
  /** Always the same one; else any. */
  centre?: number;
};
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number; answers: number; short: number };

/** A Tuesday, half past six in the evening in Belgium. */
const now = "2021-05-18T16:30:00.000Z" as Instant;
const usableUntil = "2021-05-18T19:00:00.000Z" as Instant;
const want = 20;
const demand = { nationalNumber: "optional", postcode: "optional", email: "optional", mobile: "optional" };
const rules = PolicyRules.parse({
  ...{ campaign, consentText: "1", asks: demand, underAge: "park" },
  order: [{ name: "older", fromAge: 50 }, { name: "others" }],
});

const lookUp = (db: Db, centre: number): Promise<Candidate[]> =>
  firstInOrder(ledgerOf(db), {
    offer: { centre: centreOf(centre), vaccine: "astrazeneca", usableUntil },
    ...{ rules, now, want, except: new Set() },
  });

/** Whoever is first, unless somebody else was quicker: then the next. */
const claim = (db: Db, centre: number) =>
  db.transaction(async (tx) => {
    const found = await lookUp(tx, centre);
    for (const { id } of found) if (await ledgerOf(tx).queue.claim(id)) break;
    return found;
  });

export const measure = async (
  { database: { orm } }: Pick<List, "database">,
  { what, clients, centre }: Work,
  { seconds }: { seconds: number },
): Promise<Measured> => {
  const work = what === "lookup" ? lookUp : claim;
  const took: number[] = [];
  let short = 0;
  const began = performance.now();
  const isOver = () => performance.now() - began >= seconds * 1000;
  const client = async () => {
    while (!isOver()) {
      const start = performance.now();
      const found = await work(orm, centre ?? Math.floor(Math.random() * centres));
      took.push(performance.now() - start);
      if (found.length < want) short += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = Math.round(took.length / ((performance.now() - began) / 1000));
  const at = shares(took);
  return { perSecond, p50Ms: round(at(0.5)), p99Ms: round(at(0.99)), answers: took.length, short };
};
