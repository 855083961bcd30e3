import type { Actor, Deps } from "../../gateway/flows/deps.ts";
import { readDirectory } from "../../gateway/flows/intake/directory.ts";
import { type Outcome, placeIn, takeIn } from "../../gateway/flows/intake/take-in.ts";
import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";

/** Registers somebody who comes alone, by the code that takes a crowd in (F01). */
export const register = async (deps: Deps, input: NewVolunteer, actor: Actor): Promise<Registered> => {
  const place = placeIn(deps.db, () => readDirectory(deps.db));
  let outcome: Outcome | undefined;
  await takeIn(deps, place, [{ input, actor }], (_, settled) => {
    outcome = settled;
  });
  deps.nudge();
  if (outcome && "error" in outcome) throw outcome.error;
  if (!outcome?.answer.registered)
    throw new Error("one without a key is decided at once, and never answered again");
  return outcome.answer.registered;
};
