import { KeyRole } from "../../../schema/key.ts";
import type { CentreId, RegionId } from "../../../schema/primitives.ts";
import type { Federation } from "../../config/federation.ts";
import type { Provider } from "../../config/sign-in.ts";

/** Somebody who may sign in at the sandbox's provider, and what their tokens say of them. */
export type Person = {
  id: string;
  name: string;
  roles: KeyRole[];
  regions: RegionId[];
  centres: CentreId[];
};

/** A program that signs in by itself, with a secret. */
export type Machine = Omit<Person, "name"> & { secret: string };

const person = (role: KeyRole, place: string, name: string, where: Partial<Person> = {}): Person => ({
  ...{ id: `${role}-${place}`, name: `${role}, ${name}` },
  ...{ roles: [role], regions: [], centres: [], ...where },
});

/** Somebody for each role: in each region, and in the first centre of each. */
export const peopleOf = ({ regions, centres }: Pick<Federation, "regions" | "centres">): Person[] => [
  person("operator", "everywhere", "of the whole gateway"),
  person("reporting", "everywhere", "of the federal authority"),
  ...regions.flatMap(({ id: region, name }) => {
    const inRegion = (["agency", "helper", "auditor"] as const).map((role) =>
      person(role, region, name.en, { regions: [region] }),
    );
    const [first] = centres.filter((centre) => centre.region === region);
    const inCentre = (["lead", "staff"] as const).flatMap((role) =>
      first ? [person(role, first.id, first.name, { centres: [first.id] })] : [],
    );
    return [...inRegion, ...inCentre];
  }),
];

/** For whom the sandbox's tokens are. */
export const audience = "urn:everydose:sandbox";
export const ownScope = "everydose";
/** The gateway's own pages, as the provider knows them. */
export const pagesClient = "sandbox-pages";

const reachOf = {
  ...{ helper: "regions", agency: "regions", auditor: "regions", staff: "centres", lead: "centres" },
  ...{ reporting: "everything", platform: "everything", operator: "everything" },
} as const satisfies Record<KeyRole, Provider["grants"][number]["reach"]>;

/** How the gateway reads these tokens: as an operator would write it in sign-in.yaml. */
export const signInAt = (issuer: string): Provider => ({
  ...{ issuer, audience, algorithms: ["RS256"], tokenType: "at+jwt" },
  roles: { claim: ["roles"] },
  regions: { claim: ["regions"], words: {} },
  centres: { claim: ["centres"], words: {} },
  client: { name: "Sandbox", clientId: pagesClient, scopes: ["openid", "profile", ownScope] },
  grants: KeyRole.options.map((role) => ({ word: role, role, reach: reachOf[role] })),
});
