import { createHash } from "node:crypto";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../../schema/errors.ts";
import { createAddressOf } from "./address.ts";
import type { StreamLimits } from "./open-streams.ts";
import type { Scope } from "./router.ts";

/* How often one may ask. Each gateway counts for itself, so that counting costs no round trip. */

/** In a minute. */
export type Rates = {
  /** From one address: a call centre, or the many subscribers whom a network shows under one. */
  registrations: number;
  recoveries: number;
  others: number;
  /** Keys and tokens that open nothing, from one address. */
  strangers: number;
  /** With one token of a volunteer; with one key. */
  token: number;
  key: number;
};
const usual: Rates = {
  ...{ registrations: 1_200, recoveries: 60, others: 6_000, strangers: 120 },
  ...{ token: 120, key: 6_000 },
};

export type LimitsGiven = {
  /** Networks of proxies that say for whom they pass a request on. */
  trustedProxies?: readonly string[];
  rates?: Partial<Rates>;
  streams?: Partial<StreamLimits>;
};

const seconds = 60;
const ofVolunteer = /^\/v1\/(?:volunteer|invitation|renewal)(?:\/|$)/;

/** draft-ietf-httpapi-ratelimit-headers-09: what is left, and until when. */
const tell = (
  c: Context<Scope>,
  name: keyof Rates,
  { points }: RateLimiterMemory,
  left: RateLimiterRes,
): void => {
  const until = Math.max(0, Math.ceil(left.msBeforeNext / 1_000));
  c.header("RateLimit-Policy", `"${name}";q=${points};w=${seconds}`);
  c.header("RateLimit", `"${name}";r=${left.remainingPoints};t=${until}`);
};

/** Spread, so that whoever was refused together does not come back together. */
const tooMany = (left: RateLimiterRes): Refusal =>
  new Refusal("too_many_requests", "wait as long as Retry-After says, and ask again", [], {
    retryAfterSeconds: Math.ceil(left.msBeforeNext / 1_000 + Math.random() * 5),
  });

/**
 * Whoever has a key or token is told apart by it, however they write what stands before it; it is not kept, only what it
 * comes down to.
 */
export const bearerOf = (header: string): string =>
  createHash("sha256")
    .update(header.slice(header.lastIndexOf(" ") + 1))
    .digest("base64url")
    .slice(0, 22);

/** Refuses whoever asks too often before anything is done for them. Callers on this machine are not counted. */
export const limits = ({ trustedProxies = [], rates = {} }: LimitsGiven) => {
  const addressOf = createAddressOf(trustedProxies);
  const limiters = Object.fromEntries(
    Object.entries({ ...usual, ...rates }).map(([name, points]) => [
      name,
      new RateLimiterMemory({ keyPrefix: "", points, duration: seconds }),
    ]),
  ) as Record<keyof Rates, RateLimiterMemory>;

  const take = async (c: Context<Scope>, name: keyof Rates, whose: string): Promise<void> => {
    const left = await limiters[name].consume(whose).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      tell(c, name, limiters[name], refused);
      throw tooMany(refused);
    });
    tell(c, name, limiters[name], left);
  };

  const kindOf = ({ method, path }: Context<Scope>["req"]): keyof Rates => {
    if (method === "POST" && path === "/v1/volunteers") return "registrations";
    return path === "/v1/volunteers/recover" ? "recoveries" : "others";
  };

  const counted = async (c: Context<Scope>, address: string, next: () => Promise<void>): Promise<void> => {
    const strange = await limiters.strangers.get(address);
    if (strange && strange.consumedPoints >= limiters.strangers.points) throw tooMany(strange);
    await take(c, kindOf(c.req), address);
    const bearer = c.req.header("authorization");
    if (bearer !== undefined) await take(c, ofVolunteer.test(c.req.path) ? "token" : "key", bearerOf(bearer));
    await next();
    if (c.res.status === 401) await limiters.strangers.penalty(address);
  };

  return createMiddleware<Scope>((c, next) => {
    const address = addressOf(c.env);
    return address === undefined ? next() : counted(c, address, next);
  });
};
