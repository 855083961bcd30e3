import type { RosterEntry } from "../../schema/adapter.ts";
import type { VolunteerId } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import * as carry from "../flows/carry.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/** Writes someone to every list that their centres are bound to, under the name it knows them by, if any. */
export const putRoster = async (carrier: Carrier, volunteer: VolunteerId) => {
  const person = await carry.personForRoster(carrier.deps, volunteer);
  if (!person || person.row.state === "withdrawn" || person.row.state === "closed") return;
  const { row, guest } = person;
  // Merged meanwhile: the registration that stayed has an order of its own.
  if (row.repeatOf !== null) return;
  for (const platform of person.rosters) {
    const port = portsOf(carrier, platform).roster;
    if (!port) continue;
    const entry: RosterEntry = {
      ...guest,
      externalId: person.identities.find((each) => each.platform === platform)?.externalId,
      birthYearOnly: row.birthYearOnly,
      centres: row.centres,
      availability: row.availability,
      conditions: row.conditions,
      state: row.state === "active" ? "active" : "paused",
    };
    const { externalId } = await call(carrier, platform, () => port.put(entry));
    await carry.noteIdentity(carrier.deps, { platform, externalId, volunteer });
  }
};

/** Ends someone's list life on every platform that knows them. */
export const closeRoster = async (
  carrier: Carrier,
  { volunteer, reason }: Extract<Effect, { kind: "roster-close" }>,
) => {
  const person = await carry.personForRoster(carrier.deps, volunteer);
  for (const { platform, externalId } of person?.identities ?? []) {
    const port = portsOf(carrier, platform).roster;
    if (port) await call(carrier, platform, () => port.close({ externalId, reason }));
  }
};
