import type { Issue } from "../../schema/errors.ts";
import { agrees, type NationalNumberFacts, readNationalNumber } from "../../schema/national-number.ts";
import { ageOn, type Day } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import type { Contact, NewVolunteer } from "../../schema/volunteer.ts";

/** A name as every list writes it alike: without accents, case, hyphens, apostrophes or double blanks. */
export const fold = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** What identifies the owner of a number. */
export const ofNumber = (nationalNumber: string): string => `number ${nationalNumber}`;

/**
 * What makes two registrations the same person: the national number where it is known, otherwise name, birth
 * date and contact together. The words are digested with a key before they are stored or compared.
 */
export const evidence = (person: {
  nationalNumber?: string;
  givenName: string;
  familyName: string;
  birthDate: Day;
  contact: Contact;
}): string =>
  person.nationalNumber
    ? ofNumber(person.nationalNumber)
    : [
        "person",
        fold(person.familyName),
        fold(person.givenName),
        person.birthDate,
        reach(person.contact)[0],
      ].join("|");

/**
 * The ways to reach someone, spelt so that equal ones compare equal; the mobile first, since fewer people share one.
 */
export const reach = (contact: Contact): string[] =>
  [contact.mobile, contact.email?.toLowerCase()].filter((way) => way !== undefined);

const bodyIssue = (at: string, detail: string): Issue => ({ in: "body", at, detail });

/** The fields that a region may ask for. */
export type Told = Pick<NewVolunteer, "nationalNumber" | "postcode" | "contact" | "helper">;

/**
 * An issue for each field that the region requires and that is missing; a helper's contact stands for the person's.
 */
export const demanded = (told: Told, asks: PolicyRules["asks"]): Issue[] => {
  const [contact, at] = told.helper ? [told.helper.contact, "/helper/contact"] : [told.contact, "/contact"];
  const given: [keyof PolicyRules["asks"], string, unknown][] = [
    ["nationalNumber", "/nationalNumber", told.nationalNumber],
    ["postcode", "/postcode", told.postcode],
    ["email", `${at}/email`, contact.email],
    ["mobile", `${at}/mobile`, contact.mobile],
  ];
  return given
    .filter(([what, , value]) => asks[what] === "required" && value === undefined)
    .map(([, at]) => bodyIssue(at, "this region asks for it"));
};

/** Whether somebody alive can have been born on that day. */
export const isPossibleBirth = (birthDate: Day, today: Day): boolean =>
  birthDate <= today && ageOn(birthDate, today) <= 125;

/** The birth date that counts, or what is wrong with it. The number tells it where it can. */
export const birthDateOf = (
  person: { nationalNumber?: string; birthDate?: Day },
  today: Day,
): { birthDate: Day } | { issue: Issue } => {
  const facts: Partial<NationalNumberFacts> | undefined = person.nationalNumber
    ? readNationalNumber(person.nationalNumber, today)
    : {};
  if (!facts) return { issue: bodyIssue("/nationalNumber", "tells a birth that is still to come") };
  const birthDate = person.birthDate ?? facts.birthDate;
  if (!birthDate) return { issue: bodyIssue("/birthDate", "needed here: no number tells it") };
  if (!isPossibleBirth(birthDate, today))
    return { issue: bodyIssue("/birthDate", "a day in the past, not more than 125 years ago") };
  if (!agrees(facts, birthDate))
    return { issue: bodyIssue("/birthDate", "is not the birth date that the national number tells") };
  return { birthDate };
};

/** Whether the region takes this registration today: the birth date that counts, or everything that is wrong. */
export const admit = (
  volunteer: NewVolunteer,
  rules: PolicyRules,
  today: Day,
): { birthDate: Day; issues: [] } | { birthDate?: undefined; issues: Issue[] } => {
  const issues = demanded(volunteer, rules.asks);
  if (volunteer.consent.textVersion !== rules.consentText)
    issues.push(bodyIssue("/consent/textVersion", `the text in force is ${rules.consentText}`));
  if (volunteer.lastDoseOn && volunteer.lastDoseOn > today)
    issues.push(bodyIssue("/lastDoseOn", "a day in the past"));
  const birth = birthDateOf(volunteer, today);
  if ("issue" in birth) issues.push(birth.issue);
  else if (rules.underAge === "refuse" && ageOn(birth.birthDate, today) < rules.minimumAge)
    issues.push(bodyIssue("/birthDate", `the list is open from ${rules.minimumAge} years on`));
  return "issue" in birth || issues.length > 0 ? { issues } : { birthDate: birth.birthDate, issues: [] };
};
