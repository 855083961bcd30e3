import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Scope } from "./router.ts";

/* Events pushed to whoever reads (WHATWG HTML, 9.2), for as long as they do. */

/** What keeps proxies from taking a quiet evening for a dead connection. */
export const beat = ": still here\n\n";

/** One who reads a stream. `write` is over once they took it; `end` closes the stream from here. */
export type Reader = { write(text: string): Promise<unknown>; end(): void };
/** `beat` is called when it is time to say that the stream is still there; `leave` once its reader is gone. */
type Listening = { beat(): void; leave(): void };

/** Opens a stream to whoever asks; `listen` is called with them, and says how to leave. */
export const streamTo = (
  c: Context<Scope>,
  heartbeatMs: number | undefined,
  listen: (reader: Reader) => Listening,
): Response => {
  // Nobody reads the body of a HEAD, and nobody would ever leave it.
  if (c.req.method === "HEAD") return c.body(null, 200, { "content-type": "text/event-stream" });
  return streamSSE(c, async (stream) => {
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
      stream.onAbort(resolve);
    });
    const listening = listen({ write: (text) => stream.write(text), end });
    const beating = setInterval(listening.beat, heartbeatMs ?? 15_000);
    await over;
    clearInterval(beating);
    listening.leave();
  });
};

/**
 * Writes one event after the other, and of those that come meanwhile only the last: whoever reads slowly or never
 * misses what is over, and nothing piles up for them. Without an event, says that it is still there.
 */
export const latest = (write: (event: string) => Promise<unknown>) => {
  let next: string | undefined;
  let writing = false;
  return async (event = next ?? beat): Promise<void> => {
    next = event;
    if (writing) return;
    writing = true;
    while (next !== undefined) {
      const now = next;
      next = undefined;
      await write(now);
    }
    writing = false;
  };
};
