import type { PairId } from "../../schema/primitives.ts";
import { ofNumber } from "../core/identity.ts";
import { blockWords, type Likeness, likeness } from "../core/likeness.ts";
import * as blocks from "../store/blocks.ts";
import type { Db } from "../store/db.ts";
import type { VolunteerRow } from "../store/volunteers.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, transact } from "./deps.ts";
import { isClaiming, likened } from "./person.ts";
import { freeStrays } from "./strays.ts";
import { mergeCertain, notePair } from "./twin.ts";

/*
 * The search for registrations of one person that no number ties together. Behind the registration, never within it:
 * how long it takes tells nobody whether there was somebody alike (F20).
 */

/** So many registrations in one transaction, and so many such before other recurring work has its turn. */
const atOnce = 100;
const turns = 20;
/** Enough to find by; where two agree by chance, the score tells them apart. Of a digest, two bytes are its version. */
const keyBytes = 10;
/** Whoever shares a way to be reached with more than one other shares it with a household, or with a helper. */
const sharedFrom = 3;

type Opened = ReturnType<typeof likened> & { row: VolunteerRow };

const short = (digest: Uint8Array): Uint8Array => digest.subarray(0, keyBytes);
const wayKeys = ({ vault }: Deps, way: string) => vault.digests("contact", way).map(short);

/** The keys of a registration's blocks: those to write under, and those to look for under each known key. */
const keysOf = ({ vault }: Deps, { person, ways }: Opened) => {
  const digest = [
    ...blockWords(person).map((word) => ["block", word] as const),
    ...ways.map((way) => ["contact", way] as const),
  ];
  return {
    own: digest.map(([purpose, word]) => short(vault.digest(purpose, word))),
    all: digest.flatMap(([purpose, word]) => vault.digests(purpose, word).map(short)),
  };
};

/** The blocks of a registration under the key that writes now; none where it pairs with no other. */
export const blocksOf = (deps: Deps, row: VolunteerRow): Uint8Array[] =>
  mayPair(row) ? keysOf(deps, { row, ...likened(deps, row) }).own : [];

const sharedWays = async (tx: Db, deps: Deps, { ways }: Opened): Promise<string[]> => {
  const shared: string[] = [];
  for (const way of ways) if ((await blocks.sizeOf(tx, wayKeys(deps, way))) >= sharedFrom) shared.push(way);
  return shared;
};

/** Whoever is found by the number that this one only claims, however little else is alike. */
const ownerOfClaim = async (tx: Db, deps: Deps, { row, person }: Opened): Promise<VolunteerRow[]> => {
  const number = isClaiming(deps, row) && person.nationalNumber;
  if (!number) return [];
  const digests = deps.vault.digests("identity", ofNumber(number));
  const owner = await volunteers.byIdentity(tx, { campaign: row.campaign, digests });
  return owner && owner.id !== row.id ? [owner] : [];
};

/** Nobody is certainly whom they only claim to be: somebody looks at both. */
const weighed = (deps: Deps, [one, other]: [Opened, Opened], shared: string[]): Likeness => {
  const found = likeness({ ...one.person, shared }, other.person);
  const claims = [one.row, other.row].some((row) => isClaiming(deps, row));
  return claims && found.outcome === "same" ? { ...found, outcome: "doubtful" } : found;
};

/** Compares one registration with those in its blocks, and returns the pairs that are certainly one person's. */
const compareOne = async (tx: Db, deps: Deps, row: VolunteerRow): Promise<PairId[]> => {
  const open = (each: VolunteerRow): Opened => ({ row: each, ...likened(deps, each) });
  const mine = open(row);
  const keys = keysOf(deps, mine);
  await blocks.put(tx, row.id, keys.own);
  const alike = await blocks.others(tx, row, keys.all);
  const owners = await ownerOfClaim(tx, deps, mine);
  const further = owners.filter(({ id }) => !alike.some((each) => each.id === id));
  const near = [...alike, ...further].map(open);
  const shared = near.length > 0 ? await sharedWays(tx, deps, mine) : [];
  const certain: PairId[] = [];
  for (const other of near) {
    const found = weighed(deps, [mine, other], shared);
    if (found.outcome === "different") continue;
    const noted = await notePair(tx, deps, { between: [row, other.row], found });
    if (noted && found.outcome === "same") certain.push(noted);
  }
  return certain;
};

const mayPair = ({ repeatOf, state }: VolunteerRow) => repeatOf === null && state !== "withdrawn";

const compareSome = (deps: Deps): Promise<{ seen: number; certain: PairId[] }> =>
  transact(deps, async (tx) => {
    const rows = await blocks.toCompare(tx, atOnce);
    const certain: PairId[] = [];
    for (const row of rows)
      if (mayPair(row)) certain.push(...(await compareOne(tx, deps, row)));
      else await blocks.put(tx, row.id, []);
    const seen = rows.map(({ id }) => id);
    await blocks.compared(tx, seen);
    await freeStrays(tx, deps, seen);
    return { seen: rows.length, certain };
  });

/**
 * Compares registrations that came or changed since the last time with all others that are like them. What is
 * certainly one person is merged; what is doubtful waits for somebody to look. Answers whether more are left.
 */
export const comparePeople = async (deps: Deps): Promise<boolean> => {
  const quiet = { ...deps, nudge: () => undefined };
  for (let turn = 0; turn < turns; turn += 1) {
    const { seen, certain } = await compareSome(quiet);
    for (const pair of certain) await mergeCertain(deps, pair);
    if (seen < atOnce) return false;
  }
  return true;
};
