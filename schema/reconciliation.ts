import { z } from "zod";
import { BookingId, ExternalId, Instant, PlatformName } from "./primitives.ts";

/**
 * How the two sides of a booking can differ. `missing`: booked here, not there. `not-asked`: promised here, and nobody
 * was about to book it. `moved`: at another time than the platform had said. `renamed`: under another reference.
 * `doubled`: there more than once. `not-ended`: over here, still there. `unknown`: there by our hand, and not here.
 */
export const Difference = z
  .enum(["missing", "not-asked", "moved", "renamed", "doubled", "not-ended", "unknown"])
  .meta({ id: "Difference" });
export type Difference = z.infer<typeof Difference>;

/** The account of one comparison of the gateway's bookings with those that a platform holds; nobody is named. */
export const Reconciliation = z
  .strictObject({
    platform: PlatformName,
    at: Instant,
    compared: z.number().int().meta({ description: "bookings on either side" }),
    equal: z.number().int(),
    inFlight: z.number().int().meta({ description: "under way meanwhile, so left for the next time" }),
    mended: z.partialRecord(Difference, z.number().int()),
    reported: z.array(
      z.strictObject({
        difference: Difference,
        booking: BookingId.optional(),
        externalRef: ExternalId.optional(),
        fault: z.string().meta({ description: "why it is not mended: a code of the adapter contract" }),
      }),
    ),
  })
  .meta({ id: "Reconciliation" });
export type Reconciliation = z.infer<typeof Reconciliation>;
