import { inflateRawSync } from "node:zlib";
import { AdapterError } from "../../schema/adapter.ts";

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

/** Unpacked for its length alone: the sizes written in an archive may lie. */
const lengthOf = (bytes: Uint8Array, view: DataView, entry: Entry, limit: number): number => {
  if (entry.method === 0) return entry.packed;
  const start =
    entry.local + 30 + view.getUint16(entry.local + 26, true) + view.getUint16(entry.local + 28, true);
  return inflateRawSync(bytes.subarray(start, start + entry.packed), { maxOutputLength: limit }).length;
};

/** The names in a zip archive, once it is certain that all of it together unpacks to at most `limit` bytes. */
export const namesInZip = (bytes: Uint8Array, limit: number): string[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  let left = limit;
  try {
    const { at, count } = directory(view);
    for (let next = at; names.length < count; ) {
      const entry = entryAt(bytes, view, next);
      if (entry.flags & 1)
        throw new AdapterError("rejected", "the archive is protected by a password: send it without");
      left -= lengthOf(bytes, view, entry, Math.max(1, left));
      names.push(entry.name);
      next = entry.next;
      if (left < 0) throw new RangeError();
    }
    return names;
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
