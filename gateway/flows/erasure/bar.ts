import type { ExternalId, PlatformName } from "../../../schema/primitives.ts";
import { evidence } from "../../core/identity.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import type { Deps } from "../deps.ts";
import { likened } from "../person.ts";

/* By which words a list could bring somebody back who was forgotten: kept as keyed digests, and only for a while. */

/** The digest of a platform's name for somebody. */
export const nameDigests = ({ vault }: Deps, platform: PlatformName, externalId: ExternalId): Uint8Array[] =>
  vault.digests("identity", `list ${platform} ${externalId}`);

/**
 * Every way in which a list may tell who they are: with their number or without, by either way of reaching them, and
 * with no more of their birth than its year.
 */
export const evidencesOf = (deps: Deps, row: VolunteerRow): string[] => {
  const { person } = likened(deps, row);
  const { nationalNumber, email, mobile, birthDate, givenName, familyName } = person;
  const births = [birthDate, `${birthDate.slice(0, 4)}-12-31`];
  const contacts = [{ mobile }, { email }].filter((each) => Object.values(each).some(Boolean));
  const words = births.flatMap((born) =>
    contacts.map((contact) => evidence({ givenName, familyName, birthDate: born, contact })),
  );
  return [...new Set([...(nationalNumber ? [evidence({ ...person, contact: {} })] : []), ...words])];
};
