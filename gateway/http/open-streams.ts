import type { IncomingMessage, ServerResponse } from "node:http";
import { createMiddleware } from "hono/factory";
import { Refusal } from "../../schema/errors.ts";
import { createAddressOf } from "./address.ts";
import { bearerOf, type LimitsGiven } from "./limits.ts";
import type { Scope } from "./router.ts";

/*
 * How many streams one may have open. A stream takes a connection and a place in each look for as long as it lasts, so
 * that counting how often somebody asks is not enough.
 */

/** From one address: the many whom a network shows under one; and with one key: all screens of a centre. */
const usual = { address: 300, key: 100 };
export type StreamLimits = typeof usual;

type Connection = { incoming?: IncomingMessage; outgoing?: ServerResponse };

const tooMany = () =>
  new Refusal("too_many_requests", "close one of the streams that are open before another is opened", [], {
    retryAfterSeconds: 30,
  });

/** Refuses one stream too many. Callers on this machine are not counted. */
export const openStreams = ({ trustedProxies = [], streams = {} }: LimitsGiven) => {
  const addressOf = createAddressOf(trustedProxies);
  const most = { ...usual, ...streams };
  const open = new Map<string, number>();
  const leave = (whose: string): void => {
    const left = (open.get(whose) ?? 1) - 1;
    if (left > 0) open.set(whose, left);
    else open.delete(whose);
  };
  return createMiddleware<Scope>(async (c, next) => {
    const address = addressOf(c.env);
    const { outgoing } = (c.env ?? {}) as Connection;
    if (address === undefined || !outgoing) return next();
    const bearer = c.req.header("authorization");
    const counted: [whose: string, most: number][] = [
      [`address ${address}`, most.address],
      ...(bearer === undefined ? [] : [[`key ${bearerOf(bearer)}`, most.key] as [string, number]]),
    ];
    if (counted.some(([whose, limit]) => (open.get(whose) ?? 0) >= limit)) throw tooMany();
    for (const [whose] of counted) open.set(whose, (open.get(whose) ?? 0) + 1);
    // Also where it was refused, or its reader hung up before it began.
    outgoing.once("close", () => {
      for (const [whose] of counted) leave(whose);
    });
    await next();
  });
};
