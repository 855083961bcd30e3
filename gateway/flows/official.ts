import type { OfficialEvent, OfficialPerson } from "../../schema/adapter.ts";
import type { Instant, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { MessageKind } from "../../schema/surplus.ts";
import { evidence } from "../core/identity.ts";
import { closedBy, isNews, type Meaning, meaningOf } from "../core/official.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as invitations from "../store/invitations.ts";
import * as officials from "../store/officials.ts";
import * as outbox from "../store/outbox.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, transact } from "./deps.ts";
import { bringBack, endListLife } from "./end.ts";
import { asOfficial } from "./person.ts";
import { isKnownDose } from "./sync/elsewhere.ts";

type Row = volunteers.VolunteerRow;

/**
 * All by which the person of an official invitation is found: their number, and what identifies whoever gave none. By
 * the second nobody is found who gave another number.
 */
const digestsOf = ({ vault }: Deps, { nationalNumber, ...person }: OfficialPerson): Uint8Array[] =>
  [
    ...(nationalNumber ? [evidence({ nationalNumber, ...person })] : []),
    ...(person.contact.mobile || person.contact.email ? [evidence(person)] : []),
  ].flatMap((words) => vault.digests("identity", words));

/** Which letter says so; none to the dead, nor to whoever knows of their dose. */
const letterOn = (meaning: Meaning): MessageKind | undefined => {
  if (meaning === "given-back") return "official-given-back";
  if (meaning === "back") return "official-over";
  return typeof meaning === "object" && meaning.ends === "official" ? "official" : undefined;
};

const eventOf = (meaning: Exclude<Meaning, "nothing">): string => {
  if (typeof meaning === "string") return `volunteer.official-${meaning}`;
  return `volunteer.${meaning.ends}`;
};

type Meant = { row: Row; meaning: Meaning };

const carryOut = async (
  tx: Db,
  { row, meaning }: Meant,
  { at, by, happened }: { at: Instant; by: PlatformName; happened: Instant },
) => {
  if (meaning === "nothing") return;
  if (meaning === "back") await bringBack(tx, { row, at });
  else if (meaning !== "given-back") await endListLife(tx, { row, reason: meaning.ends, at, happened });
  else await outbox.enqueue(tx, [{ kind: "tell-official", volunteer: row.id }], at);
  const [event, subject] = [eventOf(meaning), row.id];
  await audit.note(tx, { at, region: row.region, actor: by, event, subject });
};

/** The dose that is promised to somebody, in whichever campaign. */
const promiseOf = async (tx: Db, people: readonly Row[]): Promise<bookings.BookingRow | undefined> => {
  for (const { id } of people) {
    const booking = await bookings.liveOfVolunteer(tx, id);
    if (booking) return booking;
  }
  return undefined;
};

/**
 * Which registrations of somebody it concerns: all of them; but a dose is one campaign's, and what is given back is told
 * by the one with the promise.
 */
const concerned = async (
  tx: Db,
  meant: readonly Meant[],
  { event, promised }: { event: OfficialEvent; promised?: bookings.BookingRow },
): Promise<Meant[]> => {
  const found = meant.filter(
    ({ row, meaning }) =>
      meaning !== "nothing" && (meaning !== "given-back" || row.id === promised?.volunteer),
  );
  if (event.kind !== "vaccinated") return found;
  for (const each of found.toSorted((one, other) => (one.row.registeredAt < other.row.registeredAt ? -1 : 1)))
    if (!(await isKnownDose(tx, each.row, event.at))) return [each];
  return [];
};

/** One letter, whatever the number of registrations. Whom nobody told that they are not called has nothing to be told. */
const tellOnce = async (
  tx: Db,
  meant: readonly Meant[],
  { promised, at }: { promised?: bookings.BookingRow; at: Instant },
): Promise<void> => {
  const heard = meant.find(
    ({ row, meaning }) => letterOn(meaning) && (meaning !== "back" || row.state === "closed"),
  );
  const about = heard && letterOn(heard.meaning);
  if (!heard || !about) return;
  const isPromised = heard.meaning === "given-back" && promised?.volunteer;
  const volunteer = isPromised || heard.row.id;
  const invitation = isPromised ? (promised?.invitation ?? undefined) : undefined;
  await outbox.enqueue(tx, [{ kind: "message", about, volunteer, invitation }], at);
};

/** All registrations of whom these digests find, locked; those too that were added while somebody else held the lock. */
const lockPeople = async (tx: Db, digests: Uint8Array[]): Promise<Row[]> => {
  let people: Row[] = [];
  for (;;) {
    const found = new Set(await volunteers.everywhere(tx, digests));
    const locked = people.filter(({ id }) => found.has(id));
    if (locked.length === found.size) return locked;
    people = await volunteers.lockAll(tx, [...found]);
  }
};

/** Keeps how it stands, by digest alone, where that ends a list life or has ended one. `false` where it is not news. */
const keep = async (
  tx: Db,
  platform: PlatformName,
  { event: { ref, kind: state, at }, digests }: { event: OfficialEvent; digests: Uint8Array[] },
): Promise<boolean> => {
  const before = await officials.lock(tx, { platform, ref });
  if (before && !isNews({ kind: state, at }, before)) return false;
  if (before || closedBy([state]) !== null) await officials.put(tx, { platform, ref, digests, state, at });
  return true;
};

/**
 * Takes in what happened to an official invitation, for all registrations of its person. Safe to repeat, and what is
 * no news changes nothing.
 */
export const takeOfficial = (deps: Deps, platform: PlatformName, event: OfficialEvent): Promise<void> =>
  transact(deps, async (tx) => {
    const digests = digestsOf(deps, event.person);
    if (digests.length === 0 || !(await keep(tx, platform, { event, digests }))) return;
    const people = await lockPeople(tx, digests);
    if (people.length === 0) return;
    await invitations.lockLiveOf(
      tx,
      people.map(({ id }) => id),
    );
    const standing = closedBy((await officials.endingOf(tx, digests)).map(({ state }) => state));
    const promised = await promiseOf(tx, people);
    const meant = people.map((row) => ({
      row,
      meaning: meaningOf(event, { closedFor: row.closedFor, promisedAt: promised?.promisedAt, standing }),
    }));
    for (const each of await concerned(tx, meant, { event, promised }))
      await carryOut(tx, each, { at: deps.now(), by: platform, happened: event.at });
    await tellOnce(tx, meant, { promised, at: deps.now() });
  });

/** Without `supersede`, what was superseded is to be valid again. */
type Word = { person: OfficialPerson; supersede?: { reason: "reserve-list" | "vaccinated"; at: Instant } };

/** What platforms with official invitations are to be told of somebody, as it is now. */
export const officialWord = (deps: Deps, id: VolunteerId): Promise<Word | undefined> =>
  transact(deps, async (tx) => {
    const row = await volunteers.byId(tx, id);
    const person = row && asOfficial(deps, row);
    if (!row || !person || row.closedFor === "died" || row.repeatOf !== null) return undefined;
    if (row.closedFor === "vaccinated")
      return { person, supersede: { reason: "vaccinated", at: row.updatedAt } };
    const booking = await bookings.liveOfVolunteer(tx, id);
    return booking ? { person, supersede: { reason: "reserve-list", at: booking.promisedAt } } : { person };
  });
