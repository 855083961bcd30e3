import type { Reading } from "../../schema/platform.ts";
import { type Instant, millis, type PlatformName } from "../../schema/primitives.ts";
import { takeEvent } from "../flows/event.ts";
import { feedCursor, rememberCursor, takeNext } from "../flows/sync/feed.ts";
import { beginFirst, isFirstHalted } from "../flows/sync/reading.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/**
 * A turn ends after so long, well within a worker's lease: nobody else may begin to read the same list meanwhile. What
 * is left has a turn of its own at once, so that a long list loses no time.
 */
const turnMs = 20_000;
const pagesAtOnce = 100;

/** Whether a turn that begins now is over, when asked later. */
export const turn = (now: () => Instant) => {
  const end = millis(now()) + turnMs;
  return { isOver: () => millis(now()) >= end };
};

/** A line in the log every few seconds, as long as a list is read from its beginning. */
export const tellProgress = ({ log }: Carrier, platform: PlatformName, reading?: Reading): void => {
  if (!reading) return;
  const { kind, done, total, perSecond, secondsLeft, endedAt } = reading;
  const facts = { platform, kind, done, total, perSecond, secondsLeft };
  log.info(facts, endedAt ? "a list was read to its end" : "a list is being read");
};

/** Whether more waits to be read. Where a page fails, those before it are taken in, and it is the next one read. */
const pullRoster = async (carrier: Carrier, platform: PlatformName): Promise<boolean> => {
  const { deps } = carrier;
  const port = portsOf(carrier, platform).roster;
  if (!port) return false;
  let cursor = await feedCursor(deps, platform, "roster");
  if (cursor === undefined) await beginFirst(deps, platform);
  const { isOver } = turn(deps.now);
  for (let pages = 0; pages < pagesAtOnce && !isOver(); pages += 1) {
    if (await isFirstHalted(deps, platform)) return false;
    const from = cursor;
    const page = await call(carrier, platform, () => port.pull({ cursor: from }));
    const taken = await takeNext(deps, platform, { from, ...page });
    tellProgress(carrier, platform, taken?.progress);
    if (page.complete || !taken) return false;
    cursor = page.next;
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
