import { z } from "zod";
import {
  AdapterError,
  type BookingReceipt,
  type BookingRequest,
  defineAdapter,
  type Guest,
  type HeldBooking,
  type Ports,
  Secret,
} from "../../schema/adapter.ts";
import { instant, millis, plusMinutes } from "../../schema/primitives.ts";
import { type Client, createClient, type Invitation, type Reservation } from "./client.ts";
import {
  datesWithin,
  nearest,
  nearMinutes,
  toCause,
  toDate,
  toHeld,
  toInvitation,
  toOfficialEvent,
  toPerson,
  toReceipt,
  toReservation,
  toSlot,
} from "./mapper.ts";

const Options = z.strictObject({ baseUrl: z.url(), username: z.string().min(1), password: Secret });

/** Doclr: official invitations with a code, and reservations that are made by jobs. */
export default defineAdapter({
  name: "doclr",
  capabilities: ["slots", "booking", "official"],
  options: Options,
  connect: (options, ctx) => {
    const client = createClient(options, ctx);
    const partner = { ...client, partner: options.username };
    return { slots: slots(client), booking: booking(partner), official: official(partner) };
  },
});

const slots = (client: Client): Ports["slots"] => ({
  async list({ centres, from, until, signal }) {
    if (centres.length === 0 || from >= until) return [];
    const last = instant(millis(until) - 1);
    const days = { centre: centres.join(","), from: toDate(from), until: toDate(last) };
    const open = (await client.listSlots(days, signal)).map(toSlot);
    return open.filter(({ startsAt }) => startsAt >= from && startsAt < until);
  },
});

/** Doclr says by whose access a reservation was made: one of another hand is never the gateway's. */
type Partner = Client & { partner: string };

const booking = (client: Partner): Ports["booking"] => ({
  async book(request) {
    const invitation = await codeFor(client, request.guest);
    if (invitation.state === "VACCINATED") return refused("already-vaccinated");
    return invitation.state === "RESERVED"
      ? asHeld(await held(client, request))
      : reserve(client, request, invitation.code);
  },

  async find(request) {
    const reservation = await held(client, request);
    if (!reservation) return undefined;
    const { externalRef, at } = toReceipt(reservation);
    return { externalRef, at };
  },

  cancel: ({ externalRef }) => client.cancel(externalRef),

  async held({ centres, from, until }) {
    const found: HeldBooking[] = [];
    for (const centre of centres)
      for (const date of datesWithin({ from, until }))
        for (const each of await ownReservations(client, { centre, date })) found.push(toHeld(each));
    return found.filter(({ at }) => at >= from && at < until);
  },
});

/** What is reserved by our own access is a booking of the gateway's, and no acceptance of the person's. */
const official = (client: Partner): Ports["official"] => ({
  async changes({ cursor }) {
    const { changes, last, more } = await client.listChanges(cursor);
    const others = changes.filter(({ partner }) => partner !== client.partner);
    return { events: others.map(toOfficialEvent), next: String(last), complete: !more };
  },

  supersede: ({ person, reason, at }) =>
    client.supersede({
      person: toPerson(person),
      reason: reason === "vaccinated" ? "VACCINATED" : "RESERVE_LIST",
      acceptedAt: at,
    }),

  reinstate: ({ person }) => client.reinstate(toPerson(person)),
});

type Refused = Extract<BookingReceipt, { outcome: "refused" }>;
const refused = (cause: Refused["cause"]): Refused => ({ outcome: "refused", cause });

/** The code that says most of this person, who may have been entered twice; a new one where there is none. */
const codeFor = async (
  client: Client,
  guest: Guest,
): Promise<Pick<Invitation, "state"> & { code: string }> => {
  const known = await client.searchInvitations(toPerson(guest));
  for (const state of ["VACCINATED", "RESERVED", "OPEN"] as const) {
    const found = known.find((each) => each.state === state);
    if (found) return found;
  }
  const made = await client.invite(toInvitation(guest));
  if ("code" in made) return made;
  return made.error === "ALREADY_VACCINATED" ? { state: "VACCINATED", code: "" } : codeFor(client, guest);
};

const ownReservations = async (client: Partner, day: { centre: string; date: string }) =>
  (await client.listReservations(day)).filter(
    ({ state, partner }) => state === "ACTIVE" && partner === client.partner,
  );

/** Doclr has no name of ours for a reservation, so it is told by whose code it was made with. */
const held = async (client: Partner, request: BookingRequest): Promise<Reservation | undefined> => {
  const invitations = await client.searchInvitations(toPerson(request.guest));
  if (invitations.length === 0) return undefined;
  const codes = new Set(invitations.map(({ code }) => code));
  const own = await ownReservations(client, { centre: request.centre, date: toDate(request.at) });
  return own.find(({ code }) => codes.has(code));
};

const asHeld = (reservation: Reservation | undefined): BookingReceipt =>
  reservation ? toReceipt(reservation) : refused("already-booked");

const reserve = async (client: Partner, request: BookingRequest, code: string): Promise<BookingReceipt> => {
  const { centre, at, vaccine } = request;
  const from = toDate(plusMinutes(at, -nearMinutes));
  const until = toDate(plusMinutes(at, nearMinutes));
  const open = nearest((await client.listSlots({ centre, from, until })).map(toSlot), at);
  for (const slot of open) {
    const ended = await client.reserve(toReservation({ code, slot: slot.externalId, vaccine }));
    if (ended.state === "done") return toReceipt(ended.reservation);
    // Superseded between the search and now: the next try finds, or makes, a code that is good.
    if (ended.reason === "CODE_ENDED")
      throw new AdapterError("unavailable", "the code ended meanwhile, and nothing was reserved");
    const cause = toCause(ended);
    if (cause === "already-booked") return asHeld(await held(client, request));
    if (cause !== "no-slot") return refused(cause);
  }
  return refused("no-slot");
};
