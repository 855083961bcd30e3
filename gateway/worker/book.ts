import { AdapterError, type BookingReceipt, type BookingRequest, type Ports } from "../../schema/adapter.ts";
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

/** Tells the platform of the binding. Without one the centre books nowhere, and the gateway's record is all. */
export const bookOn = async (carrier: Carrier, effect: Extract<Effect, { kind: "book" | "unbook" }>) => {
  const { deps } = carrier;
  if (effect.kind === "unbook") return unbook(carrier, effect.booking);
  const making = await carry.bookingToMake(deps, effect.booking);
  if (!making) return;
  const { platform, request, replaces } = making;
  const port = platform && portsOf(carrier, platform).booking;
  if (!platform || !port) return carry.tellBooking(deps, effect.booking, { asked: request.at });
  if (replaces)
    await call(carrier, platform, () =>
      port.cancel({ booking: request.booking, centre: request.centre, externalRef: replaces }),
    );
  const receipt = await call(carrier, platform, () => bookOnce(port, request)).catch((error: unknown) => {
    if (!(error instanceof AdapterError) || error.fault !== "rejected") throw error;
    return { outcome: "refused" as const, cause: "not-accepted" as const };
  });
  await carry.tellBooking(deps, effect.booking, { asked: request.at, platform, receipt });
};

const unbook = async (carrier: Carrier, booking: BookingRequest["booking"]) => {
  const row = await carry.bookingToCancel(carrier.deps, booking);
  const { platform, externalRef, centre } = row ?? {};
  const port = platform && portsOf(carrier, platform).booking;
  if (!platform || !port || !externalRef || !centre) return;
  await call(carrier, platform, () => port.cancel({ booking, centre, externalRef }));
};
