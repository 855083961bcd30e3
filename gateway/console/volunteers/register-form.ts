import type { Problem } from "../../../schema/errors.ts";
import type { Availability, Contact, DayPart } from "../../../schema/volunteer.ts";
import type { Field } from "../texts/register.ts";
import { mobileOf } from "./contact.ts";

/* What a form says, as the public API takes it, and what the API finds wrong, as the form has it. */

export const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export const parts = ["morning", "afternoon", "evening"] as const satisfies DayPart[];

/** A birth date as people write it, "30/7/1946" or "30071946", as the API takes it. */
export const dateOf = (text: string): string => {
  const said = text.trim();
  const [, day, month, year] =
    /^(\d{1,2})[^\d]+(\d{1,2})[^\d]+(\d{4})$/.exec(said) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(said) ?? [];
  return day && month && year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : said;
};

export const weekOf = (form: URLSearchParams) => {
  const times = new Set(form.getAll("when"));
  return Object.fromEntries(days.map((day) => [day, parts.filter((part) => times.has(`${day}.${part}`))]));
};
/** The boxes that are ticked where somebody can come then. */
export const weekIn = ({ week }: Availability): [name: string, value: string][] =>
  days.flatMap((day) => week[day].map((part): [string, string] => ["when", `${day}.${part}`]));

export const contactOf = (form: URLSearchParams, [email, mobile]: readonly [Field, Field]): Contact => ({
  email: form.get(email)?.trim() || undefined,
  mobile: mobileOf(form.get(mobile)?.trim() || undefined),
});
const isEmpty = ({ email, mobile }: Contact) => email === undefined && mobile === undefined;

/** Whether somebody registers another person, and is the one who is written to (F16). */
export const isHelping = (form: URLSearchParams): boolean => form.get("for") === "other";

export const volunteerOf = (form: URLSearchParams): object => {
  const given = (name: Field | "region") => form.get(name)?.trim() || undefined;
  const own = contactOf(form, ["email", "mobile"]);
  const theirs = contactOf(form, ["helperEmail", "helperMobile"]);
  const helper = isHelping(form) ? { name: given("helperName") ?? "", contact: theirs } : undefined;
  const textVersion = given("consent");
  const birthDate = given("birthDate");
  return {
    region: given("region"),
    givenName: given("givenName") ?? "",
    familyName: given("familyName") ?? "",
    nationalNumber: given("nationalNumber"),
    birthDate: birthDate && dateOf(birthDate),
    postcode: given("postcode"),
    // Whoever has none of their own is reached by their helper's.
    contact: helper && isEmpty(own) ? theirs : own,
    helper,
    centres: form.getAll("centres"),
    conditions: form.getAll("conditions"),
    language: given("language"),
    availability: { week: weekOf(form) },
    consent: textVersion && { textVersion, given: true },
  };
};

const places: readonly (readonly [at: string, field: Field])[] = [
  ["/helper/name", "helperName"],
  ["/helper/contact/mobile", "helperMobile"],
  ["/helper", "helperEmail"],
  ["/contact/mobile", "mobile"],
  ["/contact", "email"],
  ["/givenName", "givenName"],
  ["/familyName", "familyName"],
  ["/nationalNumber", "nationalNumber"],
  ["/birthDate", "birthDate"],
  ["/postcode", "postcode"],
  ["/centres", "centres"],
  ["/conditions", "conditions"],
  ["/availability", "when"],
  ["/language", "language"],
  ["/consent", "consent"],
];

/** The fields that a problem names. */
export const faultsOf = ({ issues = [] }: Pick<Problem, "issues">): Set<Field> =>
  new Set(
    issues.flatMap(
      ({ at }) => places.find(([place]) => at === place || at.startsWith(`${place}/`))?.[1] ?? [],
    ),
  );
