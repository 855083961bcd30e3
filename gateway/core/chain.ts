import type { Instant } from "../../schema/primitives.ts";

/*
 * How the lines of the audit hang together: each link is the hash of what is written here, and so of every line before
 * it in its region. Pure; whoever hashes does it elsewhere. docs/audit.md says what follows from it.
 */

/** A line as it lies in the database. */
export type AuditLine = {
  at: Instant;
  region: string | null;
  actor: string;
  event: string;
  subject: string | null;
  facts: Record<string, unknown>;
};

/** The same value, the same text, in whatever order its keys come. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([key, each]) => [key, canonical(each)]);
};

/** All that a line says. Its place is the link's. */
export const lineText = ({ at, region, actor, event, subject, facts }: AuditLine): string =>
  JSON.stringify([at, region, actor, event, subject, canonical(facts)]);

/** What a link is the hash of: its place, the hash of the link before (empty for the first), and the hash of its line. */
export const linkText = (link: { region: string; number: number; before: string; line: string }): string =>
  JSON.stringify([link.region, link.number, link.before, link.line]);

/** What is signed of a chain: how far it reaches, and the hash of its last link. */
export const checkpointText = (point: {
  region: string;
  number: number;
  hash: string;
  at: Instant;
}): string => JSON.stringify(["everydose audit", point.region, point.number, point.hash, point.at]);
