import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";
import type { Db } from "../store/db.ts";
import * as tokens from "../store/tokens.ts";
import type { Actor, Deps } from "./deps.ts";
import { readDirectory } from "./intake/directory.ts";
import { type Outcome, placeIn, takeIn } from "./intake/take-in.ts";

/** A new token for a purpose, of which only the digest is kept. */
export const issueToken = async (
  tx: Db,
  deps: Deps,
  holder: Pick<tokens.TokenRow, "purpose" | "volunteer"> & Partial<tokens.TokenRow>,
): Promise<string> => {
  const token = deps.token();
  await tokens.issue(tx, { ...holder, digest: deps.vault.digest("token", token), issuedAt: deps.now() });
  return token;
};

/**
 * One durable write, and the person is on the list: there is nothing to wait for (F01). It is the intake of one, beside
 * whoever registers over HTTP, and an answer of its own to each call.
 */
export const register = async (deps: Deps, input: NewVolunteer, actor: Actor): Promise<Registered> => {
  const arrival = { input, actor };
  const place = placeIn(deps.db, () => readDirectory(deps.db));
  let outcome: Outcome | undefined;
  await takeIn(deps, place, [arrival], (_, settled) => {
    outcome = settled;
  });
  deps.nudge();
  return registeredIn(outcome);
};

const registeredIn = (outcome?: Outcome): Registered => {
  if (outcome && "error" in outcome) throw outcome.error;
  if (!outcome?.answer.registered)
    throw new Error("one without a key is decided at once, and never answered again");
  return outcome.answer.registered;
};
