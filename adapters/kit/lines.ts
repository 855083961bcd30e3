import { AdapterError } from "../../schema/adapter.ts";

/** The longest body that is read line by line, and the longest of its lines, in bytes. */
const longest = { body: 256 * 1024 * 1024, line: 1024 * 1024 };
const newline = 0x0a;

/**
 * The lines of a body as they come, without their ends ("\n" or "\r\n"), holding no more than one of them. A last line
 * need not be ended. Throws `drifted` for a body or a line longer than any platform means.
 */
export async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let length = 0;
  let begun: Uint8Array[] = [];
  let held = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > longest.body) throw new AdapterError("drifted", "the reply is longer than 256 MiB");
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      yield textOf([...begun, chunk.subarray(start, end)]);
      [begun, held, start] = [[], 0, end + 1];
    }
    held += chunk.byteLength - start;
    if (held > longest.line) throw new AdapterError("drifted", "a line of the reply is longer than 1 MiB");
    if (start < chunk.byteLength) begun.push(chunk.subarray(start));
  }
  if (held > 0) yield textOf(begun);
}

const textOf = (parts: Uint8Array[]): string => {
  const bytes = parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
  return decoder.decode(bytes).replace(/\r$/, "");
};
/** Only the first line can begin with a byte order mark, and JSON allows none: it is dropped wherever it stands. */
const decoder = new TextDecoder();
