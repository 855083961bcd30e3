import type { CloudEvent } from "../../../schema/cloud-event.ts";
import { refuse } from "../../../schema/errors.ts";
import type { Instant, RegionId, SurplusId } from "../../../schema/primitives.ts";
import { cursorOf, type Reached, reachedIn } from "../../core/event-cursor.ts";
import { eventFor, type Hearer, toldLines } from "../../core/events.ts";
import { acrossRegions, type Db } from "../../store/db.ts";
import * as events from "../../store/events.ts";
import * as places from "../../store/places.ts";
import type { Caller } from "../authorise.ts";
import { type Deps, transact, within } from "../deps.ts";

/*
 * What happened, in the order of the chains of the audit. There is no other record of it: whoever comes back reads on in
 * the same chains, at whichever gateway.
 */

type Chain = RegionId | "";

/** So many links of a chain are looked at for one page. */
const window = 1000;

/** Looking changes nothing, so it wakes nobody, and is not what a repeated request is answered with. */
export const quiet = ({ conclude: _, ...deps }: Deps): Deps => ({ ...deps, nudge: () => undefined });

/** As whom a caller is told: the regions of their centres, where they have only those; else their own, or all. */
export const hearerOf = (deps: Deps, caller: Caller, types?: Hearer["types"]): Promise<Hearer> =>
  transact(quiet(deps), async (tx) => {
    const { label, role, centres } = caller;
    const all = (await places.allRegions(tx)).map(({ id }) => id);
    const homes = (await places.centresOf(tx)).filter(({ id }) => centres.includes(id));
    const own = caller.regions.length > 0 ? caller.regions : homes.map(({ region }) => region);
    const isLimited = caller.regions.length > 0 || centres.length > 0;
    const regions = isLimited ? all.filter((id) => own.includes(id)) : all;
    return { label, role, regions, centres: centres.length > 0 ? centres : undefined, types };
  });

export const chainsOf = ({ regions }: Pick<Hearer, "regions">): Chain[] => ["", ...regions];

/** What is about no region belongs to no tenant: which of it is told to whom, core/events.ts decides. */
const asOwnerOf = <Result>(db: Db, chain: Chain, work: (db: Db) => Promise<Result>): Promise<Result> =>
  chain === "" ? acrossRegions(db, work) : work(db);

const headsIn = async (tx: Db, hearer: Pick<Hearer, "regions">): Promise<Reached> => {
  const heads = new Map<Chain, number>();
  for (const chains of [[""], [...hearer.regions]] as Chain[][])
    for (const [chain, number] of await asOwnerOf(tx, chains[0] ?? "", (db) => events.headsOf(db, chains)))
      heads.set(chain, number);
  return heads;
};

const ofAnother = (at: "cursor" | "Last-Event-ID") =>
  refuse("invalid_input", "this gateway has not told so far; begin anew with `from`", [
    { in: at === "cursor" ? "query" : "header", at, detail: "`next` of an earlier page, from this gateway" },
  ]);

/** Where a hearer was at a moment: what was written from then on lies behind it. */
export const placesBefore = async (
  tx: Db,
  hearer: Pick<Hearer, "regions">,
  from: Instant,
): Promise<Reached> => {
  const reached = new Map<Chain, number>();
  for (const chain of chainsOf(hearer))
    reached.set(chain, await asOwnerOf(tx, chain, (db) => events.beforeTime(db, chain, from)));
  return reached;
};

type Beginning = {
  cursor?: string | undefined;
  from?: Instant | undefined;
  /** By which of the two it was told. */
  at: "cursor" | "Last-Event-ID";
};

/**
 * Where somebody begins: where they were told up to, now (`latest`), at a moment, or at the beginning. A place that was
 * never reached here, as after a database was put back, is refused: what comes to stand before it would be left out.
 */
export const beginAt = (
  deps: Deps,
  hearer: Pick<Hearer, "regions">,
  { cursor, from, at }: Beginning,
): Promise<Reached> =>
  transact(quiet(deps), async (tx) => {
    if (cursor === undefined) return from ? placesBefore(tx, hearer, from) : new Map();
    const heads = await headsIn(tx, hearer);
    if (cursor === "latest") return heads;
    const reached = reachedIn(cursor) ?? ofAnother(at);
    for (const [chain, number] of reached) if (number > (heads.get(chain) ?? number)) ofAnother(at);
    return reached;
  });

/** An event, and how far whoever heard it was told with it. */
export type Heard = { event: CloudEvent; reached: Reached };
export type Page = { heard: Heard[]; reached: Reached; more: boolean };

/** One link of several chains after the other, about in the order in which they were written. */
const inOrder = (chains: readonly events.Link[][]): events.Link[] => {
  const heads = chains.filter((links) => links.length > 0).map((links) => ({ links, nth: 0 }));
  const merged: events.Link[] = [];
  for (;;) {
    const open = heads.flatMap((each) => {
      const link = each.links[each.nth];
      return link ? [{ each, link }] : [];
    });
    const [first, ...others] = open;
    if (!first) return merged;
    const next = others.reduce((least, one) => (one.link.line < least.link.line ? one : least), first);
    merged.push(next.link);
    next.each.nth += 1;
  }
};

const surplusIn = ({ said }: events.Link): SurplusId[] =>
  typeof said?.facts.surplus === "string" ? [said.facts.surplus as SurplusId] : [];

type Reading = { hearer: Hearer; reached: Reached; limit: number; base: string };

/** The same in a transaction of the caller's. */
export const readPage = async (tx: Db, { hearer, reached, limit, base }: Reading): Promise<Page> => {
  const all: events.Link[][] = [];
  for (const chain of chainsOf(hearer)) {
    const asked = { region: chain, after: reached.get(chain) ?? 0, events: toldLines, limit: window };
    all.push(await asOwnerOf(tx, chain, (db) => events.linksAfter(db, asked)));
  }
  const links = inOrder(all);
  const centres = await events.centresOfSurpluses(tx, links.flatMap(surplusIn));
  const now = new Map(reached);
  const heard: Heard[] = [];
  for (const link of links) {
    if (heard.length === limit) break;
    now.set(link.region, link.number);
    const [surplus = ""] = surplusIn(link);
    const { region, number, said } = link;
    const event = said && eventFor({ region, number, ...said, centre: centres.get(surplus) }, hearer, base);
    if (event) heard.push({ event, reached: new Map(now) });
  }
  const isFull =
    heard.length === limit && links.some(({ region, number }) => number > (now.get(region) ?? 0));
  return { heard, reached: now, more: isFull || all.some((chain) => chain.length === window) };
};

/** What somebody was not told yet, as far as they reach. `base`: the address of this gateway. */
export const readEvents = (deps: Deps, reading: Reading): Promise<Page> => {
  const { regions, centres } = reading.hearer;
  const reach = { regions: [...regions], centres: centres && [...centres] };
  return transact(quiet(within(deps, reach)), (tx) => readPage(tx, reading));
};

/** How far all chains reach now. As the gateway: it says nothing but numbers. */
export const headsNow = (deps: Deps, hearer: Pick<Hearer, "regions">): Promise<Reached> =>
  headsIn(deps.db, hearer);

/** Whether there is anything in these chains that somebody was not told yet. */
export const isBehind = (reached: Reached, heads: Reached, { regions }: Pick<Hearer, "regions">): boolean =>
  chainsOf({ regions }).some((chain) => (heads.get(chain) ?? 0) > (reached.get(chain) ?? 0));

export { cursorOf, type Hearer, type Reached };
