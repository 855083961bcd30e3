import type {
  CapabilityStatement,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceSearchParam,
} from "@medplum/fhirtypes";
import * as appointments from "./appointments.ts";
import * as location from "./location.ts";
import { ihe, type Names } from "./names.ts";
import * as response from "./response.ts";
import * as schedule from "./schedule.ts";
import type { Searchable } from "./search.ts";
import * as slot from "./slot.ts";

/* What this server does, as its clients ask before anything else. */

type Kind = CapabilityStatementRestResourceSearchParam["type"];
/** Of what kind each parameter is (http://hl7.org/fhir/R4/searchparameter-registry.html). */
const kinds: Record<string, Kind> = {
  ...{ _id: "token", _lastUpdated: "date", date: "date", start: "date", near: "special" },
  ...{ actor: "reference", location: "reference", patient: "reference", schedule: "reference" },
  ...{ appointment: "reference", "schedule.actor": "reference", name: "string", address: "string" },
  ...{ "address-city": "string", "address-postalcode": "string", "address-state": "string" },
  "address-country": "string",
};
const kindOf = (name: string): Kind => kinds[name] ?? "token";

type Interaction = "read" | "search-type" | "create" | "update";

const resourceOf = (
  type: CapabilityStatementRestResource["type"],
  {
    does,
    searchable,
    includes,
    documentation,
  }: { does: Interaction[]; searchable: Searchable; includes?: string[]; documentation: string },
): CapabilityStatementRestResource => ({
  type,
  documentation,
  interaction: does.map((code) => ({ code })),
  versioning: "versioned",
  ...{ readHistory: false, updateCreate: false, conditionalCreate: false },
  ...{ conditionalRead: "full-support", conditionalUpdate: false, conditionalDelete: "not-supported" },
  referencePolicy: ["literal"],
  ...(includes && { searchInclude: includes }),
  searchParam: searchable.by
    .filter((name) => !name.includes(":"))
    .map((name) => ({ name, type: kindOf(name) })),
});

const operation = (name: "find" | "hold" | "book") => ({ name, definition: ihe.operation(name) });

export const capabilityOf = (names: Names): CapabilityStatement => ({
  resourceType: "CapabilityStatement",
  id: "everydose",
  url: `${names.base}/metadata`,
  version: "0.1.0",
  name: "Everydose",
  title: "everydose: one reserve list over many booking platforms",
  status: "active",
  date: "2026-11-30",
  publisher: "The operator of this gateway",
  kind: "instance",
  software: { name: "everydose", version: "0.1.0" },
  implementation: { description: "A gateway of reserve lists", url: names.base },
  fhirVersion: "4.0.1",
  format: ["application/fhir+json", "json"],
  rest: [
    {
      mode: "server",
      documentation:
        "Centres and open slots are read by anybody. A search comes in pages: follow `next` as it is. Searches are also posted, to `_search`. What no parameter here narrows is refused rather than left out; what nobody knows is left out and told, or refused with `Prefer: handling=strict`.",
      security: {
        cors: false,
        description:
          "`Authorization: Bearer` with a key of the gateway's operator, with an access token of an identity provider that it trusts, or with the token from a message to a volunteer. What each opens is what it opens in the gateway's own API, no less and no more.",
      },
      resource: [
        resourceOf("Location", {
          ...{ does: ["read", "search-type"], searchable: location.searchable },
          documentation: "The centres. The region stands as the state of the address.",
        }),
        resourceOf("Schedule", {
          ...{ does: ["read", "search-type"], searchable: schedule.searchable, includes: ["Schedule:actor"] },
          documentation: "What is open at a centre, whichever platform keeps it; it has the centre's id.",
        }),
        resourceOf("Slot", {
          does: ["read", "search-type"],
          searchable: slot.searchable,
          includes: ["Slot:schedule", "Schedule:actor"],
          documentation:
            "What is free, asked of every platform at that moment; of 7 days at once, with a key of 31. A platform that does not answer is told in an OperationOutcome beside what was found.",
        }),
        {
          ...resourceOf("Appointment", {
            does: ["read", "search-type", "create", "update"],
            searchable: appointments.searchable,
            includes: ["Appointment:actor", "Appointment:location", "Appointment:patient"],
            documentation:
              "`waitlist`: registered, or standing by. `pending`: asked, with a dose held. `booked`, `fulfilled`, `noshow`, `cancelled`. Of one's centres with a key, one's own with a token. Created as `waitlist`, it registers its contained Patient. Updated, its status and start are taken over.",
          }),
          operation: [operation("find"), operation("hold"), operation("book")],
        },
        resourceOf("AppointmentResponse", {
          ...{ does: ["read", "search-type", "create"], searchable: response.searchable },
          documentation: "The yes (`accepted`) or no (`declined`) to an invitation.",
        }),
        resourceOf("Patient", {
          ...{ does: ["read", "search-type"], searchable: { by: ["_id"], notBy: [] } },
          documentation: "Oneself, by one's own token, and nobody else.",
        }),
      ],
    },
  ],
});
