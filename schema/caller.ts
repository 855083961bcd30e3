import { z } from "zod";
import { KeyRole } from "./key.ts";
import { CentreId, Instant, Language, RegionId } from "./primitives.ts";

/** Whoever calls, as the gateway knows them: what a page needs to show somebody no more than they may do. */
export const ShownCaller = z
  .strictObject({
    label: z.string().meta({
      description: "as the audit names them: a key's label, or a role and a reference",
      example: "staff:8f1c2b7d90aa41c6e3f0b5d2",
    }),
    by: z.enum(["key", "token"]),
    role: KeyRole,
    regions: z
      .array(z.strictObject({ id: RegionId, name: z.record(Language, z.string()).optional() }))
      .meta({ description: "none: all of them" }),
    centres: z
      .array(
        z.strictObject({ id: CentreId, name: z.string().optional(), region: RegionId.optional() }).meta({
          description: "without a name: there is no such centre, and nothing is reached by it",
        }),
      )
      .meta({ description: "none: all of these regions'" }),
    validUntil: Instant.optional().meta({
      description: "when the access token expires; a key holds until it is ended",
    }),
    routes: z.array(z.string()).meta({
      description: "what they may call beside what is open to anybody",
      example: ["GET /v1/surpluses"],
    }),
  })
  .meta({ id: "Caller" });
export type ShownCaller = z.infer<typeof ShownCaller>;

/** With a key or an access token by their role; or in another way. */
const Whoever = z.enum([...KeyRole.options, "volunteer", "signedPlatform", "anybody"]);

/** One line of the table of who may do what. */
export const Permission = z
  .strictObject({
    id: z.string().meta({ description: "the same in every version", example: "announce-doses" }),
    why: z.string(),
    who: z
      .partialRecord(Whoever, z.string())
      .meta({ description: "by role how far", example: { staff: "own centre", operator: "all" } }),
    routes: z.array(z.string()),
  })
  .meta({ id: "Permission" });
export type Permission = z.infer<typeof Permission>;
