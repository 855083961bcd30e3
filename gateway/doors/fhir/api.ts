import type { Context } from "hono";
import type { Problem } from "../../../schema/errors.ts";
import type { Instant } from "../../../schema/primitives.ts";
import { Fault, faultOf, type Places } from "./outcome.ts";

/*
 * The public API as this door's caller would call it: with what they showed, over the connection that they came by. So
 * who may do what, how often, and what is written of it stays the API's.
 */

/** The public API in this process. */
export type Api = (path: string, init?: RequestInit, env?: unknown) => Response | Promise<Response>;

export type Given = {
  api: Api;
  /** Where the operator serves the gateway. */
  publicUrl: string;
  now(): Instant;
};

type Sent = { json?: unknown; headers?: Record<string, string>; places?: Places };
type Replied<Answer> = { status: number; headers: Headers; body: Answer };

export type Client = {
  /** Refused with the API's own refusal, where `places` say in which field of the caller's. */
  get<Answer>(path: string, places?: Places): Promise<Answer>;
  send<Answer>(method: "POST" | "PATCH", path: string, sent?: Sent): Promise<Replied<Answer>>;
  /** Whether what was shown looks like the token of a message: 24 bytes in base64url. Keys are longer, and say of whom. */
  bearsToken: boolean;
  bearsAnything: boolean;
};

const isToken = /^Bearer +[\w-]{32}$/i;

export const clientOf = (c: Context, { api }: Pick<Given, "api">): Client => {
  const authorization = c.req.header("authorization");
  const ask = async <Answer>(method: string, path: string, { json, headers, places }: Sent = {}) => {
    const reply = await api(
      path,
      {
        method,
        headers: {
          "x-request-id": c.get("requestId"),
          ...(authorization !== undefined && { authorization }),
          ...(json !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        body: json === undefined ? undefined : JSON.stringify(json),
      },
      c.env,
    );
    const text = await reply.text();
    if (!reply.ok) throw refusalIn(text, reply, places);
    return {
      ...{ status: reply.status, headers: reply.headers },
      body: (text === "" ? undefined : JSON.parse(text)) as Answer,
    };
  };
  return {
    get: async <Answer>(path: string, places?: Places) => (await ask<Answer>("GET", path, { places })).body,
    send: ask,
    bearsToken: isToken.test(authorization ?? ""),
    bearsAnything: authorization !== undefined,
  };
};

const refusalIn = (text: string, { headers }: Response, places?: Places): Fault => {
  if ((headers.get("content-type") ?? "").startsWith("application/problem+json"))
    return faultOf(JSON.parse(text) as Problem, headers, places);
  return new Fault(500, { code: "exception", text: "Something went wrong here" });
};

/** What the API answers, or nothing where it refuses with one of these. */
export const unless = async <Answer>(
  asked: Promise<Answer>,
  ...statuses: number[]
): Promise<Answer | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && statuses.includes(error.status)) return undefined;
    throw error;
  }
};
