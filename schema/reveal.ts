import { z } from "zod";
import { words } from "./primitives.ts";

/** Why somebody at a centre has to see a national number. */
export const RevealReason = z
  .enum(["identity-doubt", "vaccination-register", "person-asks", "two-of-one-name", "authority-asks"])
  .meta({ id: "RevealReason" });
export type RevealReason = z.infer<typeof RevealReason>;

/** In words of one's own, which are kept sealed beside the line of the audit; at least three of them. */
export const Reveal = z
  .strictObject({
    reason: RevealReason,
    words: words(12, 300)
      .refine((text) => text.split(/\s+/).length >= 3, { error: "at least three words" })
      .meta({ example: "Two people of this name are in the queue" }),
  })
  .meta({ id: "Reveal" });
export type Reveal = z.infer<typeof Reveal>;

/** Shown once, to whoever said why. */
export const Revealed = z
  .strictObject({
    nationalNumber: z.string().optional().meta({ description: "absent where none was registered" }),
  })
  .meta({ id: "Revealed" });
export type Revealed = z.infer<typeof Revealed>;
