import { z } from "zod";
import type { Appointment, AppointmentPage } from "../../schema/appointment.ts";
import { refuse } from "../../schema/errors.ts";
import { Instant } from "../../schema/primitives.ts";
import * as appointments from "../store/appointments.ts";
import type { Db } from "../store/db.ts";
import { type Coming, comingBy } from "../store/evenings.ts";
import { shownComing } from "./coming.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { noteSeen } from "./seen.ts";

/* What a centre has with people: who is asked, who is expected, who came. */

/** Anybody may make a cursor up, and the database fails on what is no UUID. */
const placeAt = (cursor: string): appointments.Place => {
  const [at, id, ...more] = cursor.split("~");
  const place = z.tuple([Instant, z.uuid()]).safeParse([at, id]);
  if (!place.success || more.length > 0 || place.data[0] !== at)
    return refuse("invalid_input", undefined, [
      { in: "query", at: "cursor", detail: "`next` of an earlier page" },
    ]);
  return { at: place.data[0], id: place.data[1] };
};

const shown = (deps: Deps, row: appointments.AppointmentRow, coming: Coming | undefined): Appointment => {
  const { id, madeAt, changedAt, at, state, surplus, invitation } = row;
  const asked = invitation && {
    ...{ kind: invitation.kind, state: invitation.state, knownBy: invitation.knownBy },
    windowEndsAt: invitation.windowEndsAt ?? undefined,
  };
  return {
    ...{ id, state, madeAt, changedAt, at },
    ...{ region: surplus.region, centre: surplus.centre, surplus: surplus.id },
    comeBefore: surplus.usableUntil,
    asked: asked ?? undefined,
    expected: coming && shownComing(deps, coming),
  };
};

/** With the names of whom they are about, which the audit has before they are shown. */
const named = async (
  tx: Db,
  deps: Deps,
  { rows, actor }: { rows: readonly appointments.AppointmentRow[]; actor: Actor },
): Promise<Appointment[]> => {
  const coming = await comingBy(
    tx,
    rows.flatMap(({ booking }) => booking?.id ?? []),
  );
  for (const centre of new Set(coming.map(({ booking }) => booking.centre))) {
    const people = coming.flatMap(({ booking, person }) =>
      person && booking.centre === centre ? person : [],
    );
    if (people.length > 0) await noteSeen(tx, deps, { people, actor, list: "expected", centre });
  }
  const by = new Map(coming.map((each) => [each.booking.id, each]));
  return rows.map((row) => shown(deps, row, row.booking ? by.get(row.booking.id) : undefined));
};

/** Newest first; `next` continues. `actor`: who looks. */
export const listAppointments = (
  deps: Deps,
  { cursor, limit, ...wanted }: appointments.Wanted & { cursor?: string; limit: number },
  actor: Actor,
): Promise<AppointmentPage> =>
  transact(deps, async (tx) => {
    const before = cursor === undefined ? undefined : placeAt(cursor);
    const total = await appointments.count(tx, wanted);
    const rows = limit === 0 ? [] : await appointments.list(tx, wanted, { before, limit: limit + 1 });
    const items = await named(tx, deps, { rows: rows.slice(0, limit), actor });
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, total, ...(last ? { next: `${last.madeAt}~${last.id}` } : {}) };
  });

/** `mayRead`: refuses whoever does not reach its place, before anybody is looked at. */
export const readAppointment = (
  deps: Deps,
  { id, actor, mayRead }: { id: string; actor: Actor; mayRead(place: Appointment): void },
): Promise<Appointment> =>
  transact(deps, async (tx) => {
    const row = (await appointments.byId(tx, id)) ?? refuse("not_found");
    mayRead(shown(deps, row, undefined));
    return (await named(tx, deps, { rows: [row], actor }))[0] ?? refuse("not_found");
  });
