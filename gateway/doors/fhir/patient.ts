import type { ContactPoint, Patient } from "@medplum/fhirtypes";
import type { Expected } from "../../../schema/surplus.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";
import type { Names } from "./names.ts";

/* People: whoever holds their own token, as they are registered; and whom a centre expects, as its staff is shown them. */

const telecomOf = ({ email, mobile }: Volunteer["contact"]): ContactPoint[] => [
  ...(mobile ? [{ system: "phone" as const, value: mobile, use: "mobile" as const }] : []),
  ...(email ? [{ system: "email" as const, value: email }] : []),
];

export const patientOf = (names: Names, person: Volunteer): Patient => {
  const { id, givenName, familyName, birthDate, contact, helper, postcode, language } = person;
  const telecom = telecomOf(contact);
  const helps = helper && telecomOf(helper.contact);
  return {
    ...{ resourceType: "Patient", id },
    identifier: [{ system: names.ids("volunteer"), value: id }],
    active: person.state !== "withdrawn",
    name: [{ use: "official", text: `${givenName} ${familyName}`, family: familyName, given: [givenName] }],
    ...(telecom.length > 0 && { telecom }),
    birthDate,
    ...(postcode !== undefined && { address: [{ postalCode: postcode, country: "BE" }] }),
    ...(helper && { contact: [{ name: { text: helper.name }, ...(helps?.length && { telecom: helps }) }] }),
    communication: [
      { language: { coding: [{ system: "urn:ietf:bcp:47", code: language }] }, preferred: true },
    ],
  };
};

/** Within the appointment, since a centre's staff knows them by it and by nothing else. */
export const expectedPatient = ({ givenName, familyName, birthDate }: Expected): Patient | undefined => {
  if (givenName === undefined && familyName === undefined) return undefined;
  const isDate = birthDate !== undefined && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(birthDate);
  return {
    ...{ resourceType: "Patient", id: "patient" },
    name: [
      {
        text: [givenName, familyName].filter(Boolean).join(" "),
        ...(familyName && { family: familyName }),
        ...(givenName && { given: [givenName] }),
      },
    ],
    ...(isDate && { birthDate }),
  };
};
