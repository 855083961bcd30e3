import { AdapterError, type BookingReceipt, type BookingRequest, type Ports } from "../../schema/adapter.ts";
import type { ExternalId } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import * as carry from "../flows/carry.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

type Port = Ports["booking"];

/** Looks before it books: an earlier try may have arrived though its reply was lost. */
const bookOnce = async (port: Port, request: BookingRequest): Promise<BookingReceipt> => {
  const there = await port.find(request);
  if (there) return { outcome: "booked", ...there };
  return port.book(request);
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
  const { platform, request, earlier } = making;
  if (earlier) {
    await giveUp(carrier, earlier);
    await carry.forgetAsked(deps, earlier);
    return bookOn(carrier, effect);
  }
  const port = platform && portsOf(carrier, platform).booking;
  if (!platform || !port) return carry.tellBooking(deps, effect.booking, { asked: request.at });
  const receipt = await call(carrier, platform, () => bookOnce(port, request)).catch((error: unknown) => {
    if (!(error instanceof AdapterError) || error.fault !== "rejected") throw error;
    return { outcome: "refused" as const, cause: "not-accepted" as const };
  });
  await carry.tellBooking(deps, effect.booking, { asked: request.at, platform, receipt });
};
