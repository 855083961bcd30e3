import { z } from "zod";
import { Instant, PlatformName } from "./primitives.ts";

/* How a platform has been. Counts and codes alone: whose calls they were is not kept. */

/** For so long an hour, and each turn, is kept. */
export const historyKeptDays = 30;

/** What an hour saw of a platform. An hour in which nobody called it, and in which nothing waited, has no row. */
export const PlatformHour = z
  .strictObject({
    hour: Instant.meta({ description: "when it began, in UTC" }),
    calls: z.number().int().meta({ description: "orders and readings that came to an end there" }),
    failures: z.number().int().meta({ description: "of these, those that went wrong" }),
    backlog: z.number().int().meta({ description: "the most orders that waited for it" }),
    lastFault: z.string().optional().meta({ description: "a code of the adapter contract" }),
  })
  .meta({ id: "PlatformHour" });
export type PlatformHour = z.infer<typeof PlatformHour>;

/** From then on its calls went well, or wrong. */
export const PlatformTurn = z
  .strictObject({
    at: Instant,
    state: z.enum(["ok", "failing"]),
    fault: z.string().optional().meta({ description: "of the call that went wrong first" }),
  })
  .meta({ id: "PlatformTurn" });
export type PlatformTurn = z.infer<typeof PlatformTurn>;

export const PlatformHistory = z
  .strictObject({
    platform: PlatformName,
    from: Instant,
    until: Instant,
    hours: z.array(PlatformHour).meta({ description: "the oldest first" }),
    turns: z.array(PlatformTurn).meta({
      description: "the oldest first; the first is how it was when this begins, where that is known",
    }),
  })
  .meta({ id: "PlatformHistory" });
export type PlatformHistory = z.infer<typeof PlatformHistory>;

export const HistoryQuestion = z.strictObject({
  days: z.coerce.number().int().min(1).max(historyKeptDays).default(2).meta({ description: "up to now" }),
});
