import { z } from "zod";
import { CentreId, Instant, Paging, page, RegionId, SurplusId } from "./primitives.ts";
import { Expected, InvitationKind, InvitationState } from "./surplus.ts";

/**
 * Where somebody and a centre stand with each other, from the question to the dose. `held`: asked, a dose is kept for
 * them. `standby`: asked, or said yes, and a dose may come free. `expected`: promised. `attended`, `no-show`,
 * `cancelled` (also where a booking system refused): what became of the promise. `over`: asked, and never promised.
 */
export const AppointmentState = z
  .enum(["held", "standby", "expected", "attended", "no-show", "cancelled", "over"])
  .meta({ id: "AppointmentState" });
export type AppointmentState = z.infer<typeof AppointmentState>;

/** One of them. Nobody is named before they are expected: the centre learns who it is with the promise. */
export const Appointment = z
  .strictObject({
    id: z.uuid().meta({
      description: "the invitation's, before and after a yes; the booking's of whoever walked in",
      example: "0f8fad5b-d9cb-469f-a165-70867728950e",
    }),
    region: RegionId,
    centre: CentreId,
    surplus: SurplusId,
    state: AppointmentState,
    madeAt: Instant.meta({ description: "when it was decided to ask, or who walked in was noted" }),
    changedAt: Instant.meta({ description: "the last moment that is noted of it" }),
    at: Instant.meta({
      description: "when they are expected; until that is promised, when the question to them ends",
    }),
    comeBefore: Instant.meta({ description: "the dose is lost afterwards" }),
    asked: z
      .strictObject({
        kind: InvitationKind,
        state: InvitationState,
        windowEndsAt: Instant.optional(),
        knownBy: Instant,
      })
      .optional()
      .meta({ description: "absent of whoever walked in" }),
    expected: Expected.optional().meta({ description: "from the promise on" }),
  })
  .meta({ id: "Appointment" });
export type Appointment = z.infer<typeof Appointment>;

export const AppointmentPage = page(Appointment).extend({
  total: z.number().int().meta({ description: "how many there are on all pages" }),
});
export type AppointmentPage = z.infer<typeof AppointmentPage>;

/** A parameter that is given once is a list of one. */
const several = <Shape extends z.ZodType>(each: Shape) =>
  z.preprocess((given) => (typeof given === "string" ? [given] : given), z.array(each).max(100).optional());

export const AppointmentsAsked = Paging.extend({
  limit: z.coerce.number().int().min(0).max(200).default(50).meta({ description: "0: only the total" }),
  centre: several(CentreId).meta({ description: "all that one reaches, where absent" }),
  state: several(AppointmentState),
  from: Instant.optional().meta({ description: "whose `at` is then or later" }),
  until: Instant.optional().meta({ description: "whose `at` is before" }),
  changedSince: Instant.optional().meta({ description: "whose `changedAt` is then or later" }),
  changedBefore: Instant.optional(),
});
