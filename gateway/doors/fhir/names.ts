import type { CodeableConcept, Coding } from "@medplum/fhirtypes";

/*
 * What things are called towards the outside. Numbers that Belgium gives stand under the naming systems of the eHealth
 * platform (HL7 Belgium, be-core); what is the gateway's own stands under the operator's public address.
 */

const ehealth = "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem";
export const belgian = {
  /** The national register or BIS number. */
  ssin: `${ehealth}/ssin`,
  /** The number with the health insurance (NIHII, in be-core NIHDI). */
  nihii: `${ehealth}/nihdi`,
  /** The number of the Crossroads Bank for Enterprises. */
  cbe: `${ehealth}/cbe`,
} as const;
/** Under which the register number is found in older messages. */
export const ssinSystems: readonly string[] = [
  belgian.ssin,
  "https://www.ehealth.fgov.be/standards/fhir/NamingSystem/ssin",
  "urn:oid:2.16.840.1.113883.3.6777.5.1",
];

/** https://profiles.ihe.net/ITI/Scheduling, 1.0.0 */
export const ihe = {
  appointment: "https://profiles.ihe.net/ITI/Scheduling/StructureDefinition/ihe-sched-appt",
  bundle: "https://profiles.ihe.net/ITI/Scheduling/StructureDefinition/ihe-sched-avail-bundle",
  operation: (name: "find" | "hold" | "book") =>
    `https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-${name}`,
} as const;

/** SMART Scheduling Links calls a slot's places by this; no extension of HL7's own does. */
export const slotCapacity = "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";

const snomed = "http://snomed.info/sct";
/** SNOMED CT: what every appointment here is for. */
export const vaccination: CodeableConcept & { coding: [Coding] } = {
  coding: [
    { system: snomed, code: "33879002", display: "Administration of vaccine to produce active immunity" },
  ],
  text: "Vaccination",
};

export const hl7 = (name: string): string => `http://terminology.hl7.org/CodeSystem/${name}`;

/** The gateway's own names, under the address that its operator made public. */
export const namesAt = (publicUrl: string) => {
  const base = `${publicUrl.replace(/\/$/, "")}/fhir`;
  return {
    /** Where this FHIR server is. */
    base,
    /** Ids of the gateway's, by what they are of; or `platform/<name>`: a platform's own. */
    ids: (of: "centre" | "appointment" | "booking" | "volunteer" | `platform/${string}`) =>
      `${base}/NamingSystem/${of}`,
    codes: (of: "problem" | "who-failed" | "condition") => `${base}/CodeSystem/${of}`,
    extension: (of: "consent-text" | "region" | "token" | "state") => `${base}/StructureDefinition/${of}`,
  };
};
export type Names = ReturnType<typeof namesAt>;
