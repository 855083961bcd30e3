import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { refuse } from "../../schema/errors.ts";
import { OpenSlots } from "../../schema/platform.ts";
import { CentreId, Instant, millis, RegionId } from "../../schema/primitives.ts";
import { type Mark, msBetween } from "../flows/slots/mark.ts";
import { type FanOut, openFanOut, openSlots } from "../flows/slots.ts";
import type { World } from "./app.ts";
import { callerOf, forAnybody, withOrWithoutKey } from "./auth.ts";
import { createKeptAnswers } from "./kept-answers.ts";
import { json, newRouter, problems, type Router, type Scope } from "./router.ts";

/** A parameter that is given once is a list of one. */
const several = <Shape extends z.ZodType>(each: Shape) =>
  z.preprocess((given) => (typeof given === "string" ? [given] : given), z.array(each).max(100).optional());

const day = 86_400_000;
/** In days. Each question goes to every platform at once, and anybody may ask one. */
const longest = { withoutKey: 7, withKey: 31 };
const Question = z
  .strictObject({ region: several(RegionId), centre: several(CentreId), from: Instant, until: Instant })
  .refine(({ from, until }) => until > from && millis(until) - millis(from) <= longest.withKey * day, {
    path: ["until"],
    error: `after \`from\`, by ${longest.withKey} days at the most`,
  });

const Headers = z.object({
  age: z.string().meta({ description: "seconds since the oldest part was asked of its platform (RFC 9111)" }),
  "cache-control": z.string().meta({ description: "`no-store` with a key, or where a platform is not `ok`" }),
});

const listing = createRoute({
  ...forAnybody("GET /v1/slots"),
  tags: ["Slots"],
  summary: "Open slots of every platform, and the state of each",
  ...withOrWithoutKey,
  description: `One deadline for all platforms: what came by then is answered. Without a key, ${longest.withoutKey} days at the most. Who asks the same within a moment is answered the same; \`asOf\` says of when.`,
  request: { query: Question },
  responses: {
    200: { ...json(OpenSlots, "What is open, and who said so"), headers: Headers },
    default: problems,
  },
});

const keepToDays = (days: number, { from, until }: { from: Instant; until: Instant }) => {
  const detail = `without a key, after \`from\` by ${days} days at the most`;
  if (millis(until) - millis(from) > days * day)
    refuse("invalid_input", undefined, [{ in: "query", at: "until", detail }]);
};

/** With the half second of the directory: a centre that changes its platform is seen within a second. */
const kept = { keptMs: 500, letters: 32 * 1024 * 1024 };

type Told = { text: string; oldest: Mark; mayBeKept: boolean };

/** Without the host: every name of the gateway answers the same. */
const addressOf = ({ req }: Context<Scope>): string => req.url.slice(req.url.indexOf("?"));

/** A cache may keep what is the same for everybody, for as long as the gateway itself would. */
const tell = (c: Context<Scope>, fanOut: FanOut, { text, oldest, mayBeKept }: Told): Response => {
  const [age, fresh] = [msBetween(oldest, fanOut.now()), fanOut.limits.freshMs];
  const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
  return c.body(text, 200, {
    "content-type": "application/json",
    age: String(seconds(age)),
    vary: "authorization",
    "cache-control": mayBeKept ? `public, max-age=${seconds(fresh)}` : "no-store",
  });
};

/** Open appointments across platforms. */
export const slots = ({ deps, platforms, slots: limits }: World): Router => {
  const sources = platforms.flatMap(({ name, ports }) => (ports.slots ? [{ name, ...ports.slots }] : []));
  const fanOut = openFanOut(deps, sources, limits);
  const told = createKeptAnswers<Told>(kept);
  const router = newRouter();

  /** Before anything is parsed: to whoever shows no key, the same address means the same. */
  router.use(listing.path, async (c, next) => {
    const before = c.req.header("authorization") === undefined ? told.find(addressOf(c)) : undefined;
    const isFresh = before && msBetween(before.oldest, fanOut.now()) < fanOut.limits.freshMs;
    return isFresh ? tell(c, fanOut, before) : next();
  });

  return router.openapi(listing, async (c) => {
    const { region: regions, centre: centres, from, until } = c.req.valid("query");
    const caller = await callerOf(c, deps);
    if (!caller) keepToDays(longest.withoutKey, { from, until });
    const { oldest, ...answer } = await openSlots(fanOut, { regions, centres, from, until });
    const mayBeKept = !caller && answer.sources.every(({ state }) => state === "ok");
    const written = { text: JSON.stringify(answer satisfies OpenSlots), oldest, mayBeKept };
    if (mayBeKept) told.keep(addressOf(c), written);
    return tell(c, fanOut, written) as never;
  });
};
