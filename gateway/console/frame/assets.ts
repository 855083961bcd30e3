import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Hono } from "hono";
import { forGood, headers } from "./headers.ts";

/* What pages load: styles and scripts as they lie in `assets/`, and of two packages. Nothing is built. */

const beside = (name: string) => readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8");
const ofPackage = (path: string) => readFileSync(new URL(import.meta.resolve(path)), "utf8");

/** The base style stands in a layer of its own, below ours, so that any rule of ours counts more than any of its. */
const base = ofPackage("@picocss/pico/css/pico.min.css").replace('@charset "UTF-8";', "");
const shared = `@layer base{${base}}\n${beside("style.css")}`;

/** A room's style holds what all pages share: a slow telephone shows a page as soon as one style has come, not two. */
const styleOf = (name: string): string => (name === "style.css" ? shared : `${shared}\n${beside(name)}`);
const kinds: Record<string, { type: string; read(name: string): string }> = {
  ".css": { type: "text/css", read: styleOf },
  ".js": { type: "text/javascript", read: beside },
};

type Asset = { content: string; type: string; version: string; packed: Map<string, Uint8Array<ArrayBuffer>> };

const assetOf = (content: string, type: string): Asset => ({
  content,
  type: `${type}; charset=utf-8`,
  packed: new Map(),
  version: createHash("sha256").update(content).digest("base64url").slice(0, 10),
});

const own = readdirSync(new URL("../assets/", import.meta.url)).flatMap((name): [string, Asset][] => {
  const kind = kinds[extname(name)];
  return kind ? [[name, assetOf(kind.read(name), kind.type)]] : [];
});
const assets = new Map<string, Asset>([
  ...own,
  ["idiomorph.js", assetOf(ofPackage("idiomorph/dist/idiomorph.esm.js"), "text/javascript")],
]);

/** Where a page loads it: another address when its content is another. */
export const asset = (name: string): string => {
  const found = assets.get(name);
  if (!found) throw new Error(`there is no ${name} in assets/`);
  return `/${name}?v=${found.version}`;
};

const packers = { br: brotliCompressSync, gzip: gzipSync } as const;
type Sent = { body: string | Uint8Array<ArrayBuffer>; headers: Record<string, string> };
/** Packed once, when somebody first wants it so. Pages are not: what they tell of one person must not show in a length. */
const packed = (given: Asset, accepted: string): Sent => {
  const [encoding, pack] = Object.entries(packers).find(([name]) => accepted.includes(name)) ?? [];
  if (!encoding || !pack) return { body: given.content, headers: {} };
  const body = given.packed.get(encoding) ?? Uint8Array.from(pack(given.content));
  given.packed.set(encoding, body);
  return { body, headers: { "content-encoding": encoding } };
};

export const assetPages = (): Hono => {
  const app = new Hono();
  for (const [name, each] of assets)
    app.get(`/${name}`, (c) => {
      const tag = `"${each.version}"`;
      const kept = c.req.query("v") === each.version ? forGood : headers;
      const about = { ...kept, "content-type": each.type, etag: tag, vary: "accept-encoding" };
      if (c.req.header("if-none-match")?.includes(tag)) return c.body(null, 304, about);
      const sent = packed(each, c.req.header("accept-encoding") ?? "");
      const all = { ...about, ...sent.headers };
      return typeof sent.body === "string" ? c.body(sent.body, 200, all) : c.body(sent.body, 200, all);
    });
  return app;
};
