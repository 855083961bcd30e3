import iconv from "iconv-lite";
import { AdapterError } from "../../schema/adapter.ts";

/** How the text of a file was written, so that it is written back the same way. */
type Encoding = "utf8" | "utf8-bom" | "utf16le" | "utf16be" | "windows-1252";

const utf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Without a byte order mark, UTF-16 shows by the zeros that Latin letters have in every other byte. */
const encodingOf = (bytes: Uint8Array): Encoding => {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf8-bom";
  if (first === 0xff && second === 0xfe) return "utf16le";
  if (first === 0xfe && second === 0xff) return "utf16be";
  const sample = bytes.subarray(0, 1000);
  const zeros = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 4 && even === 0) return "utf16le";
  if (even > sample.length / 4 && odd === 0) return "utf16be";
  return utf8(bytes) === undefined ? "windows-1252" : "utf8";
};

/** Text of unknown origin: Unicode where it says or proves so, else what Windows writes in Belgium. */
export const decode = (bytes: Uint8Array): { text: string; encoding: Encoding } => {
  const encoding = encodingOf(bytes);
  const isUtf8 = encoding === "utf8" || encoding === "utf8-bom";
  // Many times as fast as iconv, which is left what Node does not read or finds broken.
  const text =
    (isUtf8 ? utf8(bytes) : undefined) ??
    iconv.decode(Buffer.from(bytes), isUtf8 ? "utf8" : encoding, { stripBOM: true });
  if (text.includes("\0"))
    throw new AdapterError("rejected", "the file is binary data, neither a CSV file nor a workbook");
  return { text, encoding };
};

/** In the same encoding, unless a new name has letters that Windows-1252 lacks: then UTF-8. */
export const encode = (text: string, encoding: Encoding): Uint8Array => {
  if (encoding === "utf8") return iconv.encode(text, "utf8");
  const bytes = iconv.encode(text, encoding === "utf8-bom" ? "utf8" : encoding, {
    addBOM: encoding !== "windows-1252",
  });
  const faithful = encoding !== "windows-1252" || iconv.decode(bytes, encoding) === text;
  return faithful ? bytes : iconv.encode(text, "utf8", { addBOM: true });
};
