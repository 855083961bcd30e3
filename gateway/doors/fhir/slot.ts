import { createHash } from "node:crypto";
import type { Slot } from "@medplum/fhirtypes";
import type { OpenSlots } from "../../../schema/platform.ts";
import { type Instant, instant, millis } from "../../../schema/primitives.ts";
import type { Client } from "./api.ts";
import { whenOf } from "./dates.ts";
import { centresOf } from "./location.ts";
import { type Names, slotCapacity, vaccination } from "./names.ts";
import { fault, type Told } from "./outcome.ts";
import { centresNamed } from "./schedule.ts";
import { type Asked, atMost, isToken, pageOf, type Searchable } from "./search.ts";

/* What is open, asked of every platform at that moment. Only what is free is known: what is taken, the platforms keep. */

export const searchable: Searchable = {
  by: ["_id", "schedule", "schedule.actor", "start", "status", "identifier", "service-type"],
  notBy: ["_lastUpdated", "appointment-type", "service-category", "specialty"],
};

export type Open = OpenSlots["slots"][number];

const short = (text: string, bytes: number) =>
  createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, 2 * bytes);

/**
 * A name of FHIR's length for what a platform may call anything: when it begins, at which centre, and a digest of the
 * whole. So one can be found again without anything being kept of it.
 */
export const slotId = ({ id, platform, centre, startsAt }: Open): string =>
  [
    Math.floor(millis(startsAt) / 60_000).toString(36),
    short(centre, 6),
    short(JSON.stringify([platform, id, centre, startsAt]), 12),
  ].join("-");

export const slotOf = (names: Names, open: Open, asOf?: Instant): Slot => ({
  ...{ resourceType: "Slot", id: slotId(open) },
  ...(asOf !== undefined && { meta: { lastUpdated: asOf } }),
  extension: [{ url: slotCapacity, valueInteger: open.capacity }],
  identifier: [{ system: names.ids(`platform/${open.platform}`), value: open.id }],
  serviceType: [vaccination],
  schedule: { reference: `Schedule/${open.centre}` },
  status: "free",
  ...{ start: open.startsAt, end: open.endsAt },
});

const day = 86_400_000;
/** In days, how much the API answers at once. */
const atOnce = { withoutKey: 7, withKey: 31 };

/** Which platforms did not answer, and what that means for what was found. */
export const toldOf = (sources: OpenSlots["sources"]): Told[] =>
  sources.flatMap(({ platform, state, asOf }): Told[] => {
    const told = { code: "incomplete", severity: "warning" } as const;
    if (state === "ok") return [];
    if (state === "stale")
      return [{ ...told, text: `${platform} does not answer: its slots are as of ${asOf}` }];
    const how = state === "late" ? "did not answer in time" : "could not be reached";
    return [{ ...told, text: `${platform} ${how}: its slots are missing` }];
  });

type Question = { centres?: readonly string[]; from?: Instant; until?: Instant };

/** By the hour, and within an hour by their id. */
export const openSlots = async (
  client: Client,
  now: Instant,
  { centres, from = now, until }: Question,
): Promise<OpenSlots> => {
  const days = client.bearsAnything && !client.bearsToken ? atOnce.withKey : atOnce.withoutKey;
  const end = until ?? instant(millis(from) + days * day);
  if (end <= from || centres?.length === 0) return { slots: [], sources: [] };
  const query = new URLSearchParams({ from, until: end });
  for (const centre of centres ?? []) query.append("centre", centre);
  const answer = await client.get<OpenSlots>(`/v1/slots?${query}`, { until: "start", from: "start" });
  return { ...answer, slots: answer.slots.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)) };
};

export const keyOf = (open: Open): string => `${open.startsAt} ${slotId(open)}`;

const isFree = { system: "http://hl7.org/fhir/slotstatus", value: "free" };

export const searchSlots = async (
  { names, now }: { names: Names; now: Instant },
  client: Client,
  asked: Asked,
) => {
  const named = centresNamed(names, asked, { schedule: "schedule", actor: "schedule.actor" });
  const known = named && (await centresOf(client)).filter(({ id }) => named.includes(id));
  const when = whenOf("start", asked.all("start"));
  const wanted = asked.anyOf("_id");
  const [first] = wanted;
  const ofService = { system: vaccination.coding[0].system, value: vaccination.coding[0].code };
  const mayBe =
    asked.anyOf("status").every((each) => isToken(each, [isFree])) &&
    asked.anyOf("service-type").every((each) => isToken(each, [ofService]));
  const { slots, sources } = !mayBe
    ? { slots: [], sources: [] }
    : first
      ? await slotsNamed(client, first)
      : await openSlots(client, now, { centres: known?.map(({ id }) => id), ...when });
  const found = slots
    .filter(({ startsAt, centre }) => when.holds(startsAt) && (named?.includes(centre) ?? true))
    .filter((each) => wanted.every((ids) => ids.includes(slotId(each))))
    .filter((each) =>
      asked
        .anyOf("identifier")
        .every((texts) =>
          isToken(texts, [{ system: names.ids(`platform/${each.platform}`), value: each.id }]),
        ),
    );
  const { items, total, next } = pageOf(asked, found, keyOf);
  const asOf = new Map(sources.map((each) => [each.platform, each.asOf]));
  return {
    matches: items.map((each) => slotOf(names, each, asOf.get(each.platform))),
    centres: [...new Set(items.map(({ centre }) => centre))],
    ...{ total, next, told: toldOf(sources) },
  };
};

/** Those of these slots that are still open, and how their platforms did. */
const slotsNamed = async (client: Client, ids: readonly string[]): Promise<OpenSlots> => {
  const centres = await centresOf(client);
  const answers = await Promise.all(
    atMost(20, ids).map(async (id): Promise<OpenSlots> => {
      const [begins = "", where] = id.split("-");
      const centre = centres.find((each) => short(each.id, 6) === where);
      const at = Number.parseInt(begins, 36) * 60_000;
      if (!centre || !/^[a-z0-9]{1,8}$/.test(begins) || at < 0 || at > 253_402_214_400_000)
        return { slots: [], sources: [] };
      const from = instant(at);
      return openSlots(client, from, { centres: [centre.id], from, until: instant(at + 60_000) });
    }),
  );
  return {
    slots: answers.flatMap(({ slots }) => slots).filter((each) => ids.includes(slotId(each))),
    sources: answers.flatMap(({ sources }) => sources),
  };
};

/** One that is still open; whoever asks for one of a platform that does not answer is told so, and not that it is gone. */
export const findSlot = async (
  client: Client,
  id: string,
): Promise<{ open: Open; asOf?: Instant } | undefined> => {
  const { slots, sources } = await slotsNamed(client, [id]);
  const [open] = slots;
  if (open) return { open, asOf: sources.find(({ platform }) => platform === open.platform)?.asOf };
  const away = sources.find(({ state }) => state === "failed" || state === "late");
  if (away) fault(503, "transient", `${away.platform} cannot be asked now`);
  return undefined;
};
