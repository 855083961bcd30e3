import type { JWTPayload } from "jose";
import { refuse } from "../../schema/errors.ts";
import type { KeyRole } from "../../schema/key.ts";
import { CentreId, RegionId } from "../../schema/primitives.ts";
import type { Provider } from "../config/sign-in.ts";

/** What a token makes of whoever shows it; no region or centre named means all. */
export type Granted = { role: KeyRole; regions: RegionId[]; centres: CentreId[] };

const at = (value: unknown, step: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? Reflect.get(value, step)
    : undefined;

/** A claim's words: a list, or one text with spaces between them, as `scope` has it (RFC 8693, section 4.2). */
const wordsIn = (claims: JWTPayload, way: readonly string[]): string[] => {
  const found = way.reduce(at, claims as unknown);
  const words: unknown[] = Array.isArray(found) ? found : typeof found === "string" ? found.split(" ") : [];
  return words.filter((word): word is string => typeof word === "string" && word !== "");
};

const placesIn = (claims: JWTPayload, places: Provider["regions"]): string[] =>
  places
    ? wordsIn(claims, places.claim).map((word) =>
        Object.hasOwn(places.words, word) ? (places.words[word] ?? word) : word,
      )
    : [];

const nowhere = (what: string) =>
  refuse("not_allowed", `the token names no ${what} in which it gives a role`);

/**
 * The role that the operator's configuration sees in a token, and how far it reaches. A token without the claim that its
 * role is limited by reaches nothing, where a key without limits reaches all.
 */
export const grantedBy = (claims: JWTPayload, provider: Provider): Granted => {
  const words = wordsIn(claims, provider.roles.claim);
  const grant = provider.grants.find(({ word }) => words.includes(word));
  if (!grant) return refuse("not_allowed", "the token gives no role here");
  const { role, reach } = grant;
  const within = provider.within ?? [];
  if (reach === "everything") return { role, regions: within, centres: [] };
  const named = placesIn(claims, provider[reach]);
  if (reach === "centres") {
    const centres = named.flatMap((each) => CentreId.safeParse(each).data ?? []);
    return centres.length > 0 ? { role, regions: within, centres } : nowhere("centre");
  }
  const regions = named
    .flatMap((each) => RegionId.safeParse(each).data ?? [])
    .filter((region) => !provider.within || within.includes(region));
  return regions.length > 0 ? { role, regions, centres: [] } : nowhere("region");
};
