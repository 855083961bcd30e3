import { z } from "zod";
import { Day, Instant, Postcode } from "./primitives.ts";
import { Condition } from "./volunteer.ts";

/** What decides somebody's place in the order, or where they are called. */
export const Deciding = z.enum(["birthDate", "postcode", ...Condition.options]).meta({ id: "Deciding" });
export type Deciding = z.infer<typeof Deciding>;

/** How it is known: said by whoever registered, found so in a population register, or seen on a card at the centre. */
export const Known = z.enum(["declared", "register", "card"]).meta({ id: "Known" });
export type Known = z.infer<typeof Known>;

/** `by`: the register's platform, or the label of the key with which the card was looked at. */
export const Basis = z
  .strictObject({ what: Deciding, known: Known, by: z.string().optional(), at: Instant.optional() })
  .meta({ id: "Basis" });
export type Basis = z.infer<typeof Basis>;

const Differs = z.union([
  z.strictObject({ what: z.literal("birthDate"), found: Day }),
  z.strictObject({ what: z.literal("postcode"), found: Postcode }),
  z.strictObject({ what: Condition }).meta({ description: "nothing shows that it is so" }),
]);
export type Differs = z.infer<typeof Differs>;

/**
 * What the centre saw before the dose is given. `confirmed`: these are as declared. `differs`: these are not, and others
 * may be. `refused`: the person shows no card.
 */
export const CardCheck = z
  .discriminatedUnion("outcome", [
    z.strictObject({ outcome: z.literal("confirmed"), confirmed: z.array(Deciding).min(1).max(5) }),
    z.strictObject({
      outcome: z.literal("differs"),
      differs: z.array(Differs).min(1).max(5),
      confirmed: z.array(Deciding).max(5).default([]),
    }),
    z.strictObject({ outcome: z.literal("refused") }),
  ])
  .meta({ id: "CardCheck" });
export type CardCheck = z.infer<typeof CardCheck>;

/** Why the policy would not have called this person today, had it known what the card shows. */
export const Objection = z
  .enum(["too-young", "too-young-for-vaccine", "lives-elsewhere", "no-group", "ahead-of-turn"])
  .meta({ id: "Objection" });
export type Objection = z.infer<typeof Objection>;

/** What the check came to. With an objection, the dose can still be given: by whoever says why. */
export const CardChecked = z
  .strictObject({
    outcome: z.enum(["confirmed", "differs", "refused"]),
    objections: z.array(Objection),
    bases: z.array(Basis),
    by: z.string(),
    at: Instant,
  })
  .meta({ id: "CardChecked" });
export type CardChecked = z.infer<typeof CardChecked>;

/** Why somebody who stands there is given the dose against the policy, or turned away. */
export const Because = z
  .enum([
    "dose-would-be-lost",
    "other-proof",
    "vulnerable",
    "not-eligible",
    "no-card",
    "person-declines",
    "unwell",
  ])
  .meta({ id: "Because" });
export type Because = z.infer<typeof Because>;
