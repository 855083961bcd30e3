import { refuse } from "../../schema/errors.ts";
import type { CampaignId, Instant, RegionId } from "../../schema/primitives.ts";
import type { Policy } from "../../schema/region.ts";
import { type Db, isDeadlock, narrowed, type Reach } from "../store/db.ts";
import { type Ledger, ledgerOf } from "../store/ledger.ts";
import type { Vault } from "../store/vault.ts";
import type { AccessTokens } from "./authorise.ts";

/** How far a caller reaches: the regions and centres, where they are limited to some. */
export type { Reach };

/** A flow's whole world: where things are kept, what time it is, and chance. */
export type Deps = {
  db: Db;
  vault: Vault;
  now(): Instant;
  uuid(): string;
  /** Reads the access tokens of the operator's identity providers; absent where there are none. */
  accessTokens?: AccessTokens;
  /** A fresh token of at least 128 random bits, fit for an address. */
  token(): string;
  /** Says that effects wait; called after each commit. */
  nudge(): void;
  /** Keeps the result beside what was decided, in its transaction: how a repeat finds its first answer. */
  conclude?(tx: Db, result: unknown): Promise<void>;
};

/**
 * The world as somebody has it who reaches no further: the database itself shows and takes no other region's rows,
 * whatever a flow forgets to ask. Nothing named reaches everything.
 */
export const within = (deps: Deps, { regions, centres }: Reach): Deps =>
  regions || centres ? { ...deps, db: narrowed(deps.db, { regions, centres }) } : deps;

/** Who does it, as the audit names them: "volunteer", "gateway", a platform, or the label of a key. */
export type Actor = string;

/**
 * One decision, one transaction. Two that wait for each other are ended by the database, which stops one; that
 * one has done nothing yet, and is decided anew.
 */
export const transact = async <Result>(deps: Deps, work: (tx: Db) => Promise<Result>): Promise<Result> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await deps.db.transaction(async (tx) => {
        const decided = await work(tx);
        await deps.conclude?.(tx, decided);
        return decided;
      });
      deps.nudge();
      return result;
    } catch (error) {
      if (tries === 5 || !isDeadlock(error)) throw error;
    }
  }
};

/**
 * The rules in force for a region in a campaign (in that of the files where none is named), by the book that a dose's
 * way is written in; refuses where there are none.
 */
export const policyIn = async (
  { places }: Pick<Ledger, "places">,
  { region, ...when }: { region: RegionId; at: Instant; campaign?: CampaignId },
): Promise<Policy> =>
  (await places.policyInForce(region, when)) ??
  refuse("not_found", `there is no policy in force for ${region}`);

/** The same, straight from the database. */
export const policyOf = (
  db: Db,
  where: { region: RegionId; campaign?: CampaignId },
  at: Instant,
): Promise<Policy> => policyIn(ledgerOf(db), { region: where.region, campaign: where.campaign, at });
