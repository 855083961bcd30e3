import { createHash } from "node:crypto";
import { Hono } from "hono";
import { accepts } from "hono/accepts";
import type { Releases } from "../../../schema/release.ts";
import { catalogueOf } from "./catalogue.ts";
import { asJsonLd } from "./json-ld.ts";
import { asTurtle } from "./turtle.ts";

/* The catalogue, by which a national portal harvests what was released. It knows what the API tells anybody. */

type Given = {
  /** The public API; `env`: whose connection it is for. */
  api(path: string, init?: RequestInit, env?: unknown): Response | Promise<Response>;
  publicUrl: string;
};

const written = { "application/ld+json": asJsonLd, "text/turtle": asTurtle } as const;
type Type = keyof typeof written;
const types = Object.keys(written) as Type[];
const byEnding: Record<string, Type> = { ".jsonld": "application/ld+json", ".ttl": "text/turtle" };

/** `/catalogue` by what is accepted, JSON-LD by itself; `/catalogue.jsonld` and `/catalogue.ttl` for whoever cannot say. */
export const catalogueDoor = ({ api, publicUrl }: Given): Hono => {
  const door = new Hono();
  for (const ending of ["", ".jsonld", ".ttl"])
    door.get(`/catalogue${ending}`, async (c) => {
      const reply = await api("/v1/releases", { headers: forwarded(c.req.raw.headers) }, c.env);
      if (!reply.ok) return new Response(reply.body, reply);
      const wanted = accepts(c, { header: "Accept", supports: types, default: "application/ld+json" });
      const type = byEnding[ending] ?? (wanted as Type);
      const things = catalogueOf({ ...((await reply.json()) as Releases), at: publicUrl });
      const body = written[type](things);
      const etag = `"${createHash("sha256").update(body).digest("hex")}"`;
      const headers = {
        ...{ etag, vary: "accept", "cache-control": "public, max-age=300" },
        "access-control-allow-origin": "*",
      };
      if (c.req.header("if-none-match")?.includes(etag)) return c.body(null, 304, headers);
      const charset = type === "text/turtle" ? "; charset=utf-8" : "";
      return c.body(body, 200, { ...headers, "content-type": `${type}${charset}` });
    });
  return door;
};

/** So that whoever asks is counted, and not this door. */
const forwarded = (headers: Headers): Record<string, string> => {
  const from = headers.get("x-forwarded-for");
  return from ? { "x-forwarded-for": from } : {};
};
