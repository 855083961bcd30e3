import type { SurplusId } from "../../schema/primitives.ts";
import type { Steps } from "../../schema/steps.ts";
import { replay } from "../core/replay.ts";
import * as audit from "../store/audit.ts";
import { atOneMoment } from "../store/db.ts";
import * as invitations from "../store/invitations.ts";
import * as surpluses from "../store/surpluses.ts";
import { type Deps, transact } from "./deps.ts";

/**
 * What an auditor reads of a surplus: every step with its facts, and whether the steps, played again from nothing,
 * end where the rows are. Where they do not, something was changed beside the flows.
 */
export const retrace = (deps: Deps, id: SurplusId): Promise<Steps> =>
  transact(deps, async (tx) => {
    // A no and somebody's leaving lock no surplus: only a snapshot shows steps and rows of one moment.
    await atOneMoment(tx);
    const lines = await audit.ofSurplus(tx, id);
    const replayed = replay(lines);
    const counts = (await surpluses.counts(tx, [id])).get(id);
    const rows = await invitations.ofSurplus(tx, id);
    const sameDoses = JSON.stringify(replayed.doses) === JSON.stringify(counts);
    const sameStates = rows.every((row) => replayed.invitations.get(row.id) === row.state);
    const steps = lines.map(({ at, actor, event, subject, facts }) => ({
      ...{ at, actor, event, facts },
      ...(subject ? { subject } : {}),
    }));
    return { surplus: id, steps, replayed: replayed.doses, agrees: sameDoses && sameStates };
  });
