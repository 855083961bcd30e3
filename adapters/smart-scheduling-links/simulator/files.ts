import { Temporal } from "temporal-polyfill";
import type { components } from "../../../schema/platforms/smart-scheduling-links.gen.ts";
import { type Instant, millis, zone } from "../../../schema/primitives.ts";
import type { State } from "./state.ts";

type Document = components["schemas"];

/** Open from 08:00 to 20:00, every half hour; today and the days after it. */
const opening = { first: 8 * 60, last: 20 * 60, every: 30 };
const daysAhead = 3;
const room = 6;

const registry = "http://fhir-registry.smarthealthit.org/StructureDefinition";
const nowhere = "closed-last-year";

export const daysFrom = (now: Instant): string[] => {
  const today = Temporal.Instant.fromEpochMilliseconds(millis(now)).toZonedDateTimeISO(zone).toPlainDate();
  return Array.from({ length: daysAhead }, (_, days) => today.add({ days }).toString());
};

export const manifestOf = (state: State, now: Instant, root: string): Document["Manifest"] => {
  const { nullExtensions } = state.oddities;
  const hint = nullExtensions ? { extension: null } : { extension: { state: ["BE"] } };
  const slots = daysFrom(now).map((day) => ({ type: "Slot", url: `${root}/slots/${day}`, ...hint }));
  return {
    transactionTime: now,
    request: `${root}/$bulk-publish`,
    output: [
      { type: "Location", url: `${root}/locations.ndjson` },
      { type: "Schedule", url: `${root}/schedules.ndjson` },
      ...slots,
      { type: "HealthcareService", url: `${root}/services.ndjson` },
    ],
    error: [],
    ...(nullExtensions && { slots: null }),
  };
};

export const locationsOf = ({ centres }: State): Document["Location"][] =>
  centres.map((centre, index) => ({
    resourceType: "Location",
    id: centre,
    identifier: [{ system: "https://places.example", value: `place-${index + 1}` }],
    name: `Centre ${centre}`,
    telecom: [{ system: "phone", value: "+32 2 000 00 00" }],
    address: { line: ["1"], city: centre, state: "BE", postalCode: "1000" },
  }));

const scheduleAt = (id: string, location: string): Document["Schedule"] => ({
  resourceType: "Schedule",
  id,
  serviceType: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/service-type", code: "57" }] }],
  actor: [{ reference: `Location/${location}` }],
  extension: [
    {
      url: `${registry}/vaccine-product`,
      valueCoding: {
        system: "http://hl7.org/fhir/sid/cvx",
        code: "207",
        display: "Moderna COVID-19 Vaccine",
      },
    },
  ],
});

const scheduleOf = (index: number): string => `moderna-${index + 1}`;

export const schedulesOf = ({ centres, oddities }: State): Document["Schedule"][] => [
  ...centres.map((centre, index) => scheduleAt(scheduleOf(index), centre)),
  ...(oddities.danglingReferences ? [scheduleAt("of-no-place", nowhere)] : []),
];

/** Every fifth is full already; the guide wants those shown as well. */
const slotAt = (state: State, schedule: string, start: Temporal.ZonedDateTime): Document["Slot"] => {
  const { repeatedIds, textCapacities, nullExtensions } = state.oddities;
  const nth = (start.hour * 60 + start.minute) / opening.every;
  const wall = (at: Temporal.ZonedDateTime) => at.toString({ timeZoneName: "never" });
  const capacity = { url: `${registry}/slot-capacity`, valueInteger: textCapacities ? String(room) : room };
  return {
    resourceType: "Slot",
    id: repeatedIds ? schedule : `${schedule}.${start.epochMilliseconds}`,
    schedule: { reference: `Schedule/${schedule}` },
    status: nth % 5 === 4 ? "busy" : "free",
    start: wall(start),
    end: wall(start.add({ minutes: opening.every })),
    extension: nullExtensions && nth % 4 === 3 ? null : [capacity],
  };
};

export const slotsOn = (state: State, day: string): Document["Slot"][] => {
  const { danglingReferences, repeatedLines } = state.oddities;
  const midnight = Temporal.PlainDate.from(day).toPlainDateTime();
  const starts = Array.from({ length: (opening.last - opening.first) / opening.every }, (_, nth) =>
    midnight.add({ minutes: opening.first + nth * opening.every }).toZonedDateTime(zone),
  );
  const dangling = danglingReferences ? ["of-no-place", "of-no-schedule"] : [];
  const schedules = [...state.centres.map((_, index) => scheduleOf(index)), ...dangling];
  const slots = schedules.flatMap((schedule) => starts.map((start) => slotAt(state, schedule, start)));
  return repeatedLines ? [...slots, ...slots.map(withOneLess)] : slots;
};

const withOneLess = (slot: Document["Slot"]): Document["Slot"] => ({
  ...slot,
  extension: slot.extension?.map((each) => ({ ...each, valueInteger: room - 1 })),
});

/** Each resource on its line, and whatever else this publisher makes of it. */
export const ndjson = (state: State, resources: object[]): string => {
  const { brokenLines, noLastNewline } = state.oddities;
  const lines = resources.map((each) => JSON.stringify(each));
  const broken = brokenLines ? resources.slice(0, 1).flatMap(brokenOf) : [];
  return [...broken, ...lines].join("\n") + (noLastNewline ? "" : "\n");
};

const brokenOf = (resource: object): string[] => {
  const half = JSON.stringify(resource).slice(0, 20);
  const word = [{ url: `${registry}/slot-capacity`, valueInteger: "many" }];
  if (!("start" in resource)) return [half];
  const changed = [{ end: resource.start }, { extension: word }, { start: "tomorrow" }];
  return [half, "", ...changed.map((change) => JSON.stringify({ ...resource, status: "free", ...change }))];
};
