import type { PlatformName } from "../../schema/primitives.ts";
import { takeEvent } from "../flows/event.ts";
import { feedCursor, noteReading, readUpTo, rememberCursor } from "../flows/sync/feed.ts";
import { takePage } from "../flows/sync/take.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/**
 * So many pages in one turn, which ends well within a worker's lease. What is left has a turn of its own at once, so
 * that a long list holds its place for no longer than that, and loses no time.
 */
const pagesAtOnce = 100;

/** Whether more waits to be read. Where a page fails, those before it are taken in, and it is the next one read. */
const pullRoster = async (carrier: Carrier, platform: PlatformName): Promise<boolean> => {
  const port = portsOf(carrier, platform).roster;
  if (!port) return false;
  let cursor = await feedCursor(carrier.deps, platform, "roster");
  for (let page = 0; page < pagesAtOnce; page += 1) {
    const from = cursor;
    const { records, next, complete } = await call(carrier, platform, () => port.pull({ cursor: from }));
    const mark = readUpTo(platform, { feed: "roster", cursor: next });
    await noteReading(carrier.deps, platform, await takePage(carrier.deps, { platform, records, mark }));
    cursor = next;
    if (complete) return false;
  }
  return true;
};

const pullAnswers = async (carrier: Carrier, platform: PlatformName) => {
  const port = portsOf(carrier, platform).invite;
  if (!port) return;
  const cursor = await feedCursor(carrier.deps, platform, "answers");
  const { events, next } = await call(carrier, platform, () => port.answers({ cursor }));
  for (const event of events) await takeEvent(carrier.deps, platform, event);
  if (next !== cursor) await rememberCursor(carrier.deps, platform, { feed: "answers", cursor: next });
};

/** Reads what is new on a platform: its list, and what people answered there. Says whether more waits there. */
export const pull = async (carrier: Carrier, platform: PlatformName): Promise<boolean> => {
  await pullAnswers(carrier, platform);
  return pullRoster(carrier, platform);
};
