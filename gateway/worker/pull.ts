import type { PlatformName } from "../../schema/primitives.ts";
import { takeEvent } from "../flows/event.ts";
import { feedCursor, noteReading, readUpTo, rememberCursor } from "../flows/sync/feed.ts";
import { takePage } from "../flows/sync/take.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/**
 * So many pages at a time; the rest waits for the next turn, so that a long list does not hold its place for ever.
 */
const pagesAtOnce = 100;

const pullRoster = async (carrier: Carrier, platform: PlatformName) => {
  const port = portsOf(carrier, platform).roster;
  if (!port) return;
  let cursor = await feedCursor(carrier.deps, platform, "roster");
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const from = cursor;
    const { records, next, complete } = await call(carrier, platform, () => port.pull({ cursor: from }));
    const mark = readUpTo(platform, { feed: "roster", cursor: next });
    await noteReading(carrier.deps, platform, await takePage(carrier.deps, { platform, records, mark }));
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
