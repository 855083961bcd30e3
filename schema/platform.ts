import { z } from "zod";
import { capabilities } from "./adapter.ts";
import { CentreId, ExternalId, Instant, PlatformName } from "./primitives.ts";

/**
 * How much one may ask of a platform, as its operator agreed it: so many requests a second for long, so many more at
 * once after a pause, and so many that run at the same time.
 */
export const Limits = z
  .strictObject({
    requestsPerSecond: z.number().positive().max(10_000).default(50),
    burst: z.number().int().min(1).max(10_000).default(100),
    atOnce: z.number().int().min(1).max(1_000).default(100),
  })
  .meta({ id: "Limits" });
export type Limits = z.infer<typeof Limits>;

export const ReadingKind = z.enum(["first", "pass"]);
export type ReadingKind = z.infer<typeof ReadingKind>;

/**
 * What was made of those whom a complete pass did not see. `believed`: they have left. `doubted`: too many at once, so
 * that the list is more likely wrong than they gone; staff should look. `not-judged`: the source left something out.
 */
export const ReadingVerdict = z.enum(["believed", "doubted", "not-judged"]);
export type ReadingVerdict = z.infer<typeof ReadingVerdict>;

/** A list that is, or last was, read from its beginning: when the platform joined (`first`), or to see who is gone. */
export const Reading = z
  .strictObject({
    kind: ReadingKind,
    begunAt: Instant,
    done: z.number().int().meta({ description: "records read so far" }),
    total: z.number().int().optional().meta({ description: "records on the list, where the platform tells" }),
    perSecond: z.number().optional().meta({ description: "of late, in records" }),
    secondsLeft: z.number().int().optional(),
    endedAt: Instant.optional(),
    missing: z.number().int().optional().meta({ description: "names that a complete pass did not see" }),
    verdict: ReadingVerdict.optional(),
  })
  .meta({ id: "Reading" });
export type Reading = z.infer<typeof Reading>;

/** `unknown`: nothing was heard of it lately. `failing`: its last call went wrong. */
export const PlatformState = z
  .strictObject({
    name: PlatformName,
    capabilities: z.array(z.enum(capabilities)),
    state: z.enum(["ok", "failing", "unknown"]),
    lastSuccessAt: Instant.optional(),
    lastFailureAt: Instant.optional(),
    lastFault: z.string().optional().meta({ description: "a code of the adapter contract, never a message" }),
    backlog: z.number().int().meta({ description: "effects that wait for this platform" }),
    givenUp: z.number().int().meta({ description: "effects that a person must look at" }),
    reading: Reading.optional(),
  })
  .meta({ id: "PlatformState" });
export type PlatformState = z.infer<typeof PlatformState>;

/**
 * How a platform took part in an answer. `late`: not by the deadline. `stale`: its last good answer stands in, as of
 * `asOf`.
 */
export const Source = z
  .strictObject({
    platform: PlatformName,
    state: z.enum(["ok", "late", "failed", "stale"]),
    asOf: Instant.optional().meta({
      description: "when the slots below were true; absent where there are none",
    }),
  })
  .meta({ id: "Source" });
export type Source = z.infer<typeof Source>;

/** Open slots of all platforms asked; never a vaccine's brand (F11). */
export const OpenSlots = z
  .strictObject({
    slots: z.array(
      z.strictObject({
        id: ExternalId,
        platform: PlatformName,
        centre: CentreId,
        startsAt: Instant,
        endsAt: Instant,
        capacity: z.number().int(),
      }),
    ),
    sources: z.array(Source),
  })
  .meta({ id: "OpenSlots" });
export type OpenSlots = z.infer<typeof OpenSlots>;
