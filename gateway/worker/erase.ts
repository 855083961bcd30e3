import { AdapterError } from "../../schema/adapter.ts";
import { type Instant, plusMinutes } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { errandToCarry, noteReceipt, noteTry } from "../flows/erasure/carry.ts";
import type { BookingMatter, ListMatter, Matter, OfficialMatter } from "../flows/erasure/matter.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

type Order = Extract<Effect, { kind: "erase" }>;
/** `by-hand` with the reason why the platform does no more. */
type Became = { state: "erased" } | { state: "by-hand"; fault: string };

const cannot: Became = { state: "by-hand", fault: "cannot" };
const absent: Became = { state: "by-hand", fault: "not-connected" };

/**
 * Off the list, and then out of it. Where the name never came back, the person is written once more, which tells it: the
 * same person is no second one.
 */
const eraseFromList = async (
  carrier: Carrier,
  { platform }: Order,
  { externalId, entry }: ListMatter,
): Promise<Became> => {
  const port = portsOf(carrier, platform).roster;
  if (!port) return absent;
  const name = externalId ?? (entry && (await call(carrier, platform, () => port.put(entry))).externalId);
  const { erase } = port;
  if (name) await call(carrier, platform, () => port.close({ externalId: name, reason: "withdrawn" }));
  if (!erase) return cannot;
  if (!name) return { state: "erased" };
  await call(carrier, platform, () => erase({ externalId: name }));
  return { state: "erased" };
};

const eraseBooking = async (
  carrier: Carrier,
  { platform }: Order,
  { request, externalRef }: BookingMatter,
): Promise<Became> => {
  const port = portsOf(carrier, platform).booking;
  if (!port) return absent;
  const found = externalRef ?? (await call(carrier, platform, () => port.find(request)))?.externalRef;
  if (!found) return { state: "erased" };
  const named = { booking: request.booking, centre: request.centre, externalRef: found };
  if (request.at > carrier.deps.now()) await call(carrier, platform, () => port.cancel(named));
  const { erase } = port;
  if (!erase) return cannot;
  await call(carrier, platform, () => erase(named));
  return { state: "erased" };
};

/** Their official invitation is valid again, where a dose of the reserve list had ended it. */
const giveBack = async (
  carrier: Carrier,
  { platform }: Order,
  { person }: OfficialMatter,
): Promise<Became> => {
  const port = portsOf(carrier, platform).official;
  if (!port) return absent;
  await call(carrier, platform, () => port.reinstate({ person }));
  return { state: "erased" };
};

const tell = (carrier: Carrier, order: Order, matter: Matter): Promise<Became> => {
  if (matter.what === "list") return eraseFromList(carrier, order, matter);
  return matter.what === "booking" ? eraseBooking(carrier, order, matter) : giveBack(carrier, order, matter);
};

const faultOf = (error: AdapterError) => error.heldBack ?? error.fault;

/**
 * Has one platform forget somebody, again and again until it acknowledges that. What it refuses for good is somebody's to
 * see to by hand.
 */
export const eraseAt = async (carrier: Carrier, order: Order): Promise<Instant | undefined> => {
  const { deps } = carrier;
  const errand = await errandToCarry(deps, order);
  if (!errand) return undefined;
  const { matter, early } = errand;
  try {
    const became = await tell(carrier, order, matter);
    if (early && became.state === "erased") return plusMinutes(deps.now(), 1);
    await noteReceipt(deps, order, { ...became, matter });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (error.fault !== "rejected") {
      await noteTry(deps, order, faultOf(error));
      throw error;
    }
    await noteReceipt(deps, order, { state: "by-hand", fault: "rejected", matter });
  }
  return undefined;
};
