import type { Dispatcher } from "undici";
import type { HttpRequest } from "../../schema/http.ts";
import type { Deadline } from "./deadline.ts";
import { bodyLimit, flat, tooLong, type Whole, wholeByUndici } from "./whole.ts";

export type Outgoing = {
  /** Below the origin: "/v1/slots?from=…". */
  path: string;
  method: HttpRequest["method"];
  headers: Record<string, string>;
  body?: string | Uint8Array;
  limit: Deadline;
};
type Incoming = { status: number; headers: Record<string, string>; body: AsyncIterable<Uint8Array> };

/** How a request goes over the wire, for a reply that is wanted whole, or as it comes. */
export type Send = {
  whole(outgoing: Outgoing): Promise<Whole>;
  begin(outgoing: Outgoing): Promise<Incoming>;
};

const queryOf = ({ query }: HttpRequest): string => {
  if (!query) return "";
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) given.append(name, String(value));
  const text = given.toString();
  return text && `?${text}`;
};

/** A request as it goes over the wire; `prefix` is the path of the base address. */
export const outgoing = (prefix: string, request: HttpRequest, limit: Deadline): Outgoing => {
  const headers: Record<string, string> = { accept: "application/json", ...request.headers };
  const path = prefix + request.path + queryOf(request);
  const { method, bytes } = request;
  if (request.json !== undefined) {
    headers["content-type"] ??= "application/json";
    return { path, method, headers, limit, body: JSON.stringify(request.json) };
  }
  if (request.form) {
    headers["content-type"] ??= "application/x-www-form-urlencoded";
    return { path, method, headers, limit, body: new URLSearchParams(request.form).toString() };
  }
  return { path, method, headers, limit, body: bytes };
};

/** A redirect is an answer like another: nothing follows it, so that none leads round in a circle, or elsewhere. */
export const byUndici = (origin: string, dispatcher: Dispatcher): Send => ({
  whole: (request) => wholeByUndici({ dispatcher, origin }, request),
  begin: async ({ limit, ...request }) => {
    const reply = await dispatcher.request({ ...request, origin, signal: limit.signal });
    return { status: reply.statusCode, headers: flat(reply.headers), body: reply.body };
  },
});

export const byFetch = (origin: string, fetching: typeof fetch): Send => {
  const begin: Send["begin"] = async ({ path, limit, ...options }) => {
    const reply = await fetching(origin + path, { ...options, signal: limit.signal, redirect: "manual" });
    const body = reply.body ?? new Blob([]).stream();
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body };
  };
  const whole: Send["whole"] = async (request) => {
    const { status, headers, body } = await begin(request);
    return { status, headers, bytes: await readBody({ headers, body }) };
  };
  return { whole, begin };
};

/** One that is longer than a platform may send, or is said to be, is left where it is. */
const readBody = async ({ headers, body }: Omit<Incoming, "status">): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const announced = Number(headers["content-length"]);
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bodyLimit || announced > bodyLimit) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Ends a body that nobody wants to the end. */
export const leave = async (body: AsyncIterable<Uint8Array>): Promise<void> => {
  try {
    for await (const _ of body) break;
  } catch {
    // It has ended otherwise.
  }
};
