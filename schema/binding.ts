import { z } from "zod";
import { CentreId, Instant, PlatformName, RegionId } from "./primitives.ts";
import { Binding, Role } from "./region.ts";

/* A centre or a region changes its platform while the gateway runs (F17). */

const id = z.uuid().meta({ id: "ChangeId", example: "0f8fad5b-d9cb-469f-a165-70867728950e" });
export const ChangeId = id.brand<"ChangeId">();
export type ChangeId = z.infer<typeof ChangeId>;

const roles = z
  .union([z.literal("all"), z.array(Role).min(1).max(5)])
  .meta({ description: "all: every role that the platform can play" });

/** Who moves, in which roles, to which platform, and from when on; a moment that is past counts as now. */
export const NewBinding = z
  .strictObject({
    region: RegionId,
    centre: CentreId.optional().meta({
      description: "without it the region, but for its centres that have a binding of their own",
    }),
    roles,
    platform: PlatformName,
    from: Instant,
  })
  .meta({ id: "NewBinding" });
export type NewBinding = z.infer<typeof NewBinding>;

const platform = PlatformName.optional().meta({ description: "absent: nobody, so the gateway itself" });

/** Who played a role until then, and who does from then on. */
export const RoleChange = z
  .strictObject({
    role: Role,
    before: platform,
    after: platform,
    inherited: z.boolean().meta({ description: "until then the centre had its region's platform" }),
  })
  .meta({ id: "RoleChange" });
export type RoleChange = z.infer<typeof RoleChange>;

/**
 * How far the people have been written on the new list. `carried`: they are on it. `asked`: their consent does not
 * cover it, so they stay where they are and were asked. `refused`: the platform does not take them, mostly for want of
 * something that it demands; the gateway's own list keeps them. Whoever has left meanwhile is in `done` alone.
 */
export const CarryOver = z
  .strictObject({
    state: z.enum(["waiting", "running", "done", "cancelled"]),
    total: z.number().int(),
    done: z.number().int(),
    left: z.number().int(),
    carried: z.number().int(),
    asked: z.number().int(),
    refused: z.number().int(),
  })
  .meta({ id: "CarryOver" });
export type CarryOver = z.infer<typeof CarryOver>;

export const BindingChange = z
  .strictObject({
    id: ChangeId,
    region: RegionId,
    centre: CentreId.optional(),
    centres: z.array(CentreId).meta({ description: "all centres that it moves" }),
    roles: z.array(RoleChange),
    from: Instant,
    state: z.enum(["planned", "in-force", "taken-back", "undone", "superseded"]).meta({
      description: "superseded: the operator's file said something else afterwards",
    }),
    undoes: ChangeId.optional(),
    orderedBy: z.string(),
    orderedAt: Instant,
    endedBy: z.string().optional(),
    endedAt: Instant.optional(),
    carryOver: CarryOver.optional().meta({ description: "where the people's list moves" }),
  })
  .meta({ id: "BindingChange" });
export type BindingChange = z.infer<typeof BindingChange>;

/** What is bound now and later, and every change that was ordered here, the newest first. */
export const Bindings = z
  .strictObject({
    bindings: z.array(Binding.extend({ platform, change: ChangeId.optional() })),
    changes: z.array(BindingChange),
  })
  .meta({ id: "Bindings" });
export type Bindings = z.infer<typeof Bindings>;

export const NewStart = z.strictObject({ from: Instant }).meta({ id: "NewStart" });

const people = z.number().int();

/** What a change would do, before it is ordered. Counts alone, no person. */
export const BindingRehearsal = z
  .strictObject({
    centres: z.array(CentreId),
    roles: z.array(RoleChange),
    volunteers: people.meta({ description: "whose list would move" }),
    lost: z
      .array(z.strictObject({ field: z.string(), people }))
      .meta({ description: "fields that the new list does not keep; the gateway still does" }),
    missing: z
      .array(z.strictObject({ field: z.string(), people }))
      .meta({ description: "what the new list demands and these people never gave: it would not take them" }),
    withoutConsent: people.meta({ description: "who would stay where they are, and be asked" }),
    inFlight: z
      .strictObject({
        invitations: z.array(z.strictObject({ platform, count: people })),
        bookings: z.array(z.strictObject({ platform, count: people })),
      })
      .meta({
        description:
          "finish where they began, but for a booking that its platform has not confirmed: that one is cancelled " +
          "there and made on the new one",
      }),
    waiting: z
      .array(z.strictObject({ order: z.string(), count: people }))
      .meta({ description: "not carried out yet; each goes to whoever is bound when it is" }),
  })
  .meta({ id: "BindingRehearsal" });
export type BindingRehearsal = z.infer<typeof BindingRehearsal>;
