import type { Appointment } from "@medplum/fhirtypes";
import type * as Api from "../../../schema/appointment.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";
import { type Client, unless } from "./api.ts";
import { appointmentOf, ownAppointmentOf, proposalOf, statesOf } from "./appointment.ts";
import { type When, whenOf } from "./dates.ts";
import { centresOf, readCentre } from "./location.ts";
import type { Names } from "./names.ts";
import { Fault, fault } from "./outcome.ts";
import { waitlistOf } from "./registration.ts";
import { type Asked, atMost, idIn, isToken, pageOf, placeIn, type Searchable } from "./search.ts";
import { findSlot } from "./slot.ts";

/* Appointments as their caller may see them: one's own by a token, those of one's centres by a key. */

export const searchable: Searchable = {
  by: ["_id", "_lastUpdated", "actor", "date", "identifier", "location", "patient", "status"],
  notBy: [
    ...["appointment-type", "based-on", "part-status", "practitioner", "reason-code", "reason-reference"],
    ...["service-category", "service-type", "slot", "specialty", "supporting-info"],
  ],
};

export type Door = { names: Names; client: Client; now: Instant };

/** What a token of a message opens: an invitation, a registration, or both. */
export type Own = { invitation?: Invitation; person?: Volunteer };

/** Nothing where a key was shown, or nothing at all; refused where the token asks for more first. */
export const ownOf = async (client: Client): Promise<Own | undefined> => {
  if (!client.bearsToken) return undefined;
  const invitation = await unless(client.get<Invitation>("/v1/invitation"), 401);
  const refused = invitation ? [401, 403] : [401];
  const person = await unless(client.get<Volunteer>("/v1/volunteer"), ...refused);
  return invitation || person ? { invitation, person } : undefined;
};

export const ownAppointments = ({ names, now }: Door, { invitation, person }: Own): Appointment[] => [
  ...(invitation ? [ownAppointmentOf(names, invitation)] : []),
  ...(person ? [waitlistOf(names, person, now)] : []),
];

const actorsOf = ({ participant }: Appointment) => participant.flatMap(({ actor }) => actor?.reference ?? []);

/** Whether it is among what is asked for. */
const isMeant = (names: Names, asked: Asked) => {
  const when = whenOf("date", asked.all("date"));
  const changed = whenOf("_lastUpdated", asked.all("_lastUpdated"));
  return (one: Appointment): boolean => {
    const has = (name: string, type: string) =>
      asked.anyOf(name).every((texts) =>
        texts.some((text) =>
          actorsOf(one).some((actor) => {
            const id = idIn(names, type, text);
            return id !== undefined && actor === `${type}/${id}`;
          }),
        ),
      );
    const anyActor = asked
      .anyOf("actor")
      .every((texts) =>
        texts.some((text) =>
          actorsOf(one).some(
            (actor) => text === actor || text === `${names.base}/${actor}` || actor.endsWith(`/${text}`),
          ),
        ),
      );
    const { start, meta } = one;
    return (
      asked.anyOf("_id").every((ids) => ids.includes(one.id ?? "")) &&
      asked.anyOf("identifier").every((texts) => isToken(texts, one.identifier ?? [])) &&
      asked
        .anyOf("status")
        .every((texts) =>
          isToken(texts, [{ system: "http://hl7.org/fhir/appointmentstatus", value: one.status }]),
        ) &&
      (asked.all("date").length === 0 || (start !== undefined && when.holds(start as Instant))) &&
      (asked.all("_lastUpdated").length === 0 ||
        (meta?.lastUpdated !== undefined && changed.holds(meta.lastUpdated as Instant))) &&
      has("location", "Location") &&
      has("patient", "Patient") &&
      anyActor
    );
  };
};

/** Those that are named by their id, or by an identifier of which the gateway can tell which it is. */
const idsAsked = (asked: Asked): string[] | undefined => {
  const [ids] = asked.anyOf("_id");
  if (ids) return ids;
  const [identifiers] = asked.anyOf("identifier");
  return identifiers?.map((text) => text.slice(text.indexOf("|") + 1));
};

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
const readOne = (client: Client, id: string) => client.get<Api.Appointment>(`/v1/appointments/${id}`);

const ofNobodyElse =
  "who somebody is, is told by their own token alone: a centre finds its appointments by location, date and status";

/** The question of the API's that asks for the same. */
const queryOf = (names: Names, asked: Asked): URLSearchParams | undefined => {
  if (asked.all("patient").length > 0) fault(400, "not-supported", ofNobodyElse, "patient");
  const query = new URLSearchParams();
  const places = [...asked.anyOf("actor"), ...asked.anyOf("location")].map((texts) =>
    texts.map((text) => idIn(names, "Location", text) ?? fault(400, "not-supported", ofNobodyElse, "actor")),
  );
  const centres = places[0]?.filter((id) => places.every((each) => each.includes(id)));
  const statuses = asked
    .anyOf("status")
    .map((texts) => texts.flatMap((text) => statesOf(text.replace(/^.*\|/, ""))));
  const states = statuses[0]?.filter((state) => statuses.every((each) => each.includes(state)));
  if (centres?.length === 0 || states?.length === 0) return undefined;
  const between = (name: string, from: string, until: string) => {
    if (asked.all(name).some((text) => text.startsWith("ne")))
      fault(400, "not-supported", `${name}: without "ne"`, name);
    const when: When = whenOf(name, asked.all(name));
    if (when.from) query.set(from, when.from);
    if (when.until) query.set(until, when.until);
  };
  between("date", "from", "until");
  between("_lastUpdated", "changedSince", "changedBefore");
  for (const each of centres ?? []) query.append("centre", each);
  for (const each of states ?? []) query.append("state", each);
  query.set("limit", asked.onlyTotal ? "0" : String(asked.count));
  const cursor = placeIn(asked.cursor);
  if (cursor !== undefined) query.set("cursor", cursor);
  return query;
};

const nameIn = (centres: readonly { id: string; name: string }[], id: string) =>
  centres.find((each) => each.id === id)?.name;

export const searchAppointments = async (door: Door, asked: Asked) => {
  const { names, client } = door;
  const own = await ownOf(client);
  if (own) {
    const { items, total, next } = pageOf(
      asked,
      ownAppointments(door, own)
        .filter(isMeant(names, asked))
        .toSorted((one, other) => ((one.id ?? "") < (other.id ?? "") ? -1 : 1)),
      ({ id = "" }) => id,
    );
    return { matches: items, total, next };
  }
  const ids = idsAsked(asked);
  if (ids) {
    // Whoever may see none is told so, whatever they ask for.
    await client.get("/v1/appointments?limit=0");
    const read = await Promise.all(
      atMost(50, ids)
        .filter(isUuid)
        .map((id) => unless(readOne(client, id), 403, 404)),
    );
    const centres = await centresOf(client);
    const found = read
      .flatMap((one) => (one ? appointmentOf(names, one, nameIn(centres, one.centre)) : []))
      .filter(isMeant(names, asked));
    return { matches: asked.onlyTotal ? [] : found, total: found.length };
  }
  const query = queryOf(names, asked);
  if (!query)
    return { matches: [], total: (await client.get<{ total: number }>("/v1/appointments?limit=0")) && 0 };
  const { items, next, total } = await client.get<Api.AppointmentPage>(`/v1/appointments?${query}`, {
    cursor: "_cursor",
  });
  const centres = items.length > 0 ? await centresOf(client) : [];
  return { matches: items.map((one) => appointmentOf(names, one, nameIn(centres, one.centre))), total, next };
};

export const readAsStaff = async ({ names, client }: Door, id: string): Promise<Appointment> => {
  const one = await readOne(client, id);
  const { name } = await readCentre(client, one.centre);
  return appointmentOf(names, one, name);
};

/** One by its id: a question or a promise, a registration of one's own, or an open slot that `$find` proposed. */
export const readAppointment = async (door: Door, id: string): Promise<Appointment> => {
  const { client, now } = door;
  if (!isUuid(id)) {
    const found = await findSlot(client, id);
    if (!found)
      throw new Fault(404, { code: "not-found", text: "There is no such appointment, or its slot is taken" });
    return proposalOf(found.open, {
      start: now < found.open.startsAt ? now : found.open.startsAt,
      end: found.open.endsAt,
    });
  }
  const own = await ownOf(client);
  if (!own) return readAsStaff(door, id);
  const one = ownAppointments(door, own).find((each) => each.id === id);
  return one ?? fault(404, "not-found", "This token opens no such appointment");
};
