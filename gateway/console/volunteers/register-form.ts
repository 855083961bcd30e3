import type { Problem } from "../../../schema/errors.ts";
import type { DayPart } from "../../../schema/volunteer.ts";
import type { Field } from "../texts/register.ts";

/* What a form says, as the public API takes it, and what the API finds wrong, as the form has it. */

export const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export const parts = ["morning", "afternoon", "evening"] as const satisfies DayPart[];

/** A Belgian number as people write it, "0470 12 34 56", as the world writes it. */
const mobileOf = (text: string | undefined): string | undefined => {
  const plain = text?.replace(/[\s./()-]/g, "");
  return plain?.replace(/^00/, "+").replace(/^0/, "+32");
};

export const volunteerOf = (form: URLSearchParams): object => {
  const given = (name: Field | "region") => form.get(name)?.trim() || undefined;
  const times = new Set(form.getAll("when"));
  const week = days.map((day) => [day, parts.filter((part) => times.has(`${day}.${part}`))]);
  const textVersion = given("consent");
  return {
    region: given("region"),
    ...{ givenName: given("givenName") ?? "", familyName: given("familyName") ?? "" },
    ...{ nationalNumber: given("nationalNumber"), birthDate: given("birthDate") },
    postcode: given("postcode"),
    contact: { email: given("email"), mobile: mobileOf(given("mobile")) },
    ...{ centres: form.getAll("centres"), conditions: form.getAll("conditions") },
    language: given("language"),
    availability: { week: Object.fromEntries(week) },
    consent: textVersion && { textVersion, given: true },
  };
};

const places: readonly (readonly [at: string, field: Field])[] = [
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
