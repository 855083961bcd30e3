import { AdapterError, type HeldBooking } from "../../schema/adapter.ts";
import { BookingId, type PlatformName } from "../../schema/primitives.ts";
import type { Reconciliation } from "../../schema/reconciliation.ts";
import * as flow from "../flows/reconcile.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/** What the platform holds of ours: by its list, or where it has none, looked for one by one. */
const read = async (carrier: Carrier, platform: PlatformName, span: flow.Span): Promise<HeldBooking[]> => {
  const port = portsOf(carrier, platform).booking;
  if (!port) return [];
  if (port.held) return call(carrier, platform, async () => (await port.held?.(span)) ?? []);
  const held: HeldBooking[] = [];
  for (const request of await flow.askedOf(carrier.deps, platform, span)) {
    const found = await call(carrier, platform, () => port.find(request));
    if (found) held.push({ ...found, booking: request.booking, centre: request.centre });
  }
  return held;
};

/** Where no booking of ours answers to what is held, its reference alone says which is meant. */
const noneOfOurs = BookingId.parse("00000000-0000-4000-8000-000000000000");

const cancelThere = async (carrier: Carrier, platform: PlatformName, { own, held }: flow.Difference) => {
  const port = portsOf(carrier, platform).booking;
  for (const { externalRef, centre, booking = own?.id ?? noneOfOurs } of held)
    await call(carrier, platform, async () => port?.cancel({ booking, centre, externalRef }));
};

/** What was not listed may only not have been shown yet: it is looked for before it is booked again. */
const bookAgain = async (carrier: Carrier, platform: PlatformName, found: flow.Difference): Promise<void> => {
  const port = portsOf(carrier, platform).booking;
  const request = found.own && (await flow.requestOf(carrier.deps, found.own.id));
  const there = request && port && (await call(carrier, platform, () => port.find(request)));
  if (!request || !there) return flow.mendHere(carrier.deps, found);
  const held = [{ ...there, centre: request.centre }];
  return flow.mendHere(carrier.deps, { ...found, difference: "renamed", held });
};

const mend = async (carrier: Carrier, platform: PlatformName, found: flow.Difference): Promise<void> => {
  switch (found.difference) {
    case "not-ended":
    case "doubled":
    case "unknown":
      return cancelThere(carrier, platform, found);
    case "missing":
      return bookAgain(carrier, platform, found);
    case "moved":
    case "renamed":
    case "not-asked":
      return flow.mendHere(carrier.deps, found);
  }
};

/**
 * Compares both sides of a platform's bookings and mends what differs; what cannot be mended now is reported, and tried
 * again by the next pass. Safe to repeat, and beside another: each mending is, and each looks again first.
 */
export const reconcile = async (carrier: Carrier, platform: PlatformName): Promise<void> => {
  const { deps } = carrier;
  if (!portsOf(carrier, platform).booking) return;
  const at = deps.now();
  const span = await flow.whereToCompare(deps, platform);
  const held = await read(carrier, platform, span);
  const { found, ...counts } = await flow.compareWith(deps, { platform, at }, { span, held });
  const mended: Reconciliation["mended"] = {};
  const reported: Reconciliation["reported"] = [];
  for (const each of found) {
    const { difference, own, held: there } = each;
    try {
      await mend(carrier, platform, each);
      mended[difference] = (mended[difference] ?? 0) + 1;
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      const externalRef = there[0]?.externalRef;
      reported.push({ difference, booking: own?.id, externalRef, fault: error.fault });
    }
  }
  await flow.keepAccount(deps, { platform, at, ...counts, mended, reported });
};
