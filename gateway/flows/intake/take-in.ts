import type { Instant } from "../../../schema/primitives.ts";
import { type Db, isDeadlock, isRefusedValue, isTaken } from "../../store/db.ts";
import { hexOf } from "../../store/digests.ts";
import * as intake from "../../store/intake.ts";
import * as requests from "../../store/requests.ts";
import type { Deps } from "../deps.ts";
import { helperFull, isHelped, withoutRoom } from "../help.ts";
import { abandonedBefore, type Request } from "../remember.ts";
import { type Answer, type Arrival, decide, type Sought, seek } from "./decide.ts";
import type { Directory } from "./directory.ts";
import { inShares } from "./shares.ts";

/** How each registration ended: answered, or refused for itself. */
export type Outcome = { answer: Answer } | { error: unknown };
/** Is told of each as soon as it is so. */
export type Settle = (arrival: Arrival, outcome: Outcome) => void;
/** Where registrations are looked up and written. */
export type Place = {
  look(sought: Parameters<typeof intake.look>[1]): Promise<intake.Known>;
  /** All of them or none, but for those whose helper stands for enough people already: which these are. */
  write(entries: readonly intake.Entry[], at: Instant): Promise<ReadonlySet<intake.Entry>>;
  /** Gives the key of a request back that died before that moment. */
  abandon(request: Request, before: Instant): Promise<unknown>;
  /** As it was when this version of it was seen. */
  directory(version: number): Promise<Directory>;
};

export const placeIn = (db: Db, directory: Place["directory"]): Place => ({
  look: (sought) => intake.look(db, sought),
  write: (entries, at) => write(db, entries, at),
  abandon: (request, before) => requests.abandon(db, request, before),
  directory,
});

type Entered = { sought: Sought; entry: intake.Entry; answer: Answer };

/** The first of each person and of each key; the others find them on the list, or their answer, when it is their turn. */
const oneEach = (all: readonly Sought[]): { first: Sought[]; later: Sought[] } => {
  const seen = new Set<string>();
  const first: Sought[] = [];
  const later: Sought[] = [];
  for (const each of all) {
    const { request } = each.arrival;
    const marks = [...each.digests.map(hexOf), ...(request ? [`key ${requests.nameOf(request)}`] : [])];
    (marks.some((mark) => seen.has(mark)) ? later : first).push(each);
    for (const mark of marks) seen.add(mark);
  }
  return { first, later };
};

/** Looks all of them up and decides on each. What is refused or answered as before has its outcome with that. */
const look = async (
  deps: Deps,
  place: Place,
  { all, settle, now }: { all: readonly Sought[]; settle: Settle; now: Instant },
): Promise<{ entered: Entered[]; later: Sought[] }> => {
  const { first, later } = oneEach(all);
  const known = await place.look({
    digests: first.flatMap(({ digests }) => digests),
    names: first.flatMap(({ arrival }) => arrival.request ?? []),
  });
  const seen = { known, directory: await place.directory(known.version), now };
  const entered: Entered[] = [];
  await inShares(first, async (sought) => {
    try {
      const decision = decide(deps, sought, seen);
      if ("entry" in decision) entered.push({ sought, ...decision });
      else if ("again" in decision) settle(sought.arrival, { answer: decision.again });
      else {
        await place.abandon(decision.abandoned, abandonedBefore(now));
        later.push(sought);
      }
    } catch (error) {
      settle(sought.arrival, { error });
    }
  });
  return { entered, later };
};

/** In one statement, but where somebody else may be first: for how many a helper stands shows under a lock. */
const write = async (
  db: Db,
  entries: readonly intake.Entry[],
  at: Instant,
): Promise<ReadonlySet<intake.Entry>> => {
  const helped = entries.filter(isHelped);
  if (helped.length === 0) {
    await intake.write(db, entries, at);
    return new Set();
  }
  return db.transaction(async (tx) => {
    const refused = await withoutRoom(tx, helped);
    const taken = entries.filter((entry) => !refused.has(entry));
    if (taken.length > 0) await intake.write(tx, taken, at);
    return refused;
  });
};

/** So often a registration is decided anew because somebody else was first with its person or its key. */
const triesAtMost = 5;

/**
 * Takes registrations in together, in as few statements for many as for one, each answered for itself: none fails
 * because of its neighbours. What the database refuses is tried in halves, down to the one. Answers with those who
 * come a second time among them, and are to be taken in after these. Throws where the database does not answer: who
 * has no outcome then may or may not be on the list.
 */
export const takeIn = async (
  deps: Deps,
  place: Place,
  arrivals: readonly Arrival[],
  settle: Settle,
): Promise<Arrival[]> => {
  const waiting: Arrival[] = [];
  const pass = async (all: readonly Sought[], tries: number): Promise<void> => {
    const now = deps.now();
    let found: Entered[];
    try {
      const { entered, later } = await look(deps, place, { all, settle, now });
      waiting.push(...later.map(({ arrival }) => arrival));
      found = entered;
    } catch (error) {
      return again(all, { error, tries });
    }
    // A helper takes a lock and a few statements more, for which nobody else waits.
    await put(
      found.filter(({ entry }) => !isHelped(entry)),
      { now, tries },
    );
    await put(
      found.filter(({ entry }) => isHelped(entry)),
      { now, tries },
    );
  };
  const put = async (entered: readonly Entered[], { now, tries }: { now: Instant; tries: number }) => {
    if (entered.length === 0) return;
    try {
      const entries = entered.map(({ entry }) => entry);
      const refused = await place.write(entries, now);
      await inShares(entered, ({ sought, entry, answer }) =>
        settle(
          sought.arrival,
          refused.has(entry) && entry.helper ? { error: helperFull(entry.helper) } : { answer },
        ),
      );
    } catch (error) {
      const open = entered.map(({ sought }) => sought);
      return again(open, { error, tries });
    }
  };
  const again = async (all: readonly Sought[], { error, tries }: { error: unknown; tries: number }) => {
    if (isDeadlock(error) && tries < triesAtMost) return pass(all, tries + 1);
    if (!isRefusedValue(error)) throw error;
    if (all.length > 1) {
      const middle = Math.ceil(all.length / 2);
      await pass(all.slice(0, middle), tries);
      return pass(all.slice(middle), tries);
    }
    if (isTaken(error) && tries < triesAtMost) return pass(all, tries + 1);
    for (const { arrival } of all) settle(arrival, { error });
  };
  const now = deps.now();
  const sought = arrivals.map((arrival) => seek(deps, arrival, now));
  await pass(sought, 1);
  return waiting;
};
