import { type Instant, plusMinutes } from "../../../schema/primitives.ts";
import type { Db } from "../../store/db.ts";
import * as forget from "../../store/forget.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import type { Deps } from "../deps.ts";
import { answerTo, rememberedForMinutes } from "../remember.ts";

/**
 * The answers that are kept so that a repeat gets the same: whoever registered within the last day has one, with their
 * name in it. It is found by its moment, since nothing else leads from a person to it, and told by what it says.
 */
export const dropAnswers = async (tx: Db, deps: Deps, rows: readonly VolunteerRow[]): Promise<void> => {
  const oldest: Instant = plusMinutes(deps.now(), -rememberedForMinutes);
  for (const { id, registeredAt } of rows) {
    if (registeredAt < oldest) continue;
    for (const each of await forget.answersAround(tx, registeredAt))
      if (each.replySealed && answerTo(deps, each, each.replySealed).includes(id))
        await forget.dropAnswer(tx, each);
  }
};
