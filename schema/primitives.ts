import { z } from "zod";

/** Ids that the gateway gives are random UUIDs (v4): they carry neither arrival nor anything about a person. */
const id = <const Brand extends string>(brand: Brand) =>
  z.uuid().meta({ id: brand, example: "0f8fad5b-d9cb-469f-a165-70867728950e" }).brand<Brand>();

/** Names that an operator gives: lower case, digits and hyphens, as they stand in files and addresses. */
const slug = <const Brand extends string>(brand: Brand, example: string) =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,47}$/, "lower case letters, digits and hyphens, beginning with a letter")
    .meta({ id: brand, example })
    .brand<Brand>();

export const VolunteerId = id("VolunteerId");
export type VolunteerId = z.infer<typeof VolunteerId>;
export const SurplusId = id("SurplusId");
export type SurplusId = z.infer<typeof SurplusId>;
export const InvitationId = id("InvitationId");
export type InvitationId = z.infer<typeof InvitationId>;
export const BookingId = id("BookingId");
export type BookingId = z.infer<typeof BookingId>;
export const ErasureId = id("ErasureId");
export type ErasureId = z.infer<typeof ErasureId>;
export const PairId = id("PairId");
export type PairId = z.infer<typeof PairId>;

export const PersonId = id("PersonId");
export type PersonId = z.infer<typeof PersonId>;

export const RegionId = slug("RegionId", "wallonia");
export type RegionId = z.infer<typeof RegionId>;
export const CentreId = slug("CentreId", "charleroi");
export type CentreId = z.infer<typeof CentreId>;
export const PlatformName = slug("PlatformName", "qvax");
export type PlatformName = z.infer<typeof PlatformName>;
export const CampaignId = slug("CampaignId", "covid-2021");
export type CampaignId = z.infer<typeof CampaignId>;

/** A platform's own name for something. Only that platform's adapter may conclude anything from its form. */
export const ExternalId = z.string().min(1).max(200).brand<"ExternalId">();
export type ExternalId = z.infer<typeof ExternalId>;

/** Of all that `Instant` lets through, only what is written as it should be is so long and in UTC. */
const isNormal = (text: string): boolean => text.length === 24 && text.endsWith("Z");

/**
 * A moment, as ISO 8601 in UTC with milliseconds ("2021-04-06T16:30:00.000Z"). Any offset is accepted and
 * normalised, so that two instants compare as strings. PostgreSQL knows no year 0, and no string a year of five digits.
 */
export const Instant = z.iso
  .datetime({ offset: true, abort: true })
  .overwrite((text) => (isNormal(text) ? text : new Date(text).toISOString()))
  .refine((text) => text.length === 24 && text >= "0001", {
    error: "a moment of the years 0001 to 9999, in UTC",
  })
  .meta({ id: "Instant", example: "2021-04-06T16:30:00.000Z" })
  .brand<"Instant">();
export type Instant = z.infer<typeof Instant>;

/** The instant of a date or of milliseconds since 1970. */
export const instant = (moment: Date | number): Instant => new Date(moment).toISOString() as Instant;
export const millis = (at: Instant): number => Date.parse(at);
export const plusMinutes = (at: Instant, minutes: number): Instant => instant(millis(at) + minutes * 60_000);
export const earliest = (first: Instant, ...others: Instant[]): Instant =>
  others.reduce((least, each) => (each < least ? each : least), first);

/** A calendar day, "1956-07-30", in the region's own time. PostgreSQL knows no year 0. */
export const Day = z.iso
  .date()
  .refine((text) => text >= "0001", { error: "a year from 0001 on" })
  .meta({ id: "Day", example: "1956-07-30" });
export type Day = z.infer<typeof Day>;

/** Where every region of this federation reads its clocks. */
export const zone = "Europe/Brussels";

const wallClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: zone,
  dateStyle: "short",
  timeStyle: "medium",
});
let lastRead: { at: Instant; wall: readonly [day: Day, time: string] } | undefined;
/**
 * Day and time on the wall in Belgium: `["2021-04-06", "18:30:00"]`. One decision asks for the same moment many times,
 * and a calendar is slow: the last answer is kept.
 */
export const local = (at: Instant): readonly [day: Day, time: string] => {
  if (lastRead?.at !== at) lastRead = { at, wall: wallClock.format(millis(at)).split(" ") as [Day, string] };
  return lastRead.wall;
};
export const localDay = (at: Instant): Day => local(at)[0];

/** Whole years lived on that day; 29 February counts from 1 March in common years. */
export const ageOn = (birthDate: Day, day: Day): number =>
  Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0);

/** A Belgian postcode. */
export const Postcode = z
  .string()
  .regex(/^[1-9]\d{3}$/, "four digits, 1000 to 9999")
  .meta({ id: "Postcode", example: "6000" });
export type Postcode = z.infer<typeof Postcode>;

/** Languages that a volunteer can be written to in. */
export const Language = z.enum(["fr", "nl", "de", "en"]).meta({ id: "Language" });
export type Language = z.infer<typeof Language>;

/** The four vaccines of the Belgian campaign in 2021; what a volunteer may see of them is set by policy (F11). */
export const Vaccine = z
  .enum(["pfizer", "moderna", "astrazeneca", "janssen"])
  .meta({ id: "Vaccine", description: "Seen by staff and platforms, never by a volunteer." });
export type Vaccine = z.infer<typeof Vaccine>;

/** A whole collection comes in pages; `next` is handed back as `cursor`, and is absent on the last page. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().optional() });

export const Paging = z.strictObject({
  cursor: z.string().max(200).optional().meta({ description: "`next` of the page before" }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/**
 * Text in these letters. JSON Schema reads each pattern as an expression with `u` (2020-12, core, 6.4); that of the API's
 * document is said here, since its generator would write the flags into it.
 */
export const lettered = (text: z.ZodString, letters: RegExp, detail: string) =>
  text.regex(letters, detail).meta({ pattern: letters.source });

/** Words of a person, which stand in pages and letters. */
export const words = (least: number, most: number) =>
  lettered(z.string().trim().min(least).max(most), /^[^\p{C}<>]+$/u, "letters, without control characters");

/** What a policy calls something: PostgreSQL stores neither a NUL nor half of a surrogate pair. */
export const Label = lettered(z.string().min(1).max(40), /^\P{C}+$/u, "letters, without control characters");

/** What JSON calls an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
