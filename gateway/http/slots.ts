import { createRoute, z } from "@hono/zod-openapi";
import { refuse } from "../../schema/errors.ts";
import { OpenSlots } from "../../schema/platform.ts";
import { CentreId, Instant, millis, RegionId } from "../../schema/primitives.ts";
import { openSlots, type SlotMemory } from "../flows/slots.ts";
import type { World } from "./app.ts";
import { callerOf, withOrWithoutKey } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

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

const listing = createRoute({
  tags: ["Slots"],
  summary: "Open slots of every platform, and the state of each",
  ...withOrWithoutKey,
  description: `One deadline for all platforms: what came by then is answered. Without a key, ${longest.withoutKey} days at the most.`,
  method: "get",
  path: "/v1/slots",
  request: { query: Question },
  responses: { 200: json(OpenSlots, "What is open, and who said so"), default: problems },
});

const keepToDays = (days: number, { from, until }: { from: Instant; until: Instant }) => {
  const detail = `without a key, after \`from\` by ${days} days at the most`;
  if (millis(until) - millis(from) > days * day)
    refuse("invalid_input", undefined, [{ in: "query", at: "until", detail }]);
};

/** Open appointments across platforms. */
export const slots = ({ deps, platforms, slots: { deadlineMs } }: World): Router => {
  const memory: SlotMemory = new Map();
  const sources = platforms.flatMap(({ name, ports }) => (ports.slots ? [{ name, ...ports.slots }] : []));
  return newRouter().openapi(listing, async (c) => {
    const { region: regions, centre: centres, from, until } = c.req.valid("query");
    if (!(await callerOf(c, deps))) keepToDays(longest.withoutKey, { from, until });
    const question = { regions, centres, from, until };
    return c.json(await openSlots(deps, { sources, memory, deadlineMs }, question), 200);
  });
};
