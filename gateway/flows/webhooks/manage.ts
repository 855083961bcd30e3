import { type Issue, refuse } from "../../../schema/errors.ts";
import { plusMinutes } from "../../../schema/primitives.ts";
import type {
  IssuedSecret,
  IssuedWebhook,
  NewSecret,
  NewWebhook,
  Webhook,
  WebhookChange,
  WebhookId,
} from "../../../schema/webhook.ts";
import { cursorOf } from "../../core/event-cursor.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as deliveries from "../../store/webhook-deliveries.ts";
import * as webhooks from "../../store/webhooks.ts";
import type { Caller } from "../authorise.ts";
import { type Deps, transact } from "../deps.ts";
import { beginAt, hearerOf } from "../events/feed.ts";
import type { Post } from "./post.ts";
import { moveSecret, sealSecret } from "./secret.ts";
import { secretFrom } from "./signature.ts";

/* Where events are sent, as whoever wants them orders it. */

/** More than any one consumer needs, and no more than one gateway serves without a thought. */
const most = { own: 20, all: 200 };

/** Who orders: an agency and an operator for all that lies within their reach, a platform for itself alone. */
const ownAlone = ({ role, label }: Caller): string | undefined => (role === "platform" ? label : undefined);

type Counts = { waiting: number; dead: number };

const shown = (row: webhooks.WebhookRow, { waiting, dead }: Counts = { waiting: 0, dead: 0 }): Webhook => ({
  ...{ id: row.id, address: row.address, types: row.types, note: row.note ?? undefined },
  ...{ owner: row.owner, role: row.role, regions: row.regions ?? [], createdAt: row.createdAt },
  ...{ state: row.state, disabledFor: row.disabledFor ?? undefined, disabledAt: row.disabledAt ?? undefined },
  ...{ failingSince: row.failingSince ?? undefined, restsUntil: row.restsUntil ?? undefined },
  ...{ oldSecretUntil: row.oldSecretUntil ?? undefined, position: row.reached, waiting, dead },
});

const shownNow = async (tx: Db, row: webhooks.WebhookRow): Promise<Webhook> =>
  shown(row, (await deliveries.countedBy(tx)).get(row.id));

export type Facts = { event: string; actor: string; more?: Record<string, unknown> };

/** Of an address only its host: the rest may hold what opens it. */
export const noteWebhook = (
  tx: Db,
  { now }: Pick<Deps, "now">,
  row: webhooks.WebhookRow,
  { event, actor, more }: Facts,
): Promise<void> => {
  const [region, ...others] = row.regions ?? [];
  const facts = { owner: row.owner, host: new URL(row.address).host, ...more };
  const at = now();
  return audit.note(tx, {
    ...{ at, actor, event, subject: row.id, facts },
    ...(region && others.length === 0 ? { region } : {}),
  });
};

const wrongAddress = (detail: string): Issue[] => [{ in: "body", at: "/address", detail }];

const refuseAddress = async (post: Post, address: string): Promise<void> => {
  const why = await post.refusal(address);
  if (why) refuse("invalid_input", undefined, wrongAddress(why));
};

/** One that lies within the reach of whoever asks, and is theirs to order. */
const found = async (
  tx: Db,
  id: WebhookId,
  { caller, find = webhooks.byId }: { caller: Caller; find?: typeof webhooks.byId },
): Promise<webhooks.WebhookRow> => {
  const row = (await find(tx, id)) ?? refuse("not_found");
  const only = ownAlone(caller);
  return only === undefined || row.owner === only ? row : refuse("not_found");
};

export const whose = (deps: Deps, id: WebhookId, caller: Caller): Promise<webhooks.WebhookRow> =>
  transact(deps, (tx) => found(tx, id, { caller }));

const reachOf = ({ regions }: Caller) => (regions.length > 0 ? regions : null);

/** Events are sent there from now on. The secret is shown this once. */
export const makeWebhook = async (
  deps: Deps,
  input: NewWebhook,
  { caller, post }: { caller: Caller; post: Post },
): Promise<IssuedWebhook> => {
  await refuseAddress(post, input.address);
  const reached = cursorOf(
    await beginAt(deps, await hearerOf(deps, caller), { cursor: "latest", at: "cursor" }),
  );
  return transact(deps, async (tx) => {
    const { own, all } = await webhooks.counted(tx, caller.label);
    if (own >= most.own || all >= most.all)
      refuse("too_many_webhooks", `at most ${most.own} of one owner, and ${most.all} in all`);
    const id = deps.uuid() as WebhookId;
    const secret = secretFrom(deps.token());
    const { address, types, note } = input;
    const row = await webhooks.add(tx, {
      ...{ id, owner: caller.label, ofKey: caller.validUntil === undefined, role: caller.role },
      ...{ regions: reachOf(caller), address, types: [...new Set(types)], note, reached },
      ...{ secretSealed: sealSecret(deps, id, secret), createdAt: deps.now(), state: "enabled" },
    });
    await noteWebhook(tx, deps, row, { event: "webhook.made", actor: caller.label });
    return { ...shown(row), secret };
  });
};

export const listWebhooks = (deps: Deps, caller: Caller): Promise<Webhook[]> =>
  transact(deps, async (tx) => {
    const rows = await webhooks.list(tx, ownAlone(caller));
    const counts = await deliveries.countedBy(tx);
    return rows.map((row) => shown(row, counts.get(row.id)));
  });

export const readWebhook = (deps: Deps, id: WebhookId, caller: Caller): Promise<Webhook> =>
  transact(deps, async (tx) => shownNow(tx, await found(tx, id, { caller })));

/**
 * It never comes to reach further than it did. One whose key is no more belongs from now on to whoever enables it, within
 * whose reach it lies.
 */
const enabling = (row: webhooks.WebhookRow, caller: Caller): Partial<webhooks.WebhookRow> => ({
  ...{ state: "enabled", disabledFor: null, disabledAt: null },
  ...{ failures: 0, failingSince: null, restsUntil: null },
  ...(row.disabledFor === "key-ended" ? { owner: caller.label, ofKey: caller.validUntil === undefined } : {}),
});

export const changeWebhook = async (
  deps: Deps,
  id: WebhookId,
  { change, caller, post }: { change: WebhookChange; caller: Caller; post: Post },
): Promise<Webhook> => {
  const { address, types, note, state } = change;
  if (address !== undefined) await refuseAddress(post, address);
  return transact(deps, async (tx) => {
    const row = await found(tx, id, { caller, find: webhooks.lock });
    const now = deps.now();
    const turns = state !== undefined && state !== row.state;
    const ended = { state: "disabled", disabledFor: "asked", disabledAt: now } as const;
    const changed = await webhooks.set(tx, id, {
      ...{ address: address ?? row.address, types: types ? [...new Set(types)] : row.types },
      note: note ?? row.note,
      // Another address may be well where the one before was not.
      ...(address === undefined ? {} : { failures: 0, failingSince: null, restsUntil: null }),
      ...(turns ? (state === "enabled" ? enabling(row, caller) : ended) : {}),
    });
    if (turns && state === "enabled") await deliveries.hasten(tx, id, now);
    const more = { changed: Object.keys(change), ...(turns ? { state } : {}) };
    await noteWebhook(tx, deps, changed, { event: "webhook.changed", actor: caller.label, more });
    return shownNow(tx, changed);
  });
};

export const removeWebhook = (deps: Deps, id: WebhookId, caller: Caller): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await found(tx, id, { caller, find: webhooks.lock });
    await webhooks.remove(tx, id);
    await noteWebhook(tx, deps, row, { event: "webhook.removed", actor: caller.label });
  });

/** Another secret signs from now on; the one before as well for as long as is asked. It is shown this once. */
export const rotateSecret = (
  deps: Deps,
  id: WebhookId,
  { input, caller }: { input: NewSecret; caller: Caller },
): Promise<IssuedSecret> =>
  transact(deps, async (tx) => {
    const row = await found(tx, id, { caller, find: webhooks.lock });
    const secret = secretFrom(deps.token());
    const { oldForHours } = input;
    const until = oldForHours > 0 ? plusMinutes(deps.now(), oldForHours * 60) : undefined;
    await webhooks.set(tx, id, {
      secretSealed: sealSecret(deps, id, secret),
      oldSecretSealed: until ? moveSecret(deps, row) : null,
      oldSecretUntil: until ?? null,
    });
    const more = { oldForHours };
    await noteWebhook(tx, deps, row, { event: "webhook.secret-changed", actor: caller.label, more });
    return { secret, oldSecretUntil: until };
  });
