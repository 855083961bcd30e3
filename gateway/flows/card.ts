import { refuse } from "../../schema/errors.ts";
import { type BookingId, localDay } from "../../schema/primitives.ts";
import type { CardCheck, CardChecked, Deciding, Differs } from "../../schema/proof.ts";
import { type Region, within } from "../../schema/region.ts";
import { objectionsTo } from "../core/proof.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import { acrossRegions, type Db } from "../store/db.ts";
import * as places from "../store/places.ts";
import * as proofs from "../store/proofs.ts";
import * as queue from "../store/queue.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";
import { keepWords } from "./identity.ts";
import { centresFor } from "./intake/decide.ts";
import { decisiveOf, noteProofs, readBases } from "./prove.ts";

/*
 * The centre looks at the card before the dose is given. What differs is taken over, so that it decides the order from now
 * on, and the policy is asked again; it refuses nobody who stands there by itself: whoever gives the dose against it, or
 * turns somebody away, says why (flows/attend).
 */

/** Where somebody is called who lives there; nowhere where the region is not theirs. */
const centresAt = async (tx: Db, region: Region, row: volunteers.VolunteerRow, postcode: string) => {
  if (!within(postcode, region.postcodes)) return [];
  return centresFor(region, await places.centresOf(tx, region.id), { centres: row.centres, postcode });
};

/**
 * What the card shows, in the place of what was declared. The digest by which the person is found stays that of what they
 * declared: they would declare it again.
 */
const correct = async (
  tx: Db,
  region: Region,
  row: volunteers.VolunteerRow,
  differs: readonly Differs[],
): Promise<Partial<volunteers.VolunteerRow>> => {
  const values: Partial<volunteers.VolunteerRow> = {};
  for (const each of differs) {
    if (each.what === "birthDate") Object.assign(values, { birthDate: each.found, birthYearOnly: false });
    else if (each.what === "postcode") {
      const centres = await centresAt(tx, region, row, each.found);
      Object.assign(values, { postcode: each.found, centres });
    } else
      values.conditions = (values.conditions ?? row.conditions).filter(
        (condition) => condition !== each.what,
      );
  }
  return values;
};

const shownOnCard = (check: CardCheck): { differs: readonly Differs[]; seen: Deciding[] } => {
  if (check.outcome === "refused") return { differs: [], seen: [] };
  if (check.outcome === "confirmed") return { differs: [], seen: check.confirmed };
  const found = check.differs.flatMap((each) => ("found" in each ? each.what : []));
  return { differs: check.differs, seen: [...new Set([...check.confirmed, ...found])] };
};

type Checked = { booking: bookings.BookingRow; check: CardCheck; actor: Actor };

/** Of the person, who may be registered in another region than that where they are expected. */
const noteCard = async (tx: Db, deps: Deps, { booking, check, actor }: Checked): Promise<CardChecked> => {
  const at = deps.now();
  const before = booking.volunteer && (await volunteers.lock(tx, booking.volunteer));
  if (!before) return refuse("not_found", "nobody is known to have this booking");
  const surplus = (await surpluses.byId(tx, booking.surplus)) ?? refuse("not_found");
  const region =
    (await places.allRegions(tx)).find((each) => each.id === before.region) ?? refuse("not_found");
  const { differs, seen } = shownOnCard(check);
  let row = before;
  if (differs.length > 0) {
    await keepWords(tx, deps, before);
    const values = { ...(await correct(tx, region, before, differs)), updatedAt: at };
    row = (await volunteers.change(tx, before.id, values)) ?? before;
    await queue.settle(tx, row.id);
  }
  const otherwise = differs.map(({ what }) => what);
  await proofs.drop(tx, row.id, otherwise);
  await noteProofs(tx, { row, what: seen, known: "card", by: actor, at });
  const { rules } = await policyOf(tx, before, at);
  const rule = { rules, region, day: localDay(at), vaccine: surplus.vaccine };
  const objections = objectionsTo(decisiveOf(row), decisiveOf(before), rule);
  const checked = { outcome: check.outcome, objections, by: actor, at };
  await proofs.noteCheck(tx, { ...checked, region: booking.region, booking: booking.id });
  const facts = { surplus: surplus.id, volunteer: row.id, differs: otherwise, objections };
  const line = { at, region: booking.region, actor, event: `booking.card-${check.outcome}` };
  await audit.note(tx, { ...line, subject: booking.id, facts });
  return { ...checked, bases: await readBases(tx, row) };
};

/** Notes what the card of whoever is expected shows, and answers what the policy says to it. */
export const checkCard = (
  deps: Deps,
  id: BookingId,
  { actor, ...check }: CardCheck & { actor: Actor },
): Promise<CardChecked> =>
  transact(deps, async (tx) => {
    const booking = (await bookings.byId(tx, id)) ?? refuse("not_found");
    if (!bookings.expected.includes(booking.state)) refuse("booking_over", `it is ${booking.state}`);
    return acrossRegions(tx, (all) => noteCard(all, deps, { booking, check: check as CardCheck, actor }));
  });
