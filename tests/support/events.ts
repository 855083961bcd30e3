/** One event of a stream (WHATWG HTML, 9.2.6), or a comment line. */
export type Event = { event?: string; id?: string; data: string };

const parsed = (block: string): Event => {
  const lines = block.split("\n").map((line) => line.split(/: (.*)/s));
  const of = (field: string) => lines.find(([name]) => name === field)?.[1];
  return { event: of("event"), id: of("id"), data: of("data") ?? "" };
};

/** Reads a stream event by event; comments are passed over. `undefined`: it has ended. */
export const eventsOf = (reply: Response) => {
  const reader = reply.body?.getReader();
  if (!reader) throw new Error("the answer has no body");
  const decoder = new TextDecoder();
  let text = "";
  const next = async (): Promise<Event | undefined> => {
    for (;;) {
      const end = text.indexOf("\n\n");
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (!block.startsWith(":")) return parsed(block);
        continue;
      }
      const { value, done } = await reader.read();
      if (done) return undefined;
      text += decoder.decode(value, { stream: true });
    }
  };
  return { next, close: () => reader.cancel() };
};
