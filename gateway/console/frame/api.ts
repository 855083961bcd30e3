import type { Context } from "hono";

/* What the pages' forms work with. */

/** The public API, as any client calls it. */
export type Api = (path: string, init?: RequestInit) => Response | Promise<Response>;
/** The same for whoever sent this, so that they are counted and not their page. */
export type ApiFor = (c: Context) => Api;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Reads by somebody's token. */
export const bearing = (token: string) => ({ headers: bearer(token) });
/** Does something by it, with what is said where something is. */
export const sending = (token: string, json?: unknown, method: "POST" | "PATCH" = "POST") => ({
  method,
  headers: { ...bearer(token), ...(json === undefined ? {} : { "content-type": "application/json" }) },
  body: json === undefined ? undefined : JSON.stringify(json),
});
