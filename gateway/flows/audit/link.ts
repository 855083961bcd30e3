import { checkpointText } from "../../core/chain.ts";
import * as chain from "../../store/audit-chain.ts";
import type { Db } from "../../store/db.ts";
import { hexOf } from "../../store/digests.ts";
import { type Deps, transact } from "../deps.ts";
import { inBytes, linkHash } from "./hash.ts";

/** So many lines in one transaction. */
const atOnce = 2000;

/** Somebody has changed a chain behind the gateway's back: nothing is hung on to it. */
export class BrokenChain extends Error {
  override readonly name = "BrokenChain";
}

type Head = { number: number; hash: string };

/** How far a region's chain reaches, as it was signed last; nothing where the chain says otherwise. */
const signedHead = async (tx: Db, { vault }: Deps, region: string): Promise<Head | undefined> => {
  const [head, last] = [await chain.headOf(tx, region), await chain.lastCheckpoint(tx, region)];
  if (!head && !last) return { number: 0, hash: "" };
  if (!head || !last || head.number !== last.number) return undefined;
  const { number, hash } = { number: head.number, hash: hexOf(head.hash) };
  return vault.isSigned(checkpointText({ ...last, hash }), last) ? { number, hash } : undefined;
};

const linkRegion = async (
  tx: Db,
  deps: Deps,
  { region, head, lines }: { region: string; head: Head; lines: readonly chain.AuditRow[] },
) => {
  let { number, hash } = head;
  const links = lines.map((line) => {
    number += 1;
    hash = linkHash(line, { region, number, before: hash });
    return { region, number, line: line.id, hash: inBytes(hash) };
  });
  await chain.link(tx, links);
  const point = { region, number, at: deps.now() };
  const signed = deps.vault.sign(checkpointText({ ...point, hash }));
  await chain.putCheckpoint(tx, { ...point, hash: inBytes(hash), ...signed });
};

type Linked = { isMore: boolean; broken: string[] };

const linkSome = async (tx: Db, deps: Deps): Promise<Linked> => {
  if (!(await chain.takeTurn(tx))) return { isMore: false, broken: [] };
  const heads = new Map<string, Head | undefined>();
  for (const region of await chain.unlinkedRegions(tx)) heads.set(region, await signedHead(tx, deps, region));
  const whole = [...heads].flatMap(([region, head]) => (head ? [{ region, head }] : []));
  let linked = 0;
  for (const { region, head } of whole) {
    const lines = await chain.unlinked(tx, region, atOnce - linked);
    if (lines.length > 0) await linkRegion(tx, deps, { region, head, lines });
    linked += lines.length;
    if (linked === atOnce) break;
  }
  const broken = [...heads.keys()].filter((region) => !heads.get(region));
  const isMore = linked === atOnce;
  if (!isMore && broken.length === 0) await chain.advance(tx, deps.now());
  return { isMore, broken };
};

/**
 * Links the lines that were written since the last time, each to the one before it in its region, and signs how far each
 * chain reaches now. Behind what is decided, never within it. Answers whether more wait. Throws `BrokenChain` where a
 * chain does not end as it was signed, once the others' lines are linked.
 */
export const linkAudit = async (deps: Deps): Promise<boolean> => {
  const { isMore, broken } = await transact({ ...deps, nudge: () => undefined }, (tx) => linkSome(tx, deps));
  if (broken.length === 0) return isMore;
  const where = broken.map((region) => region || "no region").join(", ");
  throw new BrokenChain(`the audit of ${where} does not end as it was signed; see npm run audit:verify`);
};
