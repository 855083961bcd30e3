import { z } from "zod";
import { Day, Instant } from "./primitives.ts";

/* Lines of the audit as whoever audits finds them. They name nobody: an id is a reference made with a key. */

/** `key`: whoever came with a key or an access token, by its label or reference. */
export const ActorKind = z.enum(["volunteer", "gateway", "platform", "key"]).meta({ id: "ActorKind" });
export type ActorKind = z.infer<typeof ActorKind>;

export const AuditLine = z
  .strictObject({
    number: z.number().int().meta({ description: "its place in the chain of its region" }),
    at: Instant,
    actor: z.string(),
    actorKind: ActorKind,
    event: z.string().meta({ example: "invitation.promoted" }),
    subject: z.string().optional().meta({ description: "what it is about, as a reference" }),
    facts: z.record(z.string(), z.unknown()),
    hash: z.string().meta({ description: "of its link, by which the chain is checked (docs/audit.md)" }),
  })
  .meta({ id: "AuditLine" });
export type AuditLine = z.infer<typeof AuditLine>;

export const AuditPage = z
  .strictObject({
    items: z.array(AuditLine).meta({ description: "the newest first; perhaps none although there are more" }),
    next: z
      .string()
      .optional()
      .meta({ description: "where to go on; present wherever older lines were not looked at" }),
    searchedTo: Instant.optional().meta({ description: "of the oldest line that was looked at" }),
    signed: z
      .strictObject({ number: z.number().int(), at: Instant })
      .optional()
      .meta({ description: "how far the chain is signed, and since when" }),
  })
  .meta({ id: "AuditPage" });
export type AuditPage = z.infer<typeof AuditPage>;

export const AuditQuestion = z.strictObject({
  from: Day.optional().meta({ description: "the first day, in Belgium" }),
  until: Day.optional().meta({ description: "the last day, with all of it" }),
  event: z
    .string()
    .regex(/^[a-z][a-z0-9._-]{0,59}$/, "a word of an event, such as `invitation` or `invitation.promoted`")
    .optional()
    .meta({ description: "this event, or all whose name goes on behind a dot" }),
  actor: ActorKind.optional(),
  subject: z
    .string()
    .regex(/^[\da-f]{24}$/, "a reference, as it stands in a line: 24 digits and letters from a to f")
    .optional()
    .meta({ description: "lines about it, and those whose facts refer to it" }),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "`next` of the page before")
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuestion = z.infer<typeof AuditQuestion>;
