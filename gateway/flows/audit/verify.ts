import { checkpointText } from "../../core/chain.ts";
import * as chain from "../../store/audit-chain.ts";
import { hexOf } from "../../store/digests.ts";
import type { Deps } from "../deps.ts";
import { linkHash } from "./hash.ts";

/**
 * `changed`: a line says something else than when it was linked. `removed`: a line or a link is gone. `inserted`: a line
 * stands where all are linked, and none links it. `reordered`: lines stand in each other's place. `unsigned`: the chain
 * is not as it was signed at that number: whoever rewrote it has not got the key.
 */
export type Finding = {
  region: string;
  what: "changed" | "removed" | "inserted" | "reordered" | "unsigned";
  /** Of the link; nothing for a line that none links. */
  number?: number;
  line?: number;
};

/** How far a chain reaches: what an auditor keeps, and compares with the next time. */
export type Head = { region: string; number: number; hash: string };
export type Verified = { heads: Head[]; lines: number; waiting: number; findings: Finding[] };

/** What it takes to read the audit. */
export type Reading = Pick<Deps, "db" | "vault">;

const atOnce = 5000;
/** So many findings tell enough. */
const atMost = 1000;

type Linked = Awaited<ReturnType<typeof chain.linksFrom>>[number];
/** A link that its line does not explain. */
type Torn = {
  region: string;
  number: number;
  before: string;
  hash: string;
  line: NonNullable<Linked["line"]>;
};

const fits = ({ region, number, before, hash }: Torn, line: Torn["line"]): boolean =>
  linkHash(line, { region, number, before }) === hash;

/** Which of the torn links would be whole with another's line. */
const tell = (torn: readonly Torn[]): Finding[] =>
  torn.map((each) => {
    const isMoved = torn.some((other) => other !== each && fits(each, other.line));
    const { region, number, line } = each;
    return { region, number, line: line.id, what: isMoved ? "reordered" : "changed" };
  });

const readChain = async (deps: Reading, region: string) => {
  const findings: Finding[] = [];
  const torn: Torn[] = [];
  const checkpoints = await chain.checkpointsOf(deps.db, region);
  const hashes = new Map(checkpoints.map((each) => [each.number, each]));
  let [number, before, lines] = [0, "", 0];
  for (;;) {
    const page = await chain.linksFrom(deps.db, { region, after: number, limit: atOnce });
    for (const { link, line } of page) {
      for (number += 1; number < link.number; number += 1) findings.push({ region, number, what: "removed" });
      const hash = hexOf(link.hash);
      if (!line) findings.push({ region, number, line: link.line, what: "removed" });
      else if (linkHash(line, { region, number, before }) !== hash)
        torn.push({ region, number, before, hash, line });
      const signed = hashes.get(number);
      if (signed && !deps.vault.isSigned(checkpointText({ ...signed, hash }), signed))
        findings.push({ region, number, what: "unsigned" });
      hashes.delete(number);
      [before, lines] = [hash, lines + 1];
    }
    if (page.length < atOnce || findings.length + torn.length > atMost) break;
  }
  // What was signed beyond the last link is gone; a link beyond the last signature was put there by somebody else.
  for (const gone of hashes.keys())
    if (gone > number) findings.push({ region, number: gone, what: "removed" });
  if (number > (checkpoints.at(-1)?.number ?? 0)) findings.push({ region, number, what: "unsigned" });
  return { head: { region, number, hash: before }, lines, findings: [...findings, ...tell(torn)] };
};

/**
 * Reads every chain from its first line, and says what is not as it was written. `known`: heads of an earlier time; a
 * chain that no longer holds one of them was cut off and signed anew by whoever has the key.
 */
export const verifyAudit = async (deps: Reading, known: readonly Head[] = []): Promise<Verified> => {
  const heads: Head[] = [];
  const findings: Finding[] = [];
  let lines = 0;
  for (const region of await chain.regionsOf(deps.db)) {
    const read = await readChain(deps, region);
    heads.push(read.head);
    findings.push(...read.findings);
    lines += read.lines;
  }
  for (const { id, region } of await chain.strangers(deps.db, atMost))
    findings.push({ region: region ?? "", line: id, what: "inserted" });
  for (const { region, number, hash } of known) {
    const now = await chain.linkAt(deps.db, region, number);
    if (!now || hexOf(now.hash) !== hash)
      findings.push({ region, number, what: now ? "unsigned" : "removed" });
  }
  return { heads, lines, waiting: await chain.waiting(deps.db), findings };
};
