import type { Instant } from "../../../schema/primitives.ts";
import type { Availability } from "../../../schema/volunteer.ts";
import { sameDays } from "../../core/eligibility.ts";
import type { Db } from "../../store/db.ts";
import * as queue from "../../store/queue.ts";
import * as volunteers from "../../store/volunteers.ts";
import { endListLife } from "../end.ts";
import type { Told } from "./record.ts";

type Row = volunteers.VolunteerRow;

/**
 * What a record says of someone we know: nothing new; other days; or that they go or come, which moves their places
 * in the queue and whatever else is under way for them.
 */
export type Change =
  | { kind: "unchanged" }
  | { kind: "days"; row: Row }
  | { kind: "moved"; row: Row }
  | { kind: "left" };

/** A platform keeps a plain week. Whoever told us more, days that differ, keeps what they told us. */
const availabilityOf = (known: Availability, told: Availability | undefined): Availability =>
  told === undefined || known.exceptions.length > 0 ? known : { ...told, from: told.from ?? known.from };

/**
 * A record that is older than the last change we know of is out of date and changes nothing: whoever came back here
 * since stays (F06).
 */
export const changeOf = (known: Row, { entry, changedAt }: Told): Change => {
  if (known.state === "withdrawn" || known.state === "closed" || changedAt < known.updatedAt)
    return { kind: "unchanged" };
  if (entry.state === "left") return { kind: "left" };
  const availability = availabilityOf(known.availability, entry.availability);
  const row = { ...known, state: entry.state, availability, updatedAt: changedAt };
  if (entry.state !== known.state) return { kind: "moved", row };
  return sameDays(availability, known.availability) ? { kind: "unchanged" } : { kind: "days", row };
};

/** Carries out that someone goes or comes. */
export const moveAlong = async (
  tx: Db,
  known: Row,
  change: Extract<Change, { kind: "moved" | "left" }>,
  at: Instant,
): Promise<void> => {
  if (change.kind === "left") return endListLife(tx, { row: known, reason: "withdrawn", at });
  const { state, availability, updatedAt } = change.row;
  await volunteers.change(tx, known.id, { state, availability, updatedAt });
  await queue.settle(tx, known.id);
};
