import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { AdapterError } from "../../schema/adapter.ts";

/** In a thread of its own, as Node has it. */
const inflate = promisify(inflateRaw);

const broken = (cause?: unknown) =>
  new AdapterError("rejected", "the file is a damaged workbook or archive: save it again and send that", {
    cause,
  });

/** Where the directory of an archive begins, read from its last record, which a comment of 64 KiB may follow. */
const directory = (view: DataView): { at: number; count: number } => {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (view.getUint32(at, true) === 0x06054b50)
      return { at: view.getUint32(at + 16, true), count: view.getUint16(at + 10, true) };
  throw broken();
};

type Entry = { name: string; flags: number; method: number; packed: number; local: number; next: number };

const entryAt = (bytes: Uint8Array, view: DataView, at: number): Entry => {
  if (view.getUint32(at, true) !== 0x02014b50) throw broken();
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    packed: view.getUint32(at + 20, true),
    local: view.getUint32(at + 42, true),
    next: nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true),
  };
};

const contentOf = async (
  bytes: Uint8Array,
  view: DataView,
  entry: Entry,
  limit: number,
): Promise<Uint8Array> => {
  const names = view.getUint16(entry.local + 26, true) + view.getUint16(entry.local + 28, true);
  const start = entry.local + 30 + names;
  const packed = bytes.subarray(start, start + entry.packed);
  return entry.method === 0 ? packed : inflate(packed, { maxOutputLength: Math.max(1, limit) });
};

/** A workbook has a few files for each worksheet; tens of thousands of empty ones take a minute to unpack. */
const filesAtMost = 1000;

export type Unpacked = { name: string; content: Uint8Array };

/**
 * What is in a zip archive, as long as all of it together is at most `limit` bytes. That is found by unpacking: the
 * sizes written in an archive may lie.
 */
export const unzip = async (bytes: Uint8Array, limit: number): Promise<Unpacked[]> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Unpacked[] = [];
  let left = limit;
  try {
    const { at, count } = directory(view);
    if (count > filesAtMost)
      throw new AdapterError(
        "rejected",
        `the archive has more than ${filesAtMost} files: send the list alone`,
      );
    for (let next = at; found.length < count; ) {
      const entry = entryAt(bytes, view, next);
      if (entry.flags & 1)
        throw new AdapterError("rejected", "the archive is protected by a password: send it without");
      const content = await contentOf(bytes, view, entry, left);
      left -= content.length;
      found.push({ name: entry.name, content });
      next = entry.next;
      if (left < 0) throw new RangeError();
    }
    return found;
  } catch (cause) {
    if (cause instanceof AdapterError) throw cause;
    const tooLong =
      left < 0 || (cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE");
    if (!tooLong) throw broken(cause);
    const size = `${limit / 1024 / 1024} MiB`;
    throw new AdapterError("rejected", `the workbook unpacks to more than ${size}: no list is that long`, {
      cause,
    });
  }
};
