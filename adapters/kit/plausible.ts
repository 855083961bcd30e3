import {
  AdapterError,
  type Capability,
  type HeldBooking,
  type PlatformEvent,
  type Ports,
  type Slot,
  type Sourced,
} from "../../schema/adapter.ts";
import type { CentreId, Instant } from "../../schema/primitives.ts";

/** Why something that a platform said is not passed on. */
export type Why = "not asked for" | "repeated" | "over before it begins";
export type Doubts = { now(): Instant; dropped(why: Why): void };

type Answer<Method> = Method extends (input: infer Input) => Promise<infer Result>
  ? (doubts: Doubts, result: Result, input: Input) => Result
  : never;
type Corrections = {
  [Able in Capability]?: { [Name in keyof Ports[Able]]?: Answer<NonNullable<Ports[Able][Name]>> };
};

/** Keeps what nothing speaks against, and each name once. */
const sift = <Item>(
  { dropped }: Doubts,
  items: Item[],
  { nameOf, doubtOf }: { nameOf(item: Item): string; doubtOf(item: Item): Why | undefined },
): Item[] => {
  const seen = new Set<string>();
  return items.filter((item) => {
    const name = nameOf(item);
    const why = doubtOf(item) ?? (seen.has(name) ? "repeated" : undefined);
    if (why) dropped(why);
    else seen.add(name);
    return !why;
  });
};

type Asked = { centres: CentreId[]; from: Instant; until: Instant };
const isAnswerTo = ({ centres, from, until }: Asked) => {
  const wanted = new Set(centres);
  return (centre: CentreId, at: Instant) => wanted.has(centre) && at >= from && at < until;
};

/** Nothing that has happened happened later than now: where a platform says so, its clock is ahead. */
const capped = <At extends Instant | undefined>(at: At, now: Instant): At =>
  (at !== undefined && at > now ? now : at) as At;

const cappedRecord = <Value>(record: Sourced<Value>, now: Instant): Sourced<Value> => ({
  ...record,
  checkedAt: capped(record.checkedAt, now),
  validAt: capped(record.validAt, now),
  ...(record.changedAt && { changedAt: capped(record.changedAt, now) }),
});

const cappedEvent = (event: PlatformEvent, now: Instant): PlatformEvent =>
  event.kind === "roster-changed"
    ? { ...event, entry: cappedRecord(event.entry, now) }
    : { ...event, at: capped(event.at, now) };

/** A page after which the same one comes again has no end: whoever read on would read for ever. */
const refuseCircle = (page: { next: string; complete: boolean }, { cursor }: { cursor?: string }): void => {
  if (!page.complete && page.next === cursor)
    throw new AdapterError("drifted", "a page is followed by itself");
};

/**
 * What is corrected in the answers of every platform, in this place alone: no adapter need think of it, and nobody
 * behind the ports. A slot that has begun was asked for where the question reaches back, and is left out uncounted.
 */
export const corrections: Corrections = {
  slots: {
    list: (doubts, slots, input) => {
      const [now, fits] = [doubts.now(), isAnswerTo(input)];
      const doubtOf = ({ centre, startsAt, endsAt }: Slot): Why | undefined => {
        if (!fits(centre, startsAt)) return "not asked for";
        return endsAt <= startsAt ? "over before it begins" : undefined;
      };
      const kept = sift(doubts, slots, { doubtOf, nameOf: ({ externalId }) => externalId });
      return input.from < now ? kept.filter(({ startsAt }) => startsAt >= now) : kept;
    },
  },
  booking: {
    held: (doubts, bookings, input) => {
      const fits = isAnswerTo(input);
      const doubtOf = ({ centre, at }: HeldBooking) => (fits(centre, at) ? undefined : "not asked for");
      return sift(doubts, bookings, { doubtOf, nameOf: ({ externalRef }) => externalRef });
    },
  },
  roster: {
    pull: ({ now }, page, input) => {
      refuseCircle(page, input);
      const at = now();
      return { ...page, records: page.records.map((record) => cappedRecord(record, at)) };
    },
  },
  invite: {
    send: ({ now }, receipt) =>
      receipt.state === "taken" ? { ...receipt, at: capped(receipt.at, now()) } : receipt,
    answers: ({ now }, page) => {
      const at = now();
      return { ...page, events: page.events.map((event) => cappedEvent(event, at)) };
    },
  },
  official: {
    changes: ({ now }, page, input) => {
      refuseCircle(page, input);
      const at = now();
      return { ...page, events: page.events.map((event) => ({ ...event, at: capped(event.at, at) })) };
    },
  },
  inbound: {
    receive: ({ now }, delivery) => {
      const at = now();
      return { ...delivery, events: delivery.events.map((event) => cappedEvent(event, at)) };
    },
  },
};
