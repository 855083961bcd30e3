import { Refusal, refuse } from "../../../schema/errors.ts";
import { millis } from "../../../schema/primitives.ts";
import type { Attempt, TestOutcome, WebhookEnd, WebhookId } from "../../../schema/webhook.ts";
import { ailingAfter, disabledAfterMs, nextTry, restAfter } from "../../core/retries.ts";
import type { Db } from "../../store/db.ts";
import * as deliveries from "../../store/webhook-deliveries.ts";
import * as webhooks from "../../store/webhooks.ts";
import type { Caller } from "../authorise.ts";
import { type Deps, transact } from "../deps.ts";
import { quiet } from "../events/feed.ts";
import { eventAt, letterTo } from "./body.ts";
import { noteWebhook, whose } from "./manage.ts";
import type { Post, Posted } from "./post.ts";

/* Sending what waits, and what came of it. */

export type { Claimed } from "../../store/webhook-deliveries.ts";

/** How many run at once of one webhook, and of one that fails: nobody's takes more places than its own. */
const places = { each: 8, ailing: { after: ailingAfter, each: 1 } };

type Claiming = { limit: number; leaseMs: number; by: string | null };

/** Takes the next that are due, for so long; nobody else sends them meanwhile. */
export const claimDeliveries = (deps: Deps, claiming: Claiming): Promise<deliveries.Claimed[]> =>
  transact(quiet(deps), (tx) => deliveries.claim(tx, { ...claiming, now: deps.now(), ...places }));

const isTaken = ({ status }: Posted): boolean => status !== undefined && status >= 200 && status < 300;

const disable = async (
  tx: Db,
  deps: Deps,
  id: WebhookId,
  because: WebhookEnd,
): Promise<WebhookEnd | undefined> => {
  const [row] = await webhooks.disable(tx, webhooks.isOne(id), { because, at: deps.now() });
  if (!row) return undefined;
  await noteWebhook(tx, deps, row, { event: "webhook.disabled", actor: "gateway", more: { because } });
  return because;
};

type Outcome = { posted: Posted; attempt: Attempt; random: number };

/** The address says that it wants nothing more (410), or has taken nothing for days. */
const endOf = (row: webhooks.WebhookRow, { status }: Posted, now: Attempt["at"]): WebhookEnd | undefined => {
  if (status === 410) return "gone";
  const isLong = row.failingSince && millis(now) - millis(row.failingSince) >= disabledAfterMs;
  return isLong ? "failing" : undefined;
};

const failed = async (
  tx: Db,
  deps: Deps,
  claimed: deliveries.Claimed,
  { posted, attempt, random }: Outcome,
): Promise<WebhookEnd | undefined> => {
  const at = deps.now();
  const dueAt = posted.status === 410 ? undefined : nextTry({ ...posted, tries: claimed.tries, at }, random);
  const state = dueAt ? "waiting" : "dead";
  if (!(await deliveries.settle(tx, claimed, { attempt, state, dueAt }))) return undefined;
  const row = await webhooks.noteFailed(tx, claimed.webhook, at);
  if (!row) return undefined;
  const end = endOf(row, posted, at);
  if (end) return disable(tx, deps, row.id, end);
  const restsUntil = restAfter({ ...posted, failures: row.failures, at }, random);
  if (restsUntil) await webhooks.set(tx, row.id, { restsUntil });
  return undefined;
};

/** Applies what came of one, unless somebody has taken it over meanwhile. */
const conclude = (
  deps: Deps,
  claimed: deliveries.Claimed,
  outcome: Outcome,
): Promise<WebhookEnd | undefined> =>
  transact(quiet(deps), async (tx) => {
    if (!isTaken(outcome.posted)) return failed(tx, deps, claimed, outcome);
    const { attempt } = outcome;
    if (await deliveries.settle(tx, claimed, { attempt, state: "taken" }))
      await webhooks.noteTaken(tx, claimed.webhook);
    return undefined;
  });

const tryOnce = async (
  deps: Deps,
  post: Post,
  letter: Parameters<Post["send"]>[0],
): Promise<{ posted: Posted; attempt: Attempt }> => {
  const [at, begun] = [deps.now(), performance.now()];
  const posted = await post.send(letter);
  const { status, fault } = posted;
  const milliseconds = Math.round(performance.now() - begun);
  return { posted, attempt: { at, status, ...(status === undefined ? { fault } : {}), milliseconds } };
};

export type Sending = { post: Post; base: string; random(): number };

/**
 * Sends one that was claimed, once, and puts it back where it was not taken. What its webhook may not hear any more counts
 * as taken: nobody waits for it. Answers with why its webhook was disabled with it, where it was.
 */
export const sendOne = async (
  deps: Deps,
  claimed: deliveries.Claimed,
  { post, base, random }: Sending,
): Promise<WebhookEnd | undefined> => {
  const { webhook, chain, number } = claimed;
  const found = await transact(quiet(deps), async (tx) => {
    const row = await webhooks.byId(tx, webhook);
    return row && { row, event: await eventAt(tx, row, { chain, number, base, all: true }) };
  });
  if (!found) return undefined;
  if (!found.event) {
    const attempt = { at: deps.now(), fault: "not-for-it", milliseconds: 0 };
    await deliveries.settle(deps.db, claimed, { attempt, state: "taken" });
    return undefined;
  }
  const tried = await tryOnce(deps, post, letterTo(deps, found.row, found.event));
  return conclude(deps, claimed, { ...tried, random: random() });
};

/** Nobody has the gateway knock at an address more often than that. */
const testedEverySeconds = 5;

/** Gives back what was claimed and not begun. */
export const giveBack = async (deps: Deps, claimed: deliveries.Claimed): Promise<void> => {
  await deliveries.putBack(deps.db, claimed);
};

/** Sends an event that says nothing, now, and answers with what came of it. It changes nothing else. */
export const testWebhook = async (
  deps: Deps,
  id: WebhookId,
  { caller, post, base }: { caller: Caller; post: Post; base: string },
): Promise<TestOutcome> => {
  const row = await whose(deps, id, caller);
  if (row.disabledFor === "key-ended") refuse("webhook_disabled", "nobody answers for it; enable it first");
  const isFree = await transact(deps, (tx) => webhooks.takeTest(tx, id, deps.now(), testedEverySeconds));
  if (!isFree)
    throw new Refusal("too_many_requests", `once in ${testedEverySeconds} seconds`, [], {
      retryAfterSeconds: testedEverySeconds,
    });
  const event = `evt_test_${deps.uuid()}`;
  const letter = letterTo(deps, row, {
    ...{ specversion: "1.0", id: event, source: `${base}/v1/webhooks/${id}` },
    ...{ type: "everydose.webhook.test", subject: id, time: deps.now() },
    ...{ datacontenttype: "application/json", data: { webhook: id } },
  });
  const { posted, attempt } = await tryOnce(deps, post, letter);
  return { event, taken: isTaken(posted), ...attempt };
};
