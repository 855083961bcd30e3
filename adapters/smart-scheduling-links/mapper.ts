import { createHash } from "node:crypto";
import { z } from "zod";
import type { Slot } from "../../schema/adapter.ts";
import type { CentreId, ExternalId, Instant } from "../../schema/primitives.ts";
import { instant } from "../../schema/primitives.ts";
import { parseJson } from "../kit/json.ts";
import type { Why } from "./dropped.ts";

/* What the lines of a publisher's files mean. Nothing of a vaccine is read: its brand goes no further (F11). */

const Id = z.union([z.string().min(1), z.number().transform(String)]);
const Reference = z.object({ reference: z.string() });

const Location = z.object({
  resourceType: z.literal("Location"),
  id: Id,
  identifier: z
    .array(z.object({ system: z.string().optional().catch(undefined), value: Id }))
    .nullish()
    .catch(undefined),
});
export type Location = { id: string; identifiers: { system?: string; value: string }[] };

const Schedule = z.object({ resourceType: z.literal("Schedule"), id: Id, actor: z.array(Reference).min(1) });
export type Schedule = { id: string; location: string };

const SlotLine = z.object({
  resourceType: z.literal("Slot"),
  id: Id,
  schedule: Reference,
  status: z.string(),
  start: z.string(),
  end: z.string(),
  extension: z.array(z.unknown()).nullish(),
});
type SlotLine = z.infer<typeof SlotLine>;

const parsed = <Shape extends z.ZodType>(shape: Shape, line: string): z.infer<Shape> | undefined => {
  try {
    return shape.safeParse(parseJson(line)).data;
  } catch {
    return undefined;
  }
};

/** "789" of "Schedule/789" and of "https://publisher.example/fhir/Schedule/789". */
const referred = (reference: string, to: "Location" | "Schedule"): string | undefined =>
  new RegExp(`(?:^|/)${to}/([^/]+)$`).exec(reference)?.[1];

export const toLocation = (line: string): Location | undefined => {
  const read = parsed(Location, line);
  return read && { id: read.id, identifiers: read.identifier ?? [] };
};

/** An actor may also be a person; the first that is a place counts. */
export const toSchedule = (line: string): Schedule | undefined => {
  const read = parsed(Schedule, line);
  const location = read?.actor.flatMap(({ reference }) => referred(reference, "Location") ?? [])[0];
  return read && location !== undefined ? { id: read.id, location } : undefined;
};

/** FHIR demands an offset; the guide's own example writes "-05" for one. Without any, no moment can be known. */
const toInstant = (text: string): Instant | undefined => {
  const [, moment, sign, hours, minutes = "00"] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/.exec(text) ?? [];
  if (moment === undefined) return undefined;
  const at = Date.parse(`${moment}${sign === undefined ? "Z" : `${sign}${hours}:${minutes}`}`);
  return Number.isNaN(at) ? undefined : instant(at);
};

const capacityUrl = "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";
const Capacity = z.object({ url: z.literal(capacityUrl) });
const Whole = z.union([
  z.int().min(0),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
]);
const Room = z.union([z.object({ valueInteger: Whole }), z.object({ valueString: Whole })]);

/** One where the publisher says nothing of it; nothing where what it says is no number. */
const roomOf = ({ extension }: SlotLine): number | undefined => {
  const said = extension?.find((each) => Capacity.safeParse(each).success);
  if (said === undefined) return 1;
  const room = Room.safeParse(said).data;
  return room && ("valueInteger" in room ? room.valueInteger : room.valueString);
};

/**
 * A slot's name. Real publishers give one id to all slots of a schedule, so that schedule and moment belong to it; and
 * an id can hold a brand, so that it is not shown.
 */
const nameOf = ({ id, schedule }: SlotLine, startsAt: Instant): ExternalId =>
  createHash("sha256")
    .update(JSON.stringify([schedule.reference, id, startsAt]))
    .digest("base64url")
    .slice(0, 22) as ExternalId;

export type SlotRead = { slot: Slot } | { dropped: Why } | { elsewhere: true };

/** What a line of a Slot file is to us; `centreOf` knows our centre, or that the schedule is somebody else's. */
export const toSlot = (
  line: string,
  centreOf: (schedule: string) => CentreId | "elsewhere" | undefined,
): SlotRead => {
  const read = parsed(SlotLine, line);
  if (!read) return { dropped: "linesUnreadable" };
  const centre = centreOf(referred(read.schedule.reference, "Schedule") ?? "");
  if (centre === undefined) return { dropped: "slotsWithoutSchedule" };
  if (centre === "elsewhere" || read.status !== "free") return { elsewhere: true };
  const [startsAt, endsAt, capacity] = [toInstant(read.start), toInstant(read.end), roomOf(read)];
  if (!startsAt || !endsAt || endsAt <= startsAt) return { dropped: "slotsWithoutTimes" };
  if (capacity === undefined) return { dropped: "slotsWithoutRoom" };
  if (capacity === 0) return { elsewhere: true };
  return { slot: { externalId: nameOf(read, startsAt), centre, startsAt, endsAt, capacity } };
};
