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
    haltedAt: Instant.optional().meta({
      description: "since when it rests; to order it again goes on with it",
    }),
    endedAt: Instant.optional(),
    listed: z
      .number()
      .int()
      .optional()
      .meta({ description: "names that the list had before a complete pass" }),
    missing: z.number().int().optional().meta({ description: "of those, names that the pass did not see" }),
    verdict: ReadingVerdict.optional(),
  })
  .meta({ id: "Reading" });
export type Reading = z.infer<typeof Reading>;

/** Orders a pass; with `missing`, believes the newest one after all, which doubted that so many have left. */
export const NewReading = z
  .strictObject({
    missing: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: "as the doubted reading counts them: these have left indeed" }),
  })
  .meta({ id: "NewReading" });
export type NewReading = z.infer<typeof NewReading>;

/** How often a list is read through by itself, to see who has gone from it, in hours. */
export const PassEvery = z.number().positive().max(8_760);

/** In what an answer differed from the platform's API document: kinds and names, never a value that came. */
export const Difference = z
  .strictObject({
    operation: z.string().meta({
      description: "as the document writes it, or a port's method where it has none",
      example: "GET /slots",
    }),
    pointer: z.string().meta({
      description:
        "a JSON pointer into the body; `*` for any index, and for a key that the document does not know",
      example: "/slots/*/startsAt",
    }),
    keyword: z.string().meta({
      description:
        "of JSON Schema; or `status`, `content-type`, `json`, `readable` for the answer as a whole",
      example: "required",
    }),
    documented: z.string(),
    came: z.string(),
  })
  .meta({ id: "Difference" });
export type Difference = z.infer<typeof Difference>;

/** A difference that was seen and is not known to be over: the operation has not been answered well since, for long enough. */
export const Drift = z
  .strictObject({
    ...Difference.shape,
    firstSeenAt: Instant,
    lastSeenAt: Instant,
    count: z.number().int().meta({ description: "answers that differed so" }),
  })
  .meta({ id: "Drift" });
export type Drift = z.infer<typeof Drift>;

/**
 * A port of a platform behind its guard, as this gateway sees it. `open`: it failed again and again, and is left alone
 * until `until`. `half-open`: the next call shows whether it is back.
 */
export const PortState = z
  .strictObject({
    port: z.enum(capabilities),
    breaker: z.enum(["closed", "open", "half-open"]),
    since: Instant.optional().meta({
      description: "when it opened, or closed again; absent if it never opened",
    }),
    until: Instant.optional(),
    calls: z.number().int().meta({ description: "under way" }),
    callsAtOnce: z.number().int().meta({ description: "one more than so many is refused" }),
    lastGoodAt: Instant.optional(),
    lastGoodSeconds: z.number().int().optional().meta({ description: "the age of its last good answer" }),
    dropped: z
      .record(z.string(), z.number().int())
      .meta({ description: "what no platform can mean and is left out of its answers, by the reason" }),
  })
  .meta({ id: "PortState" });
export type PortState = z.infer<typeof PortState>;

/** The requests to a platform, as this gateway makes them. */
export const Traffic = z
  .strictObject({
    limits: Limits,
    tokens: z.number().int().meta({ description: "requests that could leave at once" }),
    running: z.number().int(),
    waiting: z.number().int().meta({ description: "requests that wait for their turn" }),
    heldUntil: Instant.optional().meta({ description: "until when the platform asked to be left alone" }),
    repeats: z.number().int().meta({ description: "requests that were sent again, since the start" }),
    repeatsLeft: z.number().int().meta({ description: "requests that may be sent again now" }),
    clockSkewSeconds: z.number().int().meta({ description: "positive where the platform's clock is ahead" }),
  })
  .meta({ id: "Traffic" });
export type Traffic = z.infer<typeof Traffic>;

/** `unknown`: nothing was heard of it lately. `failing`: its last call went wrong, or a port is left alone. */
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
    traffic: Traffic.optional(),
    ports: z.array(PortState).meta({ description: "those that ask the platform" }),
    drifts: z.array(Drift),
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
