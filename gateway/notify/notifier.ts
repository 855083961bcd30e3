import type { Log } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import type { MessageKind } from "../../schema/surplus.ts";
import type { Contact } from "../../schema/volunteer.ts";
import {
  addressOf,
  type Channel,
  type ChannelName,
  NotifyError,
  type NotifyFault,
  type Outgoing,
} from "./channel.ts";

/** What became of a letter on one channel. */
type Outcome =
  | { channel: ChannelName; state: "taken"; at: Instant }
  | { channel: ChannelName; state: NotifyFault };

/** The channel that took the letter first, when, and what became of it on every channel that was tried. */
type Notified = { channel: ChannelName; at: Instant; outcomes: Outcome[] };

/** No channel took the letter. `refused` only where none will ever: every address there is was turned down. */
export class UndeliveredError extends NotifyError {
  readonly outcomes: Outcome[];
  constructor(outcomes: Outcome[], retryAfterSeconds?: number) {
    const never = outcomes.every(({ state }) => state === "refused");
    const told = outcomes.map(({ channel, state }) => `${channel} ${state}`).join(", ");
    super(never ? "refused" : "unavailable", `not delivered: ${told || "no channel for this contact"}`, {
      retryAfterSeconds,
    });
    this.name = "UndeliveredError";
    this.outcomes = outcomes;
  }
}

export type Notifier = {
  /**
   * Sends one letter to one contact, and answers once every channel that was tried has; throws
   * `UndeliveredError` where none took it.
   */
  notify(ask: { contact: Contact; letter: Outgoing }): Promise<Notified>;
  close(): Promise<void>;
};

type NotifierDeps = {
  channels: Channel[];
  now(): Instant;
  log: Log;
  /** How long any channel may take, in real milliseconds. */
  deadlineMs?: number;
};

/**
 * Half an hour is short and either channel may be the one somebody looks at, so an invitation leaves by all at
 * once, and so does the word that takes one back: nobody should set out for nothing. The first channel that takes
 * an invitation starts its window. Everything else goes by e-mail, where it can be found again, and by text
 * message where e-mail fails or is missing.
 */
const byAllAtOnce = new Set<MessageKind>([
  "invitation",
  "accepted",
  "released",
  "revoked",
  "booking-cancelled",
  "booking-refused",
  "official",
  "official-given-back",
  "booking-moved",
]);
const order: ChannelName[] = ["email", "sms"];

type Attempt = { outcome: Outcome; retryAfterSeconds?: number };

export const createNotifier = (deps: NotifierDeps): Notifier => ({
  notify: async ({ contact, letter }) => {
    const ways = order.flatMap((name) => {
      const [channel, to] = [deps.channels.find((each) => each.name === name), addressOf[name](contact)];
      return channel && to !== undefined ? [{ channel, to }] : [];
    });
    const tries = ways.map((way) => () => attempt(deps, { ...way, letter }));
    const attempts = byAllAtOnce.has(letter.about)
      ? await Promise.all(tries.map((each) => each()))
      : await inTurn(tries);
    return firstTaken(attempts);
  },
  close: async () => {
    await Promise.all(deps.channels.map((channel) => channel.close()));
  },
});

/** One after another until one takes it. */
const inTurn = async (tries: (() => Promise<Attempt>)[]): Promise<Attempt[]> => {
  const attempts: Attempt[] = [];
  for (const each of tries) {
    const made = await each();
    attempts.push(made);
    if (made.outcome.state === "taken") break;
  }
  return attempts;
};

const firstTaken = (attempts: Attempt[]): Notified => {
  const outcomes = attempts.map(({ outcome }) => outcome);
  const taken = outcomes
    .flatMap((outcome) => (outcome.state === "taken" ? [outcome] : []))
    .reduce<{ channel: ChannelName; at: Instant } | undefined>(
      (first, next) => (first && first.at <= next.at ? first : next),
      undefined,
    );
  if (taken) return { channel: taken.channel, at: taken.at, outcomes };
  // A channel that names no wait may work again before the one that does.
  const waits = attempts.flatMap(({ outcome, retryAfterSeconds = 0 }) =>
    outcome.state === "unavailable" ? [retryAfterSeconds] : [],
  );
  throw new UndeliveredError(outcomes, Math.min(...waits) || undefined);
};

const attempt = async (
  { now, log, deadlineMs = 20_000 }: NotifierDeps,
  { channel, to, letter }: { channel: Channel; to: string; letter: Outgoing },
): Promise<Attempt> => {
  const { about, ...text } = letter;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), deadlineMs);
  try {
    await channel.send({ ...text, to }, limit.signal);
    return { outcome: { channel: channel.name, state: "taken", at: now() } };
  } catch (error) {
    if (!(error instanceof NotifyError)) throw error;
    const { fault, message, retryAfterSeconds } = error;
    log.warn({ channel: channel.name, about, reference: letter.reference, fault }, message);
    return { outcome: { channel: channel.name, state: fault }, retryAfterSeconds };
  } finally {
    clearTimeout(timer);
  }
};
