import type { Log } from "../../schema/adapter.ts";
import type { CloudEvent } from "../../schema/cloud-event.ts";
import type { Deps } from "../flows/deps.ts";
import {
  cursorOf,
  type Hearer,
  headsNow,
  isBehind,
  type Page,
  type Reached,
  readEvents,
} from "../flows/events/feed.ts";
import { openFreshness } from "../flows/events/freshness.ts";

/* Everybody who hears at this gateway what happens, and the one look that serves them all. */

export type Listener = {
  hearer: Hearer;
  reached: Reached;
  /** Whether its reader may still be told. */
  mayRead(): Promise<boolean>;
  /** Over once the reader took it: until then they are told nothing more, and afterwards all that was missed. */
  tell(told: { event: CloudEvent; cursor: string }[]): Promise<unknown>;
  /** Says that it is still there, and how far its reader was told. */
  beat(cursor: string): Promise<unknown>;
  end(): void;
};

const everyMs = 500;
/** So many events are written at a time to one reader. */
const atOnce = 200;

/** Those who are told the same are read for once. */
const sameAs = ({ hearer, reached }: Listener): string => JSON.stringify([hearer, cursorOf(reached)]);

export const openEventStreams = ({ deps, log, base }: { deps: Deps; log: Log; base: string }) => {
  const listeners = new Set<Listener>();
  const busy = new Set<Listener>();
  const freshen = openFreshness(deps);
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  const leave = (listener: Listener): void => {
    listeners.delete(listener);
    busy.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const hold = (listener: Listener, writing: Promise<unknown>): void => {
    busy.add(listener);
    writing.catch(() => leave(listener)).finally(() => busy.delete(listener));
  };

  const stay = async (listener: Listener): Promise<boolean> => {
    if (await listener.mayRead()) return listeners.has(listener);
    leave(listener);
    listener.end();
    return false;
  };

  const serve = async (listener: Listener, { heard, reached }: Page): Promise<void> => {
    if (heard.length > 0 && !(await stay(listener))) return;
    listener.reached = reached;
    if (heard.length === 0) return;
    const told = heard.map((each) => ({ event: each.event, cursor: cursorOf(each.reached) }));
    hold(listener, listener.tell(told));
  };

  const look = async (): Promise<void> => {
    await freshen();
    const ready = [...listeners].filter((each) => !busy.has(each));
    const regions = [...new Set(ready.flatMap(({ hearer }) => hearer.regions))];
    const heads = await headsNow(deps, { regions });
    const pages = new Map<string, Promise<Page>>();
    for (const listener of ready.filter((each) => isBehind(each.reached, heads, each.hearer))) {
      const { hearer, reached } = listener;
      const key = sameAs(listener);
      const page = pages.get(key) ?? readEvents(deps, { hearer, reached, limit: atOnce, base });
      pages.set(key, page);
      await serve(listener, await page);
    }
  };

  const turn = (): void => {
    if (looking) return;
    looking = true;
    look()
      .catch(() => log.warn({ everyMs }, "what happened could not be looked at; the next look may"))
      .finally(() => {
        looking = false;
      });
  };

  const join = (listener: Listener): void => {
    listeners.add(listener);
    timer ??= setInterval(turn, everyMs);
    turn();
  };

  /** Says that a stream is still there; or ends it, where nobody else would ask whether it may be. */
  const pulse = async (listener: Listener): Promise<void> => {
    if (busy.has(listener)) return;
    if (await stay(listener).catch(() => true)) hold(listener, listener.beat(cursorOf(listener.reached)));
  };

  return { join, leave, pulse };
};
