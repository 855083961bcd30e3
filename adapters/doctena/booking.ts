import {
  AdapterError,
  type BookingReceipt,
  type BookingRequest,
  type HeldBooking,
  type Ports,
} from "../../schema/adapter.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { type Appointment, type Client, must, type Outcome } from "./client.ts";
import type { Directory } from "./directory.ts";
import type { Shared } from "./fresh.ts";
import { fromExternalId, toAppointment, toBooked, toCause, toHeld } from "./mapper.ts";
import { findSlots } from "./slots.ts";
import { localBounds } from "./time.ts";

type Given = { client: Client; directory: Shared<Directory> };

/**
 * Doctena holds a place for some minutes and books it when that is confirmed. The gateway's booking is the
 * reference of both, so whichever reply was lost, looking under it tells how far the booking came.
 */
export const booking = (given: Given): Ports["booking"] => ({
  async book(request) {
    const known = await given.client.appointment(request.booking);
    if (known?.state === "confirmed") return { outcome: "booked", ...toBooked(known) };
    const held = known ? { value: known } : await hold(given, request);
    return "value" in held ? confirm(given.client, held.value) : refused(held);
  },

  /** A hold alone is no booking: it passes, or `book` confirms it. */
  async find({ booking: reference }) {
    const known = await given.client.appointment(reference);
    return known?.state === "confirmed" ? toBooked(known) : undefined;
  },

  async cancel({ externalRef }) {
    const id = fromExternalId(externalRef);
    if (id) await given.client.cancel(id);
  },

  async erase({ externalRef }) {
    const id = fromExternalId(externalRef);
    if (id) await given.client.erasePatient(id);
  },

  async held({ centres, from, until }) {
    if (from >= until) return [];
    const { practiceIds } = await given.directory.get();
    const found: HeldBooking[] = [];
    for (const centre of centres) {
      const practice = practiceIds.get(centre);
      const there = practice ? await given.client.appointmentsAt(practice, localBounds({ from, until })) : [];
      found.push(...there.flatMap((each) => toHeld(each, centre) ?? []));
    }
    return found.filter(({ at }) => at >= from && at < until);
  },
});

/** The longest slot, by the document: one that began earlier than this before a moment is over by then. */
const longestSlotMinutes = 60;

/** Holds a place in a slot that the asked time falls in: in the emptiest, or the next where that has just filled. */
const hold = async (given: Given, request: BookingRequest): Promise<Outcome<Appointment>> => {
  const { centre, vaccine, at } = request;
  const directory = await given.directory.get();
  const agendas = directory.agendas.filter((each) => each.centre === centre && each.gives(vaccine));
  const around = { from: plusMinutes(at, -longestSlotMinutes), until: plusMinutes(at, 1) };
  const found = await findSlots(given.client, { agendas, ...around });
  const matching = found
    .filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
    .sort((one, other) => other.capacity - one.capacity);
  let told: Outcome<Appointment> = { refusal: "slot_gone" };
  for (const slot of matching) {
    told = await given.client.hold(toAppointment(request, slot));
    if ("value" in told || toCause(told.refusal) !== "no-slot") return told;
  }
  return told;
};

const confirm = async (client: Client, held: Appointment): Promise<BookingReceipt> => {
  const told = await client.confirm(held.id);
  if ("refusal" in told && (told.refusal === "hold_expired" || told.refusal === "not_found"))
    throw new AdapterError("unavailable", "the hold was over before it was confirmed");
  return { outcome: "booked", ...toBooked(must(told)) };
};

const refused = (told: Extract<Outcome<Appointment>, { refusal: unknown }>): BookingReceipt => {
  const cause = toCause(told.refusal);
  return cause ? { outcome: "refused", cause } : must(told);
};
