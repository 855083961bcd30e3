import type { HeldBooking } from "../../schema/adapter.ts";
import type { BookingId, CentreId, ExternalId, Instant } from "../../schema/primitives.ts";
import type { Difference } from "../../schema/reconciliation.ts";

/** A booking of the gateway's, as far as it is compared with one platform. */
export type OwnBooking = {
  id: BookingId;
  centre: CentreId;
  /** `wanted`: the platform should hold it. `open`: promised and to be asked for. `over`: it should not. `past`: done. */
  stand: "wanted" | "open" | "over" | "past";
  /** Still changing while the two sides are read: no difference, whatever they say. */
  inFlight: boolean;
  externalRef?: ExternalId;
  heldAt?: Instant;
};

export type Found = { difference: Difference; own?: OwnBooking; held: HeldBooking[] };
export type Comparison = { compared: number; equal: number; inFlight: number; found: Found[] };

/** Puts to each booking of the gateway's what the platform holds for it, by name, by reference, or by its guest. */
const matched = (own: readonly OwnBooking[], held: readonly HeldBooking[]) => {
  const byName = new Map(own.map((each) => [each.id, each]));
  const byRef = new Map(own.flatMap((each) => (each.externalRef ? [[each.externalRef, each] as const] : [])));
  const byHolder = new Map<string, OwnBooking>();
  const of = new Map<OwnBooking, HeldBooking[]>();
  const rest: HeldBooking[] = [];
  const put = (each: HeldBooking, to: OwnBooking) => of.set(to, [...(of.get(to) ?? []), each]);
  for (const each of held) {
    const to = each.booking ? byName.get(each.booking) : byRef.get(each.externalRef);
    if (!to) rest.push(each);
    else {
      put(each, to);
      if (each.holder && to.stand === "wanted") byHolder.set(each.holder, to);
    }
  }
  const unknown = rest.filter((each) => {
    const to = each.holder ? byHolder.get(each.holder) : undefined;
    if (to) put(each, to);
    return !to;
  });
  return { of, unknown };
};

/** The one of several that stays: the one that the gateway knows, or else the first. */
const keptOf = (own: OwnBooking, held: readonly HeldBooking[]) =>
  held.find(({ externalRef }) => externalRef === own.externalRef) ?? held[0];

const differencesOf = (own: OwnBooking, held: HeldBooking[]): Found[] => {
  const kept = keptOf(own, held);
  if (own.stand === "past") return [];
  if (own.stand === "over") return kept ? [{ difference: "not-ended", own, held }] : [];
  if (own.stand === "open") return [{ difference: "not-asked", own, held }];
  if (!kept) return [{ difference: "missing", own, held }];
  const others = held.filter((each) => each !== kept);
  const found: Found[] = others.length > 0 ? [{ difference: "doubled", own, held: others }] : [];
  if (kept.externalRef !== own.externalRef) found.push({ difference: "renamed", own, held: [kept] });
  else if (own.heldAt && kept.at !== own.heldAt) found.push({ difference: "moved", own, held: [kept] });
  return found;
};

/**
 * Holds the gateway's bookings against what a platform holds of its making. What nothing here answers to is unknown;
 * but while a booking at that centre is under way that has no reference yet, it may be that one.
 */
export const compare = (own: readonly OwnBooking[], held: readonly HeldBooking[]): Comparison => {
  const { of, unknown } = matched(own, held);
  const settled = own.filter(({ inFlight }) => !inFlight);
  const unsure = new Set(own.flatMap((each) => (each.inFlight && !each.externalRef ? [each.centre] : [])));
  const found = settled.flatMap((each) => differencesOf(each, of.get(each) ?? []));
  const strays = unknown.filter(({ centre, booking }) => booking !== undefined || !unsure.has(centre));
  const wanted = settled.filter(({ stand }) => stand === "wanted");
  const differing = new Set(found.map((each) => each.own));
  return {
    compared: own.length + unknown.length,
    equal: wanted.filter((each) => !differing.has(each)).length,
    inFlight: own.length - settled.length,
    found: [...found, ...strays.map((each) => ({ difference: "unknown" as const, held: [each] }))],
  };
};
