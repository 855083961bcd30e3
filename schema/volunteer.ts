import { z } from "zod";
import { Problem } from "./errors.ts";
import { NationalNumber } from "./national-number.ts";
import {
  CentreId,
  Day,
  Instant,
  Language,
  lettered,
  Postcode,
  RegionId,
  Vaccine,
  VolunteerId,
  words,
} from "./primitives.ts";

/** Parts of a day in which a volunteer can come: until noon, until 17:00, and the evening, Belgian time. */
export const DayPart = z.enum(["morning", "afternoon", "evening"]).meta({ id: "DayPart" });
export type DayPart = z.infer<typeof DayPart>;
const Parts = z.array(DayPart).max(3);

/** Monday first, as the volunteer sees a week. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** When someone can come: seven days in parts, from a first day on, and the days that differ. */
export const Availability = z
  .strictObject({
    from: Day.optional().meta({ description: "first of the seven days; the day of registration by default" }),
    week: z.strictObject(
      Object.fromEntries(weekdays.map((day) => [day, Parts.default([])])) as Record<
        (typeof weekdays)[number],
        z.ZodDefault<typeof Parts>
      >,
    ),
    repeats: z.boolean().default(true).meta({ description: "false: only the seven days from `from` on" }),
    exceptions: z
      .array(z.strictObject({ day: Day, parts: Parts }))
      .max(60)
      .default([]),
  })
  .meta({ id: "Availability" });
export type Availability = z.infer<typeof Availability>;

export const always: Availability = Availability.parse({
  week: Object.fromEntries(weekdays.map((day) => [day, [...DayPart.options]])),
});

/** How someone is reached: at least one of the two. */
export const Contact = z
  .strictObject({
    email: z.email().max(254).optional(),
    mobile: z
      .string()
      .regex(/^\+[1-9]\d{7,14}$/, "international form, for instance +32470123456")
      .optional(),
  })
  .refine((contact) => contact.email ?? contact.mobile, { error: "an e-mail address or a mobile number" })
  .meta({ id: "Contact", example: { email: "an@example.org", mobile: "+32470123456" } });
export type Contact = z.infer<typeof Contact>;

/** What can put someone into a priority group. `declared` until a register or the centre has proven it (F19). */
export const Condition = z.enum(["at-risk", "care-worker", "essential-worker"]).meta({ id: "Condition" });
export type Condition = z.infer<typeof Condition>;

export const Consent = z
  .strictObject({ textVersion: z.string().min(1).max(40), given: z.literal(true) })
  .meta({ id: "Consent", description: "Consent to the text of that version; the gateway notes the moment." });

export type Consent = z.infer<typeof Consent>;

const name = words(1, 100);

/** What everybody can say about themselves; what must be said is the region's policy (`asks`). */
export const Person = z.strictObject({
  givenName: name,
  familyName: name,
  birthDate: Day.optional().meta({ description: "not needed where the national number tells it" }),
  nationalNumber: NationalNumber.optional(),
  postcode: Postcode.optional(),
});
export type Person = z.infer<typeof Person>;

const helper = z
  .strictObject({ name, contact: Contact })
  .meta({ description: "who registered this person and is contacted in their place (F16)" });
const centres = z
  .array(CentreId)
  .max(10)
  .meta({ description: "where the region lets people choose; elsewhere the domicile decides" });
const vaccines = z.array(Vaccine).min(1).max(4);
const conditions = z.array(Condition).max(3);
const lastDoseOn = Day.meta({ description: "of an earlier dose, where there was one" });

const wishes = {
  contact: Contact,
  helper: helper.optional(),
  language: Language,
  availability: Availability,
  centres: centres.default([]),
  vaccines: vaccines.default([...Vaccine.options]),
  conditions: conditions.default([]),
  lastDoseOn: lastDoseOn.optional(),
};

const { lastDoseOn: _, ...shownWishes } = wishes;

export const NewVolunteer = Person.extend({ region: RegionId, ...wishes, consent: Consent }).meta({
  id: "NewVolunteer",
});
export type NewVolunteer = z.infer<typeof NewVolunteer>;

/**
 * What people may change at any time. Who they are (name, number, birth date) is corrected by a word of its own.
 * These fields have no defaults, unlike those of a registration: zod fills a default in even where the field is
 * optional, so that what was not sent would be overwritten.
 */
export const VolunteerChange = z
  .strictObject({
    postcode: Postcode,
    contact: Contact,
    helper,
    language: Language,
    availability: Availability,
    centres,
    vaccines,
    conditions,
    lastDoseOn,
  })
  .partial()
  .meta({ id: "VolunteerChange" });
export type VolunteerChange = z.infer<typeof VolunteerChange>;

/** Who somebody is, where it was entered wrongly: only what is wrong is said. It is declared, as on registering. */
export const Correction = Person.omit({ postcode: true }).partial().meta({ id: "Correction" });
export type Correction = z.infer<typeof Correction>;

/**
 * `parked`: too young today, called from the birthday on. `paused`: not called until resumed. `closed`: a dose
 * was given, here or elsewhere, which staff see and nobody else (F20). `withdrawn`: left the list.
 */
export const VolunteerState = z
  .enum(["active", "parked", "paused", "withdrawn", "closed"])
  .meta({ id: "VolunteerState" });
export type VolunteerState = z.infer<typeof VolunteerState>;

/**
 * A registration as its owner sees it. The national number is never shown, only whether it is known. Nor is anything that
 * others told of the person: whoever registers somebody else would learn from it of their doses (F20).
 */
export const Volunteer = z
  .strictObject({
    id: VolunteerId,
    region: RegionId,
    state: VolunteerState.exclude(["closed"]).meta({
      description: "as the owner left it: it does not change with a dose or an official appointment",
    }),
    givenName: z.string(),
    familyName: z.string(),
    birthDate: Day,
    nationalNumberKnown: z.boolean(),
    postcode: Postcode.optional(),
    ...shownWishes,
    contact: z.strictObject({ email: z.string().optional(), mobile: z.string().optional() }),
    consent: z.strictObject({ textVersion: z.string(), at: Instant }),
    registeredAt: Instant,
  })
  .meta({ id: "Volunteer" });
export type Volunteer = z.infer<typeof Volunteer>;

export const Registered = z
  .strictObject({
    volunteer: Volunteer,
    token: z.string().meta({ description: "the only key to this registration; shown once, never stored" }),
  })
  .meta({ id: "Registered" });
export type Registered = z.infer<typeof Registered>;

/** Registrations that somebody hands on, each looked at for itself, so that one at fault is refused alone. */
export const RegistrationBatch = z
  .strictObject({
    registrations: z
      .array(
        z.strictObject({
          key: lettered(z.string().min(1).max(200), /^[^\p{Cc}\p{Cs}]+$/u, "without control characters")
            .optional()
            .meta({ description: "its idempotency key, remembered for a day", example: "8e03978e" }),
          volunteer: z.unknown().meta({ description: "as `POST /v1/volunteers` takes it: a NewVolunteer" }),
        }),
      )
      .min(1)
      .max(500),
  })
  .meta({ id: "RegistrationBatch" });
export type RegistrationBatch = z.infer<typeof RegistrationBatch>;

export const RegistrationResult = z
  .strictObject({
    status: z.number().int().meta({ description: "as if it had come alone", example: 201 }),
    replayed: z.boolean().optional().meta({ description: "whether this is the first answer again" }),
    registered: Registered.optional(),
    problem: Problem.optional(),
  })
  .meta({ id: "RegistrationResult" });
export type RegistrationResult = z.infer<typeof RegistrationResult>;
export const RegistrationResults = z
  .strictObject({ results: z.array(RegistrationResult) })
  .meta({ id: "RegistrationResults" });

/**
 * A registration as the link of a message alone shows it: enough to go on, pause, leave or consent, and nothing that is
 * personal.
 */
export const Standing = z
  .strictObject({
    region: RegionId,
    state: Volunteer.shape.state,
    language: Language,
    consent: z.strictObject({ textVersion: z.string() }),
    pausedUntil: Instant.optional().meta({
      description: "where the region pauses who did not answer: not called before, unless they resume (F06)",
    }),
  })
  .meta({ id: "Standing" });
export type Standing = z.infer<typeof Standing>;

/** What only the person knows, beside the link. */
export const Knowledge = z
  .strictObject({
    birthDate: Day,
    postcode: Postcode.optional().meta({
      description: "of whoever a centre put on its list by the year of birth alone, where it noted one",
    }),
  })
  .meta({ id: "Knowledge" });
export type Knowledge = z.infer<typeof Knowledge>;

/** A token that shows and changes what is personal until then. */
export const Opened = z.strictObject({ token: z.string(), expiresAt: Instant }).meta({ id: "Opened" });
export type Opened = z.infer<typeof Opened>;

export const Recovery = z.strictObject({ contact: Contact }).meta({ id: "Recovery" });
