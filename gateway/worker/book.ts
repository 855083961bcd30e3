import { AdapterError, type BookingReceipt, type BookingRequest, type Ports } from "../../schema/adapter.ts";
import { type ExternalId, type Instant, type PlatformName, plusMinutes } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { type Told, tellBooking } from "../flows/booked.ts";
import * as carry from "../flows/carry.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

type Port = Ports["booking"];
/** What is asked of which platform; `askedAt`: when it was asked first, where an earlier try has no answer. */
type Asking = {
  platform: PlatformName;
  request: BookingRequest;
  askedAt?: Instant;
  until: Instant;
  promisedAt: Instant;
};

/** A platform may show what it booked so much later: until then its "already booked" may mean our own. */
const showsWithinMinutes = 10;

/** What cannot be tried again with another outcome is an answer too. */
const asReceipt = (error: unknown): BookingReceipt => {
  if (!(error instanceof AdapterError) || error.fault !== "rejected") throw error;
  return { outcome: "refused", cause: "not-accepted" };
};

/**
 * Books. Where the guest has an appointment there already, it may be one that they made with their official code after
 * the dose was promised: the platform gives that one back, and is asked again (F05).
 */
const bookFirst = async (
  carrier: Carrier,
  port: Port,
  { platform, request, promisedAt }: Asking,
): Promise<BookingReceipt> => {
  const receipt = await port.book(request).catch(asReceipt);
  const { official } = portsOf(carrier, platform);
  if (receipt.outcome === "booked" || receipt.cause !== "already-booked" || !official) return receipt;
  await official.supersede({ person: request.guest, reason: "reserve-list", at: promisedAt });
  return port.book(request).catch(asReceipt);
};

/**
 * Looks before it books, since an earlier try may have arrived though its reply was lost; and once more before it
 * believes a no, since what that try booked may not have been shown yet.
 */
const bookOnce = async (carrier: Carrier, port: Port, asking: Asking): Promise<BookingReceipt> => {
  const { request, askedAt } = asking;
  const there = await port.find(request);
  if (there) return { outcome: "booked", ...there };
  const receipt = await bookFirst(carrier, port, asking);
  if (receipt.outcome === "booked" || !askedAt) return receipt;
  const since = await port.find(request);
  if (since) return { outcome: "booked", ...since };
  if (receipt.cause === "already-booked" && carrier.deps.now() < plusMinutes(askedAt, showsWithinMinutes))
    throw new AdapterError("unknown", "booked already, perhaps by the try before, and not shown yet");
  return receipt;
};

/** The person has been told an hour: another is at most so many minutes later, and is tried in so many places. */
const laterAtMostMinutes = 120;
const placesTried = 3;

/** Books the next free place before the doses end, where there is none at the time promised. */
const bookLater = async (carrier: Carrier, port: Port, asking: Asking): Promise<Told | undefined> => {
  const { platform, request, until } = asking;
  const { slots } = portsOf(carrier, platform);
  if (!slots) return undefined;
  const { centre, at: from } = request;
  const latest = plusMinutes(from, laterAtMostMinutes);
  const search = { centres: [centre], from, until: latest < until ? latest : until };
  const signal = AbortSignal.timeout(20_000);
  const open = await call(carrier, platform, () => slots.list({ ...search, signal }));
  const later = open.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt > from);
  for (const at of [...new Set(later)].sort().slice(0, placesTried)) {
    if (!(await carry.noteOtherTime(carrier.deps, request, at))) return undefined;
    const receipt = await call(carrier, platform, () => port.book({ ...request, at }).catch(asReceipt));
    if (receipt.outcome === "booked") return { asked: from, platform, receipt, movedTo: at };
    if (receipt.cause !== "no-slot") return { asked: from, platform, receipt };
  }
  return undefined;
};

/** What came of asking the platform, in the end. */
const ask = async (carrier: Carrier, port: Port, asking: Asking): Promise<Told> => {
  const { platform, request, askedAt } = asking;
  const receipt = await call(carrier, platform, () => bookOnce(carrier, port, asking));
  const told = { asked: request.at, platform, receipt, again: askedAt !== undefined };
  if (receipt.outcome === "booked" || receipt.cause !== "no-slot") return told;
  return (await bookLater(carrier, port, asking)) ?? told;
};

/** Cancels what a platform was asked to book; where its reply was lost, looks for its reference first. */
const giveUp = async (carrier: Carrier, asked: carry.Asked & { kept?: ExternalId }): Promise<void> => {
  const { platform, request, kept } = asked;
  const port = portsOf(carrier, platform).booking;
  if (!port) return;
  const found = asked.externalRef ?? (await call(carrier, platform, () => port.find(request)))?.externalRef;
  if (!found || found === kept) return;
  const { booking, centre } = request;
  await call(carrier, platform, () => port.cancel({ booking, centre, externalRef: found }));
};

const unbook = async (carrier: Carrier, booking: BookingRequest["booking"]): Promise<void> => {
  const asked = await carry.bookingToCancel(carrier.deps, booking);
  if (asked) await giveUp(carrier, asked);
};

/** Tells the platform of the binding. Without one the centre books nowhere, and the gateway's record is all. */
export const bookOn = async (
  carrier: Carrier,
  effect: Extract<Effect, { kind: "book" | "unbook" }>,
): Promise<void> => {
  const { deps } = carrier;
  const making = effect.kind === "book" ? await carry.bookingToMake(deps, effect.booking) : undefined;
  // One that was cancelled since the last try may have been booked by that try.
  if (!making) return unbook(carrier, effect.booking);
  if (making.earlier) {
    await giveUp(carrier, making.earlier);
    await carry.forgetAsked(deps, making.earlier);
    return bookOn(carrier, effect);
  }
  const { platform, request } = making;
  const port = platform && portsOf(carrier, platform).booking;
  if (!platform || !port) return tellBooking(deps, effect.booking, { asked: request.at });
  await tellBooking(deps, effect.booking, await ask(carrier, port, { ...making, platform }));
};
