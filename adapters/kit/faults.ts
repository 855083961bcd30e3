import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import { type Distortion, distorted, endless } from "./distort.ts";

/**
 * What a platform on a bad day does. With `down`, `server-error`, `throttled`, `html-page` and `endless-body` it did
 * nothing; with `truncated` and `lost-reply` it did what was asked, and the reply never arrived whole; with a
 * distortion it did it, and the reply says it otherwise; with `slow` it waits first, and does nothing if the caller has
 * hung up by then.
 */
export type Fault =
  | { kind: "down" }
  | { kind: "slow"; milliseconds: number }
  | { kind: "server-error"; status: 500 | 502 | 503 | 504 }
  | { kind: "throttled"; retryAfterSeconds: number }
  | { kind: "html-page" }
  | { kind: "truncated" }
  | { kind: "lost-reply" }
  | { kind: "endless-body" }
  | Distortion;

/** Decides for each request; `nth` counts from 1 since the plan was made. */
type Plan = (request: { method: string; path: string; nth: number }) => Fault | undefined;
export const always =
  (fault: Fault): Plan =>
  () =>
    fault;
export const onlyNth =
  (wanted: number, fault: Fault): Plan =>
  ({ nth }) =>
    nth === wanted ? fault : undefined;

/** Meets so many of the requests that write, by chance. */
export const sometimes =
  (share: number, fault: Fault, random: () => number): Plan =>
  ({ method }) =>
    method !== "GET" && random() < share ? fault : undefined;

const untroubled: Plan = () => undefined;

export type Faults = {
  middleware: MiddlewareHandler<{ Bindings: HttpBindings }>;
  /** Replaces the plan before. */
  plan(next: Plan): void;
  lift(): void;
  /** How many faults the present plan has caused; a reply that holds nothing to distort is none. */
  injected(): number;
};

/** Stands in front of an application that `serve` serves, and lets everything through until a plan says otherwise. */
export const createFaults = (): Faults => {
  let current: Plan = untroubled;
  let [seen, injected] = [0, 0];
  const plan = (next: Plan) => {
    [current, seen, injected] = [next, 0, 0];
  };
  return {
    plan,
    lift: () => plan(untroubled),
    injected: () => injected,
    middleware: async (c, next) => {
      seen += 1;
      const fault = current({ method: c.req.method, path: c.req.path, nth: seen });
      if (!fault) return next();
      if (isDistortion(fault)) {
        injected += (await distort(fault, c, next)) ? 1 : 0;
        return undefined;
      }
      injected += 1;
      return (await instead(fault, c.env)) ?? afterwards(fault, c, next);
    },
  };
};

type Whole = Exclude<Fault, Distortion>;
const isDistortion = (fault: Fault): fault is Distortion =>
  fault.kind === "wrong-type" || fault.kind === "changed-schema" || fault.kind === "said-twice";

const distort = async (fault: Distortion, c: Handled[0], next: Handled[1]): Promise<boolean> => {
  await next();
  const reply = await distorted(c.res, fault);
  if (!reply) return false;
  c.res = undefined; // or Hono would carry the old headers over
  c.res = reply;
  return true;
};

/** The reply in the application's place, or nothing where the application is still to be asked. */
const instead = async (fault: Whole, { incoming }: HttpBindings): Promise<Response | undefined> => {
  switch (fault.kind) {
    case "down":
      incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case "server-error":
      return new Response("the platform stumbled", { status: fault.status });
    case "throttled":
      return new Response(null, {
        status: 429,
        headers: { "retry-after": String(fault.retryAfterSeconds) },
      });
    case "html-page":
      return new Response("<!doctype html><title>Oops</title><p>Please try again later.", {
        headers: { "content-type": "text/html; charset=utf-8" },
      });
    case "endless-body":
      return endless();
    case "slow":
      return (await hungUp(incoming, fault.milliseconds)) ? RESPONSE_ALREADY_SENT : undefined;
    case "truncated":
    case "lost-reply":
      return undefined;
  }
};

type Handled = Parameters<MiddlewareHandler<{ Bindings: HttpBindings }>>;

const afterwards = async (fault: Whole, c: Handled[0], next: Handled[1]): Promise<Response | undefined> => {
  await next();
  if (fault.kind === "slow") return undefined;
  const { outgoing } = c.env;
  if (fault.kind === "truncated") {
    const body = await c.res.text();
    const headers = { ...Object.fromEntries(c.res.headers), "content-length": String(body.length + 1) };
    await new Promise<void>((resolve) => {
      outgoing.writeHead(c.res.status, headers).write(body.slice(0, body.length / 2) || "{", () => resolve());
    });
  }
  outgoing.socket?.destroy();
  c.res = undefined; // or Hono would carry the old headers over, and send them
  c.res = RESPONSE_ALREADY_SENT;
  return undefined;
};

/** Waits, but no longer than the caller does. */
const hungUp = ({ socket }: HttpBindings["incoming"], milliseconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    socket.once("close", () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
