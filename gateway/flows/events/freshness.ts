import * as events from "../../store/events.ts";
import { BrokenChain, linkAudit } from "../audit/link.ts";
import type { Deps } from "../deps.ts";

/*
 * The chains of the audit are hung on every ten seconds. Where somebody waits for what happened, it is done as soon as
 * there is anything; who is first does it for all gateways.
 */

/** The next time comes no sooner than so many times what the last one took: a crowd's lines are hung on in larger pieces. */
const restsTimes = 10;
/** So long after the last line that was seen it is looked on: one may have been begun before it and be there after it. */
const lateMs = 2_000;

/** Hangs on what was written since it was asked last, where there is anything; in real time, whatever the clock says. */
export const openFreshness = (deps: Deps): (() => Promise<void>) => {
  let seen = -1;
  let notBefore = 0;
  let calmAfter = 0;
  return async () => {
    const begun = performance.now();
    if (begun < notBefore) return;
    const newest = await events.newestLine(deps.db);
    if (newest !== seen) calmAfter = begun + lateMs;
    else if (begun > calmAfter) return;
    const isMore = await linkAudit(deps).catch((error: unknown) => {
      // The order that links the audit says so; the other regions' chains go on.
      if (error instanceof BrokenChain) return false;
      throw error;
    });
    if (!isMore) seen = newest;
    notBefore = performance.now() + (performance.now() - begun) * restsTimes;
  };
};
