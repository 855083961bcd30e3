import { cursorOf, reachedIn } from "../../core/event-cursor.ts";
import { placeOf } from "../../core/events.ts";
import * as deliveries from "../../store/webhook-deliveries.ts";
import * as webhooks from "../../store/webhooks.ts";
import { type Deps, transact } from "../deps.ts";
import { headsNow, isBehind, quiet, readPage } from "../events/feed.ts";
import { hearerFor } from "./body.ts";
import { noteWebhook } from "./manage.ts";

/*
 * What happened becomes what is to be sent: each webhook reads the chains by itself, and moves on in the transaction that
 * puts the events in its list. Whoever is killed in between has done nothing; two who come at once do it once.
 */

/** So many events of one webhook in one transaction. */
const atOnce = 200;
/** While so many wait there, the rest waits in the chains: nothing is lost, and nobody's list grows without end. */
const waitingAtMost = 1_000;

const fill = (deps: Deps, row: webhooks.WebhookRow, base: string): Promise<boolean> =>
  transact(quiet(deps), async (tx) => {
    const now = await webhooks.lockIfFree(tx, row.id);
    if (!now) return false;
    const room = waitingAtMost - (await deliveries.waitingOf(tx, row.id));
    if (room <= 0) return false;
    const hearer = await hearerFor(tx, now);
    const reached = reachedIn(now.reached) ?? new Map();
    const page = await readPage(tx, { hearer, reached, limit: Math.min(room, atOnce), base });
    const rows = page.heard.map(({ event }) => {
      const { region: chain, number } = placeOf(event.id);
      return { webhook: row.id, chain, number, event: event.type };
    });
    await deliveries.putAll(tx, rows, deps.now());
    await webhooks.set(tx, row.id, { reached: cursorOf(page.reached) });
    return page.more;
  });

/** Puts what happened since in the list of each webhook that hears of it; answers whether there is more. */
export const fanOut = async (deps: Deps, base: string): Promise<boolean> => {
  const rows = await webhooks.enabled(deps.db);
  const hearers = await Promise.all(rows.map((row) => hearerFor(deps.db, row)));
  const heads = await headsNow(deps, { regions: [...new Set(hearers.flatMap(({ regions }) => regions))] });
  let isMore = false;
  for (const [nth, row] of rows.entries()) {
    const hearer = hearers[nth];
    if (hearer && isBehind(reachedIn(row.reached) ?? new Map(), heads, hearer))
      isMore = (await fill(deps, row, base)) || isMore;
  }
  return isMore;
};

/** Ends what nobody answers for any more, and secrets whose time is over. */
export const tidyWebhooks = (deps: Deps): Promise<void> =>
  transact(quiet(deps), async (tx) => {
    const at = deps.now();
    await webhooks.dropOldSecrets(tx, at);
    for (const row of await webhooks.disable(tx, webhooks.isOrphaned, { because: "key-ended", at }))
      await noteWebhook(tx, deps, row, {
        ...{ event: "webhook.disabled", actor: "gateway", more: { because: "key-ended" } },
      });
  });

/** Whether there is anybody to send to. */
export const hasWebhooks = (deps: Deps): Promise<boolean> => webhooks.hasAny(deps.db);
