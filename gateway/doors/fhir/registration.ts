import type { Appointment, CodeableConcept, Patient, Reference } from "@medplum/fhirtypes";
import type { Instant, Language } from "../../../schema/primitives.ts";
import { type Policy, type Region, within } from "../../../schema/region.ts";
import type { Condition, Contact, Registered, Volunteer } from "../../../schema/volunteer.ts";
import type { Client } from "./api.ts";
import { centresOf } from "./location.ts";
import { type Names, ssinSystems, vaccination } from "./names.ts";
import { Fault, fault, type Places, type Told } from "./outcome.ts";
import { availabilityOf, periodsOf } from "./periods.ts";
import { idIn } from "./search.ts";

/* A registration as an Appointment on the `waitlist`: who, when they can come, and where they would go. */

/** As its owner sees it. */
export const waitlistOf = (names: Names, person: Volunteer, now: Instant): Appointment => {
  const { id, givenName, familyName, state, centres, availability, conditions, registeredAt } = person;
  const requestedPeriod = periodsOf(availability, now);
  return {
    ...{ resourceType: "Appointment", id },
    extension: [
      { url: names.extension("region"), valueCode: person.region },
      { url: names.extension("state"), valueCode: state },
      { url: names.extension("consent-text"), valueString: person.consent.textVersion },
    ],
    identifier: [{ system: names.ids("volunteer"), value: id }],
    status: state === "withdrawn" ? "cancelled" : "waitlist",
    serviceType: [vaccination],
    ...(conditions.length > 0 && {
      reasonCode: conditions.map((code) => ({ coding: [{ system: names.codes("condition"), code }] })),
    }),
    created: registeredAt,
    participant: [
      {
        actor: { reference: `Patient/${id}`, display: `${givenName} ${familyName}` },
        ...{ required: "required", status: "accepted" },
      },
      ...centres.map((centre): Appointment["participant"][number] => ({
        actor: { reference: `Location/${centre}` },
        ...{ required: "optional", status: "needs-action" },
      })),
    ],
    ...(requestedPeriod.length > 0 && { requestedPeriod }),
  };
};

/** Where in what was sent the API's fields stand. */
const places: Places = {
  "/givenName": "Patient.name.given",
  "/familyName": "Patient.name.family",
  "/birthDate": "Patient.birthDate",
  "/nationalNumber": "Patient.identifier",
  "/postcode": "Patient.address.postalCode",
  "/contact": "Patient.telecom",
  "/language": "Patient.communication.language",
  "/availability": "Appointment.requestedPeriod",
  "/centres": "Appointment.participant.actor",
  "/conditions": "Appointment.reasonCode",
  "/region": "Appointment.extension",
  "/consent": "Appointment.extension",
};

const digits = (text: string) => text.replaceAll(/[\s./()-]/g, "");
/** "0470 12 34 56" and "0032470123456" as "+32470123456". */
const international = (text: string): string =>
  digits(text)
    .replace(/^00/, "+")
    .replace(/^0(?=\d)/, "+32");

const contactOf = ({ telecom = [] }: Patient): Contact => {
  const phones = telecom.filter(({ system, value }) => (system === "phone" || system === "sms") && value);
  const phone = phones.find(({ use, system }) => use === "mobile" || system === "sms") ?? phones[0];
  const email = telecom.find(({ system }) => system === "email")?.value;
  return { ...(email && { email }), ...(phone?.value && { mobile: international(phone.value) }) };
};

const languages: readonly string[] = ["fr", "nl", "de", "en"];
const codesIn = ({ coding = [] }: CodeableConcept) => coding.flatMap(({ code }) => code ?? []);
const languageOf = ({ communication = [] }: Patient): Language | undefined => {
  const first = communication.toSorted((one, other) => Number(other.preferred) - Number(one.preferred));
  const spoken = first.flatMap(({ language }) =>
    codesIn(language).map((code) => code.slice(0, 2).toLowerCase()),
  );
  return spoken.find((each) => languages.includes(each)) as Language | undefined;
};

const extended = (names: Names, { extension = [] }: Appointment, of: "consent-text" | "region") => {
  const found = extension.find(({ url }) => url === names.extension(of));
  return found?.valueString ?? found?.valueCode;
};

const isTo = (reference: Reference | undefined, type: string) =>
  reference?.type === type || reference?.reference?.includes(`${type}/`);

const placesOf = (names: Names, { participant = [] }: Appointment): string[] =>
  participant.flatMap(({ actor }) =>
    isTo(actor, "Location") ? (idIn(names, "Location", actor?.reference ?? "") ?? []) : [],
  );

/** Named, or of the centres wished for, or of where somebody lives. */
const regionOf = async (
  { names, client }: { names: Names; client: Client },
  { appointment, postcode, wished }: { appointment: Appointment; postcode?: string; wished: string[] },
): Promise<string> => {
  const named = extended(names, appointment, "region");
  if (named) return named;
  const centre = (await centresOf(client)).find(({ id }) => wished.includes(id));
  if (centre) return centre.region;
  const { items } = await client.get<{ items: Region[] }>("/v1/regions");
  const home = postcode && items.find(({ postcodes }) => within(postcode, postcodes));
  const text = "the region follows from a postcode of Belgium, or from a centre; or say it in an extension";
  return home ? home.id : fault(400, "required", text, "Patient.address.postalCode");
};

const needed = (told: readonly (Told | false)[]): void => {
  const missing = told.filter((each) => each !== false);
  if (missing.length > 0) throw new Fault(400, missing);
};

/** Registers whom the appointment names, as anybody may; answers with it, and with the token, which is shown this once. */
export const register = async (
  { names, client, now }: { names: Names; client: Client; now: Instant },
  {
    appointment,
    patient,
    idempotencyKey,
  }: { appointment: Appointment; patient: Patient; idempotencyKey?: string },
): Promise<Appointment> => {
  const name = patient.name?.find(({ use }) => use === "official") ?? patient.name?.[0];
  const number = patient.identifier?.find(({ system = "" }) => ssinSystems.includes(system))?.value;
  const postcode = patient.address?.find(({ postalCode }) => postalCode)?.postalCode;
  const language = languageOf(patient);
  const wished = placesOf(names, appointment);
  const region = await regionOf({ names, client }, { appointment, postcode, wished });
  const textVersion = extended(names, appointment, "consent-text");
  const inForce = async () =>
    (await client.get<Policy>(`/v1/regions/${encodeURIComponent(region)}/policy`)).rules.consentText;
  needed([
    name === undefined && { code: "required", text: "a name", at: "Patient.name" },
    language === undefined && {
      ...{ code: "required", at: "Patient.communication.language" },
      text: `the language to be written to in: ${languages.join(", ")}`,
    },
    textVersion === undefined && {
      ...{ code: "required", at: "Appointment.extension" },
      text: `the consent of the person, as the version of its text: ${names.extension("consent-text")}, now "${await inForce()}"`,
    },
  ]);
  const json = {
    givenName: name?.given?.join(" ") ?? "",
    familyName: name?.family ?? "",
    ...(patient.birthDate && { birthDate: patient.birthDate }),
    ...(number && { nationalNumber: digits(number) }),
    ...(postcode && { postcode }),
    ...{ region, language, contact: contactOf(patient) },
    availability: availabilityOf(appointment.requestedPeriod ?? [], now),
    centres: wished,
    conditions: (appointment.reasonCode ?? [])
      .flatMap(({ coding = [] }) => coding)
      .flatMap(({ system, code }) =>
        system === names.codes("condition") && code ? [code as Condition] : [],
      ),
    consent: { textVersion, given: true },
  };
  const headers = idempotencyKey === undefined ? undefined : { "idempotency-key": idempotencyKey };
  const { body } = await client.send<Registered>("POST", "/v1/volunteers", { json, headers, places });
  const made = waitlistOf(names, body.volunteer, now);
  const token = { url: names.extension("token"), valueString: body.token };
  return { ...made, extension: [...(made.extension ?? []), token] };
};
