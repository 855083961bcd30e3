import type { BookingRequest } from "../../schema/adapter.ts";
import type * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as surpluses from "../store/surpluses.ts";
import * as volunteers from "../store/volunteers.ts";
import type { Deps } from "./deps.ts";
import { guest } from "./person.ts";

/** The booking as a platform would be asked for it; nothing where nobody is known to have it. */
export const requestFor = async (
  tx: Db,
  deps: Deps,
  row: bookings.BookingRow,
): Promise<BookingRequest | undefined> => {
  const person = row.volunteer && (await volunteers.byId(tx, row.volunteer));
  const surplus = await surpluses.byId(tx, row.surplus);
  if (!person || !surplus) return undefined;
  const { id: booking, centre, at } = row;
  return { booking, centre, at, vaccine: surplus.vaccine, guest: guest(deps, person) };
};
