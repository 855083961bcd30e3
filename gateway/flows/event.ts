import type { PlatformEvent } from "../../schema/adapter.ts";
import type { PlatformName } from "../../schema/primitives.ts";
import * as bookings from "../store/bookings.ts";
import { answerFromPlatform } from "./answer.ts";
import { endBooking } from "./attend.ts";
import { type Deps, transact } from "./deps.ts";
import { takeIn, vaccinatedElsewhere } from "./sync.ts";

/** What a platform tells, carried through; safe to repeat, and one about nobody we know changes nothing. */
export const takeEvent = async (deps: Deps, platform: PlatformName, event: PlatformEvent): Promise<void> => {
  switch (event.kind) {
    case "answered":
      return void (await answerFromPlatform(deps, event.invitation, {
        answer: event.answer,
        actor: platform,
      }));
    case "roster-changed":
      return void (await takeIn(deps, platform, event.entry));
    case "vaccinated":
      return vaccinatedElsewhere(deps, platform, event.externalId);
    case "booking-cancelled":
      return transact(deps, async (tx) => {
        const row = await bookings.byId(tx, event.booking);
        if (row && bookings.expected.includes(row.state))
          await endBooking(tx, row, { outcome: "cancelled", dose: "free", at: deps.now() });
      });
  }
};
