import type { KeyRole } from "../../schema/key.ts";

/* What a line of the table says, `permissions.ts`. */

/**
 * How far somebody reaches with a key or an access token:
 * - "own centre": the centres that it names; where it names none, all those of its regions
 * - "own region": the regions that it names, and only where it is not narrowed to centres
 * - "all": everywhere, whatever it names
 * Whoever is given a key without a region is given all regions: docs/security.md.
 */
export type HowFar = "own centre" | "own region" | "all";

/**
 * Who comes in: a role of those with keys and access tokens; a volunteer, by the token of a message, to what is their
 * own; a platform, by its signature under what it sends; or anybody.
 */
export type Who = { [Role in KeyRole]?: HowFar } & {
  volunteer?: "what is their own";
  signedPlatform?: "what it knows";
  anybody?: "all";
};

export type Permission = {
  /** What it is called where it is told in another language; it stays as it is. */
  id: string;
  why: string;
  who: Who;
  routes: readonly `${Uppercase<string>} /${string}`[];
};
