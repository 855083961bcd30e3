import type { Context } from "hono";
import type { Log } from "../../schema/adapter.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import { mediaTypes, type TableFormat } from "../../schema/table-file.ts";
import type { Scope } from "./router.ts";

/* A table as a file that is read while it is written, with all that a cache and a harvester ask of it (RFC 9110). */

type TableFile = {
  format: TableFormat;
  /** Without its quotes. */
  etag: string;
  /** Two files of one tag mean the same, and may differ in their bytes. */
  isWeak?: boolean;
  lastModified: Instant;
  /** How many bytes it has, where that is known beforehand. */
  bytes?: number;
  sha256?: Uint8Array;
  /** Where this very version is, for ever; absent where it was asked for there. */
  at?: string;
  filename: string;
  isPublic: boolean;
  content(): AsyncGenerator<Uint8Array>;
};

const year = 31_536_000;
/** A day that is not the last word yet is asked for again after so long. */
const shortly = 300;

const charset: Record<TableFormat, string> = {
  csv: "; charset=utf-8",
  json: "",
  ndjson: "; charset=utf-8",
  parquet: "",
};

const httpDate = (at: Instant): string => new Date(millis(at)).toUTCString();

const headersOf = (file: TableFile): Record<string, string> => {
  const { format, etag, isWeak, bytes, sha256, at, isPublic } = file;
  const kept = at ? `max-age=${shortly}` : `max-age=${year}, immutable`;
  return {
    "content-type": mediaTypes[format] + charset[format],
    etag: `${isWeak ? "W/" : ""}"${etag}"`,
    "last-modified": httpDate(file.lastModified),
    "cache-control": `${isPublic ? "public" : "private"}, ${kept}`,
    "accept-ranges": "none",
    "content-disposition": `attachment; filename="${file.filename}"`,
    // What is open may also be read by the page of another site.
    ...(isPublic ? { "access-control-allow-origin": "*" } : { vary: "authorization" }),
    ...(at ? { "content-location": at } : {}),
    ...(bytes === undefined ? {} : { "content-length": String(bytes) }),
    // RFC 9530.
    ...(sha256 ? { "repr-digest": `sha-256=:${Buffer.from(sha256).toString("base64")}:` } : {}),
  };
};

/** RFC 9110, 13.1.2: the weak comparison, since nobody asks for a part. */
const hasIt = (c: Context<Scope>, { etag, lastModified }: TableFile): boolean => {
  const tags = c.req.header("if-none-match");
  if (tags !== undefined)
    return (
      tags.trim() === "*" || tags.split(",").some((tag) => tag.trim().replace(/^W\//, "") === `"${etag}"`)
    );
  const since = Date.parse(c.req.header("if-modified-since") ?? "");
  return !Number.isNaN(since) && Math.floor(millis(lastModified) / 1000) * 1000 <= since;
};

/** Reads on as fast as whoever takes it, and no longer than they do. A file that breaks off ends its connection. */
const streamOf = (content: AsyncGenerator<Uint8Array>, broke: (error: unknown) => void): ReadableStream =>
  new ReadableStream(
    {
      pull: async (out) => {
        try {
          const { value, done } = await content.next();
          if (done) out.close();
          else out.enqueue(value);
        } catch (error) {
          broke(error);
          out.error(error);
        }
      },
      cancel: async () => {
        await content.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );

/** Answers with the file; with its headers alone where only those are asked for, or where they have it. */
export const answerFile = (c: Context<Scope>, log: Log, file: TableFile) => {
  const headers = headersOf(file);
  if (hasIt(c, file)) {
    const { "content-length": _, "content-type": __, "content-disposition": ___, ...kept } = headers;
    return c.body(null, 304, kept);
  }
  if (c.req.method === "HEAD") return c.body(null, 200, headers);
  const broke = (error: unknown) =>
    log.warn({ file: file.filename, error: String(error) }, "a file broke off");
  return c.body(streamOf(file.content(), broke), 200, headers);
};

const asText = { schema: { type: "string" as const } };
const asRows = { schema: { type: "array" as const, items: { type: "object" as const } } };

export const fileOf = (description: string) => ({
  200: {
    description,
    content: {
      [mediaTypes.csv]: asText,
      [mediaTypes.json]: asRows,
      [mediaTypes.ndjson]: asText,
      [mediaTypes.parquet]: asText,
    },
  },
  304: { description: "Whoever asks has it already" },
});
