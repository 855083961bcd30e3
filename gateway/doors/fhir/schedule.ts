import type { Schedule } from "@medplum/fhirtypes";
import { type Instant, localDay } from "../../../schema/primitives.ts";
import type { Centre } from "../../../schema/region.ts";
import type { Client } from "./api.ts";
import { dayAfter, onTheWall, type Span, whenOf } from "./dates.ts";
import { centresOf } from "./location.ts";
import { type Names, vaccination } from "./names.ts";
import { type Asked, idIn, isToken, pageOf, type Searchable } from "./search.ts";

/* What is open at a centre is one Schedule, whichever platform keeps it: a centre may change its platform any day. */

export const searchable: Searchable = {
  by: ["_id", "actor", "active", "date", "identifier", "service-type"],
  notBy: ["_lastUpdated", "service-category", "specialty"],
};

/** In days, how far ahead one can ask: with a key 31, and from today on. */
const ahead = 31;

const horizonOf = (now: Instant): Span => {
  const today = localDay(now);
  return { from: onTheWall(today, "00:00:00"), until: onTheWall(dayAfter(today, ahead), "00:00:00") };
};

export const scheduleOf = (names: Names, { id, name }: Centre, now: Instant): Schedule => {
  const { from, until } = horizonOf(now);
  return {
    ...{ resourceType: "Schedule", id },
    identifier: [{ system: names.ids("centre"), value: id }],
    active: true,
    serviceType: [vaccination],
    actor: [{ reference: `Location/${id}`, display: name }],
    planningHorizon: { start: from, end: until },
  };
};

/** The centres that schedules, or their actors, are named of; nothing where none is named. */
export const centresNamed = (
  names: Names,
  asked: Pick<Asked, "anyOf">,
  { schedule, actor }: { schedule?: string; actor?: string },
): string[] | undefined => {
  const wanted = [
    ...(schedule ? asked.anyOf(schedule).map((texts) => ({ type: "Schedule", texts })) : []),
    ...(actor ? asked.anyOf(actor).map((texts) => ({ type: "Location", texts })) : []),
  ].map(({ type, texts }) => texts.flatMap((text) => idIn(names, type, text) ?? []));
  return wanted.length === 0
    ? undefined
    : wanted.reduce((all, each) => all.filter((id) => each.includes(id)));
};

export const searchSchedules = async (
  { names, now }: { names: Names; now: Instant },
  client: Client,
  asked: Asked,
) => {
  const named = centresNamed(names, asked, { actor: "actor" });
  const ofService = { system: vaccination.coding[0].system, value: vaccination.coding[0].code };
  const horizon = horizonOf(now);
  const when = whenOf("date", asked.all("date"));
  const isWithin = (!when.from || when.from < horizon.until) && (!when.until || when.until > horizon.from);
  const found = (await centresOf(client))
    .filter(({ id }) => named?.includes(id) ?? true)
    .filter(({ id }) => asked.anyOf("_id").every((ids) => ids.includes(id)))
    .filter(({ id }) =>
      asked.anyOf("identifier").every((each) => isToken(each, [{ system: names.ids("centre"), value: id }])),
    )
    .filter(() => asked.anyOf("active").every((each) => each.includes("true")))
    .filter(() => asked.anyOf("service-type").every((each) => isToken(each, [ofService])))
    .filter(() => isWithin)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const { items, total, next } = pageOf(asked, found, ({ id }) => id);
  return { centres: items, total, next };
};
