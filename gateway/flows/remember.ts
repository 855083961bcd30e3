import { refuse } from "../../schema/errors.ts";
import { type Instant, plusMinutes } from "../../schema/primitives.ts";
import * as budgets from "../store/budgets.ts";
import { hexOf } from "../store/digests.ts";
import * as identityWords from "../store/identity-words.ts";
import * as officials from "../store/officials.ts";
import * as requests from "../store/requests.ts";
import * as tries from "../store/tries.ts";
import * as webhooks from "../store/webhooks.ts";
import * as work from "../store/work.ts";
import { type Deps, transact } from "./deps.ts";

type Remembered = { status: number; body: string };
export type Request = { caller: string; key: string; content: string };
/** A request that is carried out under its key since that moment. */
type Running = Request & { startedAt: Instant };

/**
 * A request that has not finished after a minute counts as abandoned, and a repeat of it is carried out. If it had
 * only hung and goes on after all, it finds its key taken over, and its transaction is rolled back.
 */
const abandonedAfterMinutes = 1;
export const abandonedBefore = (now: Instant): Instant => plusMinutes(now, -abandonedAfterMinutes);
export const rememberedForMinutes = 24 * 60;
const countedForMinutes = 3 * 24 * 60;
const workForMinutes = 30 * 24 * 60;
/** What was sent to a webhook, and how each try went. */
const sentForMinutes = 30 * 24 * 60;
const officialForMinutes = 180 * 24 * 60;

const bound = ({ caller, key }: requests.Name) => ({
  table: "requests",
  column: "reply_sealed",
  id: `${caller} ${key}`,
});

/**
 * Enters a request under its idempotency key. Answers with the first reply where it is a repeat, and refuses where
 * the key was used for something else or the first still runs.
 */
export const recall = (deps: Deps, request: Request): Promise<Remembered | Running> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const { caller, key } = request;
    const fingerprint = deps.vault.digest("request", request.content);
    await requests.abandon(tx, { caller, key }, abandonedBefore(now));
    if (await requests.begin(tx, { caller, key, fingerprint, startedAt: now }))
      return { ...request, startedAt: now };
    const earlier = (await requests.find(tx, { caller, key })) ?? refuse("idempotency_in_flight");
    return replyOf(deps, request, earlier);
  });

/** The first reply of a request that is entered already; refuses as `recall` does. */
export const replyOf = (deps: Deps, request: Request, earlier: requests.RequestRow): Remembered => {
  const same = deps.vault
    .digests("request", request.content)
    .some((each) => Buffer.compare(each, earlier.fingerprint) === 0);
  if (!same) refuse("idempotency_reused");
  if (earlier.status === null || earlier.replySealed === null) return refuse("idempotency_in_flight");
  return { status: earlier.status, body: deps.vault.open(earlier.replySealed, bound(request)) };
};

/** Whoever calls with a token, as a caller: two people who choose one key have two requests. */
export const callerWith = ({ vault }: Deps, token: string): string =>
  `token ${hexOf(vault.digest("token", token))}`;

/** The reply that is kept under a key, for whoever takes out what it says. */
export const answerTo = (deps: Deps, name: requests.Name, replySealed: Uint8Array): string =>
  deps.vault.open(replySealed, bound(name));

/** A request with its reply, to be entered in the transaction of what it did. */
export const concluded = (
  deps: Deps,
  request: Request,
  { at: startedAt, status, body }: Remembered & { at: Instant },
) => ({
  ...{ caller: request.caller, key: request.key, startedAt, status },
  fingerprint: deps.vault.digest("request", request.content),
  replySealed: deps.vault.seal(body, bound(request)),
});

/**
 * The same world, in which a flow's result is kept as the reply in the flow's own transaction, sealed, since it
 * may hold a token: either both are there afterwards or neither.
 */
export const remembering = (deps: Deps, running: Running, status: number): Deps => ({
  ...deps,
  conclude: async (tx, result) => {
    const replySealed = deps.vault.seal(JSON.stringify(result), bound(running));
    if (!(await requests.finish(tx, running, { status, replySealed }))) refuse("idempotency_in_flight");
  },
});

/** Gives the key back after a request that changed nothing. */
export const forget = (deps: Deps, running: Running): Promise<void> =>
  transact(deps, async (tx) => {
    await requests.drop(tx, running);
  });

/** Forgets every request that is over a day old, with its reply, and official invitations after half a year. */
export const forgetOld = (deps: Deps): Promise<void> =>
  transact(deps, async (tx) => {
    await requests.forget(tx, plusMinutes(deps.now(), -rememberedForMinutes));
    await identityWords.forget(tx);
    await tries.forget(tx, deps.now());
    await officials.forget(tx, plusMinutes(deps.now(), -officialForMinutes));
    await work.forget(tx, plusMinutes(deps.now(), -workForMinutes));
    await webhooks.forgetDeliveries(tx, plusMinutes(deps.now(), -sentForMinutes));
    await budgets.forgetBefore(tx, plusMinutes(deps.now(), -countedForMinutes));
  });
