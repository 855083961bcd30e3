import type { Dispatcher } from "undici";
import { AdapterError } from "../../schema/adapter.ts";
import type { HttpRequest } from "../../schema/http.ts";

/** The longest body that a platform may send. */
const bodyLimit = 8 * 1024 * 1024;

export type Outgoing = {
  /** Below the origin: "/v1/slots?from=…". */
  path: string;
  method: HttpRequest["method"];
  headers: Record<string, string>;
  body?: string | Uint8Array;
  signal: AbortSignal;
};
export type Incoming = { status: number; headers: Record<string, string>; body: AsyncIterable<Uint8Array> };
export type Send = (outgoing: Outgoing) => Promise<Incoming>;

const queryOf = ({ query }: HttpRequest): string => {
  if (!query) return "";
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) given.append(name, String(value));
  const text = given.toString();
  return text && `?${text}`;
};

/** A request as it goes over the wire; `prefix` is the path of the base address. */
export const outgoing = (prefix: string, request: HttpRequest, signal: AbortSignal): Outgoing => {
  const headers: Record<string, string> = { accept: "application/json", ...request.headers };
  const path = prefix + request.path + queryOf(request);
  const { method, bytes } = request;
  if (request.json !== undefined) {
    headers["content-type"] ??= "application/json";
    return { path, method, headers, signal, body: JSON.stringify(request.json) };
  }
  if (request.form) {
    headers["content-type"] ??= "application/x-www-form-urlencoded";
    return { path, method, headers, signal, body: new URLSearchParams(request.form).toString() };
  }
  return { path, method, headers, signal, body: bytes };
};

type Headers = Record<string, string | string[] | undefined>;

const flat = (headers: Headers): Record<string, string> => {
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== "string") headers[name] = String(value ?? "");
  }
  return headers as Record<string, string>;
};

/** A redirect is an answer like another: nothing follows it, so that none leads round in a circle, or elsewhere. */
export const byUndici =
  (origin: string, dispatcher: Dispatcher): Send =>
  async (request) => {
    const reply = await dispatcher.request({ ...request, origin });
    return { status: reply.statusCode, headers: flat(reply.headers), body: reply.body };
  };

export const byFetch =
  (origin: string, fetching: typeof fetch): Send =>
  async ({ path, ...options }) => {
    const reply = await fetching(origin + path, { ...options, redirect: "manual" });
    const body = reply.body ?? new Blob([]).stream();
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body };
  };

/** The whole body; one that is longer than a platform may send, or is said to be, is left where it is. */
export const readBody = async ({ headers, body }: Incoming): Promise<Uint8Array> => {
  const tooLong = () => new AdapterError("drifted", "the reply is longer than 8 MiB");
  const chunks: Uint8Array[] = [];
  let length = 0;
  const announced = Number(headers["content-length"]);
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > bodyLimit || announced > bodyLimit) throw tooLong();
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
};

/** Ends a body that nobody wants to the end. */
export const leave = async (body: AsyncIterable<Uint8Array>): Promise<void> => {
  try {
    for await (const _ of body) break;
  } catch {
    // It has ended otherwise.
  }
};
