import type { RosterEntry, Sourced } from "../../schema/adapter.ts";
import type { PlatformName } from "../../schema/primitives.ts";
import { takeEvent } from "../flows/event.ts";
import { type Account, feedCursor, noteReading, rememberCursor, takeIn } from "../flows/sync.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/**
 * So many pages at a time; the rest waits for the next turn, so that a long list does not hold its place for ever.
 */
const pagesAtOnce = 100;

const count = <Name extends string>(counts: Partial<Record<Name, number>>, name: Name) => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const takePage = async (carrier: Carrier, platform: PlatformName, records: Sourced<RosterEntry>[]) => {
  const account: Account = { outcomes: {}, faults: {} };
  for (const record of records) {
    const { outcome, faults } = await takeIn(carrier.deps, platform, record);
    count(account.outcomes, outcome);
    for (const fault of faults) count(account.faults, fault);
  }
  if (Object.keys(account.faults).length > 0) await noteReading(carrier.deps, platform, account);
};

const pullRoster = async (carrier: Carrier, platform: PlatformName) => {
  const port = portsOf(carrier, platform).roster;
  if (!port) return;
  let cursor = await feedCursor(carrier.deps, platform, "roster");
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const from = cursor;
    const { records, next, complete } = await call(carrier, platform, () => port.pull({ cursor: from }));
    await takePage(carrier, platform, records);
    await rememberCursor(carrier.deps, platform, { feed: "roster", cursor: next });
    cursor = next;
    if (complete) return;
  }
};

const pullAnswers = async (carrier: Carrier, platform: PlatformName) => {
  const port = portsOf(carrier, platform).invite;
  if (!port) return;
  const cursor = await feedCursor(carrier.deps, platform, "answers");
  const { events, next } = await call(carrier, platform, () => port.answers({ cursor }));
  for (const event of events) await takeEvent(carrier.deps, platform, event);
  if (next !== cursor) await rememberCursor(carrier.deps, platform, { feed: "answers", cursor: next });
};

/** Reads what is new on a platform: its list, and what people answered there. */
export const pull = async (carrier: Carrier, platform: PlatformName): Promise<void> => {
  await pullAnswers(carrier, platform);
  await pullRoster(carrier, platform);
};
