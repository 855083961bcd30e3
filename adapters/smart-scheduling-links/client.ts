import { z } from "zod";
import { type AdapterContext, AdapterError } from "../../schema/adapter.ts";
import type { HttpReply, HttpStream } from "../../schema/http.ts";
import { parseJson } from "../kit/json.ts";
import { expectStatus } from "../kit/reply.ts";
import type { Options } from "./adapter.ts";
import { add, type Dropped } from "./dropped.ts";

const Manifest = z.object({ output: z.array(z.unknown()).max(5_000) });
const kinds = ["Location", "Schedule", "Slot"] as const;
export type Kind = (typeof kinds)[number];
const Output = z.object({ type: z.string(), url: z.url({ protocol: /^https?$/ }) });
/** A hint that is no list of states is no hint: publishers write `null`, a word alone, or something else. */
const Hint = z.object({ extension: z.object({ state: z.array(z.string()) }) });

export type File = { kind: Kind; url: URL };
type Listed = { files: File[]; dropped: Dropped };

/** What a file held. `fresh` unless the publisher said that it is still what was read before. */
export type Held<Content> = { content: Content; fresh: boolean };

/** Reads what a publisher serves: its manifest and the files that it names. */
export const createClient = (options: Options, ctx: AdapterContext) => {
  const manifest = new URL(options.manifestUrl);
  const remembered = createMemory();
  const http = (url: URL) => ctx.http(url.origin);
  const headersFor = (url: URL) => (url.origin === manifest.origin ? options.headers : {});
  const requestOf = (url: URL, signal: AbortSignal, etag?: string) => ({
    ...{ method: "GET" as const, path: url.pathname, query: Object.fromEntries(url.searchParams), signal },
    headers: { ...headersFor(url), accept: "*/*", ...(etag && { "if-none-match": etag }) },
  });

  return {
    /** The files that are to be read, and how many entries of the manifest cannot be. */
    async list(signal: AbortSignal): Promise<Held<Listed>> {
      const known = remembered.find<Listed>(manifest.href, "");
      const request = requestOf(manifest, signal, known?.etag);
      const reply = await http(manifest).request({ ...request, query: options.query });
      if (known && reply.status === 304) return { content: known.content, fresh: false };
      const content = listed(expectStatus(reply, 200), [manifest.origin, ...options.filesAt], options.states);
      remembered.keep(manifest.href, { etag: reply.headers.etag, as: "", content });
      remembered.forgetBut([manifest.href, ...content.files.map(({ url }) => url.href)]);
      return { content, fresh: true };
    },

    /** What `read` makes of a file's lines. `as` says all that its result depends on beside them. */
    async file<Content>(
      { url }: File,
      {
        as,
        read,
        signal,
      }: { as: string; read(lines: HttpStream["lines"]): Promise<Content>; signal: AbortSignal },
    ): Promise<Held<Content>> {
      const known = remembered.find<Content>(url.href, as);
      return http(url).stream(requestOf(url, signal, known?.etag), async (reply) => {
        if (known && reply.status === 304) return { content: known.content, fresh: false };
        if (reply.status !== 200) expectStatus({ ...reply, bytes: new Uint8Array(), text: "" }, 200);
        refuseHtml(reply);
        const content = await read(reply.lines);
        remembered.keep(url.href, { etag: reply.headers.etag, as, content });
        return { content, fresh: true };
      });
    },
  };
};
export type Client = ReturnType<typeof createClient>;

/** Files lie on plain web space and have any content type, but never this one: it is somebody's error page. */
const refuseHtml = ({ headers }: Pick<HttpReply, "headers">): void => {
  const { "content-type": type = "" } = headers;
  if (/^text\/html\b/i.test(type))
    throw new AdapterError("drifted", "the publisher answered with an HTML page");
};

const listed = (reply: HttpReply, hosts: string[], states?: string[]): Listed => {
  refuseHtml(reply);
  const manifest = Manifest.safeParse(parseJson(reply.text));
  if (!manifest.success) throw new AdapterError("drifted", "the publisher's manifest lists no output");
  const files: File[] = [];
  const dropped: Dropped = {};
  for (const given of manifest.data.output) {
    const output = Output.safeParse(given);
    const kind = kinds.find((each) => each === output.data?.type);
    if (output.success && !kind) continue;
    if (!output.success || !kind) add(dropped, "outputsUnreadable");
    else if (!hosts.includes(new URL(output.data.url).origin)) add(dropped, "outputsElsewhere");
    else if (isFor(states, given)) files.push({ kind, url: new URL(output.data.url) });
  }
  if (files.length === 0 && Object.keys(dropped).length > 0)
    throw new AdapterError("drifted", "the publisher's manifest names no file that can be read");
  return { files, dropped };
};

const isFor = (states: string[] | undefined, output: unknown): boolean => {
  const hint = Hint.safeParse(output).data?.extension.state;
  return !states || !hint || hint.some((state) => states.includes(state));
};

type Entry<Content> = { etag?: string; as: string; content: Content };

/**
 * What was read, for as long as the publisher says by its ETag that it is still so; never served unasked. A date of
 * last change is no validator here: it is blind to a second change within its second.
 */
const createMemory = () => {
  const entries = new Map<string, Entry<unknown>>();
  return {
    find: <Content>(url: string, as: string): Entry<Content> | undefined => {
      const entry = entries.get(url);
      return entry?.as === as ? (entry as Entry<Content>) : undefined;
    },
    keep: (url: string, entry: Entry<unknown>): void => {
      if (entry.etag) entries.set(url, entry);
      else entries.delete(url);
    },
    forgetBut: (urls: string[]): void => {
      const wanted = new Set(urls);
      for (const url of entries.keys()) if (!wanted.has(url)) entries.delete(url);
    },
  };
};
