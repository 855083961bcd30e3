import { lineText } from "../../core/chain.ts";
import * as chain from "../../store/audit-chain.ts";
import { hexOf, referenceOf } from "../../store/digests.ts";
import { hashOf } from "./hash.ts";
import type { Reading } from "./verify.ts";

const atOnce = 2000;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The same without an id: whoever has the key can tell the same one from line to line, and nobody whose it is. */
export const referring = (deps: Reading, value: unknown): unknown => {
  if (typeof value === "string")
    return uuid.test(value) ? referenceOf(deps.vault.digest("audit reference", value)) : value;
  if (Array.isArray(value)) return value.map((each) => referring(deps, each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, referring(deps, each)]));
};

/**
 * A region's chain, line by line, then what was signed of it. Every id is a keyed reference. `lineHash` is that of the
 * whole line, so that the chain can be checked by whoever has this alone: docs/audit.md says how.
 */
export async function* exportAudit(deps: Reading, region: string): AsyncGenerator<object> {
  let after = 0;
  for (;;) {
    const page = await chain.linksFrom(deps.db, { region, after, limit: atOnce });
    for (const { link, line } of page) {
      after = link.number;
      if (!line) continue;
      const { at, actor, event, subject, facts } = line;
      const told = { at, actor, event, subject: referring(deps, subject), facts: referring(deps, facts) };
      yield {
        region,
        number: link.number,
        ...told,
        lineHash: hashOf(lineText(line)),
        hash: hexOf(link.hash),
      };
    }
    if (page.length < atOnce) break;
  }
  for (const { number, hash, at, key, signature } of await chain.checkpointsOf(deps.db, region))
    yield { region, signed: number, hash: hexOf(hash), at, key, signature: hexOf(signature) };
}
