import { AdapterError, type RosterEntry } from "../../schema/adapter.ts";
import type { ChangeId } from "../../schema/binding.ts";
import { type Instant, type PlatformName, plusMinutes, type VolunteerId } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { afterLeaving, leaving, nextBatch, noteBatch, type Outcome } from "../flows/bindings/carry-over.ts";
import * as carry from "../flows/carry.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

type Person = NonNullable<Awaited<ReturnType<typeof carry.personForRoster>>>;

const isGone = ({ row }: Person) => row.state === "withdrawn" || row.state === "closed";

const entryOf = ({ row, guest, identities }: Person, platform: PlatformName): RosterEntry => ({
  ...guest,
  externalId: identities.find((each) => each.platform === platform)?.externalId,
  birthYearOnly: row.birthYearOnly,
  centres: row.centres,
  availability: row.availability,
  conditions: row.conditions,
  state: row.state === "active" ? "active" : "paused",
});

/** On each list where the person belongs, under the name it knows them by, if any. */
const writeOn = async (carrier: Carrier, person: Person) => {
  for (const platform of person.rosters) {
    const port = portsOf(carrier, platform).roster;
    if (!port) continue;
    const { externalId } = await call(carrier, platform, () => port.put(entryOf(person, platform)));
    await carry.noteIdentity(carrier.deps, { platform, externalId, volunteer: person.row.id });
  }
};

/** Writes someone to every list that their centres are bound to. */
export const putRoster = async (carrier: Carrier, volunteer: VolunteerId) => {
  const person = await carry.personForRoster(carrier.deps, volunteer);
  // Whoever was merged meanwhile: the registration that stayed has an order of its own.
  if (person && !isGone(person) && person.row.repeatOf === null) await writeOn(carrier, person);
};

const carryOne = async (carrier: Carrier, volunteer: VolunteerId): Promise<Outcome> => {
  const person = await carry.personForRoster(carrier.deps, volunteer);
  if (!person || isGone(person)) return "gone";
  try {
    await writeOn(carrier, person);
    return person.withheld.length > 0 ? "asked" : "carried";
  } catch (error) {
    if (error instanceof AdapterError && error.fault === "rejected") return "refused";
    throw error;
  }
};

/** Some people at a time are with the platform at once. */
const abreast = 6;

/** Carries people over in their order, and stops behind the first whom the platform did not take for now. */
const carryInOrder = async (carrier: Carrier, people: VolunteerId[]) => {
  const outcomes = new Map<VolunteerId, Outcome>();
  for (let from = 0; from < people.length; from += abreast) {
    const group = people.slice(from, from + abreast);
    const tried = await Promise.allSettled(group.map((id) => carryOne(carrier, id)));
    for (const [index, each] of tried.entries()) {
      const id = group[index];
      if (each.status === "rejected") return { outcomes, fault: each.reason as unknown };
      if (id) outcomes.set(id, each.value);
    }
  }
  return { outcomes };
};

/**
 * Writes the next people of a change on their new list; answers with when to go on, and with nothing at the end. Where
 * the platform fails, whoever was written before is not written again.
 */
export const carryOver = async (carrier: Carrier, change: ChangeId): Promise<Instant | undefined> => {
  const { deps } = carrier;
  const batch = await nextBatch(deps, change);
  if (batch === undefined || typeof batch === "string") return batch;
  const { outcomes, fault } = await carryInOrder(carrier, batch.people);
  if (fault !== undefined && outcomes.size === 0) throw fault;
  const people = batch.people.slice(0, outcomes.size);
  await noteBatch(deps, { ...batch, people }, outcomes);
  return people.length > 0 ? deps.now() : undefined;
};

const whileBusyMinutes = 5;

/** Takes somebody off a list that is not theirs any more, as soon as the new one has them and nothing runs there. */
export const leaveRoster = async (
  carrier: Carrier,
  { volunteer, platform }: Extract<Effect, { kind: "roster-leave" }>,
): Promise<Instant | undefined> => {
  const found = await leaving(carrier.deps, volunteer, platform);
  if (found.state === "busy") return plusMinutes(carrier.deps.now(), whileBusyMinutes);
  if (found.state === "unconfirmed") throw new AdapterError("unavailable", "not on the new list yet");
  const port = portsOf(carrier, platform).roster;
  if (found.state !== "leaves" || !port) return undefined;
  for (const externalId of found.names)
    await call(carrier, platform, () => port.close({ externalId, reason: "withdrawn" }));
  await afterLeaving(carrier.deps, volunteer, platform);
  return undefined;
};

/** Ends someone's list life on every platform that knows them. */
export const closeRoster = async (
  carrier: Carrier,
  { volunteer, reason }: Extract<Effect, { kind: "roster-close" }>,
) => {
  const person = await carry.personForRoster(carrier.deps, volunteer);
  // Whoever came back meanwhile, since an official appointment was given back, is on their lists again.
  if (!person || !isGone(person)) return;
  for (const { platform, externalId } of person.identities) {
    const port = portsOf(carrier, platform).roster;
    if (port) await call(carrier, platform, () => port.close({ externalId, reason }));
  }
};
