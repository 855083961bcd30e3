import type { Context } from "hono";
import type { Evening } from "../../../schema/evening.ts";
import { Changes } from "./board.tsx";
import type { Desk } from "./desk.ts";

/* The API's stream passed on, each change as the parts of the page that it changes. */

const fieldIn = (block: string, name: string): string =>
  block
    .split("\n")
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trimStart() ?? "";

/** A page's script hears no comment, and must know that the stream lives. */
const beat = "event: beat\ndata:\n\n";

const passedOn = (desk: Desk, block: string): string => {
  if (block.startsWith(":")) return beat;
  const evening = JSON.parse(fieldIn(block, "data")) as Evening;
  const html = String(<Changes desk={desk} evening={evening} />);
  // A lone carriage return ends a line of a stream as well (WHATWG HTML, 9.2.6).
  const data = html.split(/\r\n?|\n/).map((line) => `data: ${line}`);
  return [`event: evening`, `id: ${evening.position}`, ...data].join("\n").concat("\n\n");
};

/** Blocks of a stream, however it is cut. */
const inParts = (desk: Desk) => {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let text = "";
  return new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, out) => {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) out.enqueue(encoder.encode(passedOn(desk, block)));
    },
  });
};

/** `Last-Event-ID` where a browser comes back by itself; `after` where a page begins. */
export const passOn = async (c: Context, desk: Desk, centre: string): Promise<Response> => {
  const since = c.req.header("last-event-id") ?? c.req.query("after");
  const reply = await desk.session.api(`/v1/centres/${centre}/live`, {
    headers: since ? { "last-event-id": since } : {},
  });
  if (!reply.ok || !reply.body) return c.body(null, reply.ok ? 502 : (reply.status as 403));
  return c.body(reply.body.pipeThrough(inParts(desk)), 200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
};
