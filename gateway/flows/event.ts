import type { PlatformEvent } from "../../schema/adapter.ts";
import type { PlatformName } from "../../schema/primitives.ts";
import * as bookings from "../store/bookings.ts";
import * as invitations from "../store/invitations.ts";
import * as platforms from "../store/platforms.ts";
import { answerFromPlatform } from "./answer.ts";
import { endBooking } from "./attend.ts";
import { type Deps, transact } from "./deps.ts";
import { vaccinatedElsewhere } from "./sync/elsewhere.ts";
import { takeIn } from "./sync/take.ts";

/**
 * What a platform tells, carried through; safe to repeat, and one about nobody we know changes nothing. Nor does
 * one about a question or a booking of another platform's: each speaks for what it was asked, and that alone.
 */
export const takeEvent = async (deps: Deps, platform: PlatformName, event: PlatformEvent): Promise<void> => {
  switch (event.kind) {
    case "answered": {
      const asked = await invitations.byId(deps.db, event.invitation);
      if (asked?.platform !== platform) return;
      return answerFromPlatform(deps, event.invitation, { answer: event.answer, actor: platform });
    }
    case "roster-changed":
      return void (await takeIn(deps, platform, event.entry));
    case "vaccinated":
      return vaccinatedElsewhere(deps, platform, event);
    case "booking-cancelled":
      return transact(deps, async (tx) => {
        const row = await bookings.byId(tx, event.booking);
        if (row?.platform === platform && bookings.expected.includes(row.state))
          await endBooking(tx, row, { outcome: "cancelled", dose: "free", at: deps.now(), actor: platform });
      });
  }
};

/**
 * All events of one delivery or none of them, and only the first time it comes: one that fails half-way is sent
 * again by its platform, and an old one that is played again changes nothing.
 */
export const takeDelivery = (
  deps: Deps,
  platform: PlatformName,
  { delivery, events }: { delivery: string; events: PlatformEvent[] },
): Promise<void> =>
  transact(deps, async (tx) => {
    if (!(await platforms.firstDelivery(tx, { platform, delivery, receivedAt: deps.now() }))) return;
    const within = { ...deps, db: tx, nudge: () => undefined };
    for (const event of events) await takeEvent(within, platform, event);
  });
