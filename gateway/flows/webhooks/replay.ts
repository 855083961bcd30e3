import { z } from "zod";
import { refuse } from "../../../schema/errors.ts";
import { Instant } from "../../../schema/primitives.ts";
import type {
  Delivery,
  DeliveryPage,
  DeliveryQuestion,
  Replay,
  Webhook,
  WebhookId,
} from "../../../schema/webhook.ts";
import { cursorOf, reachedIn } from "../../core/event-cursor.ts";
import { eventId, placeOf } from "../../core/events.ts";
import type { Db } from "../../store/db.ts";
import * as deliveries from "../../store/webhook-deliveries.ts";
import * as webhooks from "../../store/webhooks.ts";
import type { Caller } from "../authorise.ts";
import { type Deps, transact } from "../deps.ts";
import { placesBefore } from "../events/feed.ts";
import { eventAt, hearerFor } from "./body.ts";
import { noteWebhook, readWebhook, whose } from "./manage.ts";

/* What was sent, and sending it again. */

const shown = ({
  chain,
  number,
  event,
  state,
  attempts,
  dueAt,
  endedAt,
}: deliveries.DeliveryRow): Delivery => ({
  ...{ event: eventId(chain, number), type: event, state, attempts },
  nextAt: state === "waiting" ? dueAt : undefined,
  endedAt: endedAt ?? undefined,
});

const cursorFrom = ({ touchedAt, chain, number }: deliveries.After): string =>
  `${touchedAt}~${chain}~${number}`;

const placeIn = (cursor: string): deliveries.After => {
  const [touchedAt, chain, number, ...more] = cursor.split("~");
  const place = z
    .tuple([Instant, z.string().regex(/^[a-z0-9-]*$/), z.coerce.number().int().min(1).max(1e15)])
    .safeParse([touchedAt, chain, number]);
  if (!place.success || more.length > 0)
    return refuse("invalid_input", undefined, [
      { in: "query", at: "cursor", detail: "`next` of an earlier page" },
    ]);
  return { touchedAt: place.data[0], chain: place.data[1], number: place.data[2] };
};

export const listDeliveries = async (
  deps: Deps,
  id: WebhookId,
  { question, caller }: { question: DeliveryQuestion; caller: Caller },
): Promise<DeliveryPage> => {
  await whose(deps, id, caller);
  const { state, cursor, limit } = question;
  const after = cursor === undefined ? undefined : placeIn(cursor);
  return transact(deps, async (tx) => {
    const rows = await deliveries.history(tx, id, { state, after, limit: limit + 1 });
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items: rows.slice(0, limit).map(shown), ...(last ? { next: cursorFrom(last) } : {}) };
  });
};

/** One event, whether it was sent before or not, as long as it is one that its webhook may hear. */
const replayOne = async (tx: Db, deps: Deps, row: webhooks.WebhookRow, id: string): Promise<void> => {
  const { region: chain, number } = placeOf(id);
  const event = await eventAt(tx, row, { chain, number, base: "", all: true });
  if (!event) refuse("not_found", "there is no such event, or it is not for this webhook");
  await deliveries.putAll(tx, [{ webhook: row.id, chain, number, event: event?.type ?? "" }], deps.now());
};

/** The place from which a webhook reads on is put back: what lies behind it is sent again as it is read. */
const replayFrom = async (tx: Db, row: webhooks.WebhookRow, from: Instant): Promise<void> => {
  const hearer = await hearerFor(tx, row);
  const there = await placesBefore(tx, hearer, from);
  const before = reachedIn(row.reached) ?? new Map();
  const back = new Map(
    [...there].map(([chain, number]) => [chain, Math.min(number, before.get(chain) ?? 0)]),
  );
  await webhooks.set(tx, row.id, { reached: cursorOf(back) });
};

/** Sends again under the ids of before: this one, all from a moment on, or all that was given up. */
export const replayWebhook = async (
  deps: Deps,
  id: WebhookId,
  { input, caller }: { input: Replay; caller: Caller },
): Promise<Webhook> => {
  await whose(deps, id, caller);
  await transact(deps, async (tx) => {
    const row = (await webhooks.lock(tx, id)) ?? refuse("not_found");
    if ("event" in input) await replayOne(tx, deps, row, input.event);
    else if ("from" in input) await replayFrom(tx, row, input.from);
    else await deliveries.reviveDead(tx, id, deps.now());
    await noteWebhook(tx, deps, row, { event: "webhook.replayed", actor: caller.label, more: { ...input } });
  });
  return readWebhook(deps, id, caller);
};
