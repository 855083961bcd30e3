import { z } from "zod";
import { Instant, RegionId } from "./primitives.ts";

/**
 * `left`: who left the list. `closed`: who is called no more. `listed`: who is on the list and said nothing for as long
 * as the region's term, where it has one. `dose`: what the law kept of who was given a dose. `account`: of an erasure,
 * who was told. `bar`: the keyed digest that keeps lists from bringing somebody back. `token`, `address`: digests of what
 * opens nothing any more, and of addresses that were written to.
 * `file`: rows of a list in a file, and files, that nobody came back for.
 */
export const RetentionKind = z
  .enum(["left", "closed", "listed", "dose", "account", "bar", "token", "address", "file"])
  .meta({ id: "RetentionKind" });
export type RetentionKind = z.infer<typeof RetentionKind>;

export const RetentionDue = z
  .strictObject({
    region: RegionId,
    kind: RetentionKind,
    count: z.number().int().min(0),
    earliest: Instant.meta({ description: "when the term of the first of them is over" }),
  })
  .meta({ id: "RetentionDue" });
export type RetentionDue = z.infer<typeof RetentionDue>;

export const RetentionPreview = z
  .strictObject({
    until: Instant,
    items: z
      .array(RetentionDue)
      .meta({ description: "where something is due by then; nothing was deleted for asking" }),
  })
  .meta({ id: "RetentionPreview" });
export type RetentionPreview = z.infer<typeof RetentionPreview>;
