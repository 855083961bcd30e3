import type { CentreId, Instant, PlatformName, RegionId } from "../../../schema/primitives.ts";
import type { Term } from "../../store/bindings.ts";
import { type Mark, msBetween } from "./mark.ts";

/** The centres, and all that was ever or will be bound for their slots. */
export type Written = { centres: { id: CentreId; region: RegionId }[]; bindings: Term[] };

/** Which centres each platform is asked for at that instant: those whose slots it then holds, by binding. */
export type Directory = (asked: {
  regions?: readonly RegionId[];
  centres?: readonly CentreId[];
  at: Instant;
}) => Map<PlatformName, CentreId[]>;

/** A centre's own binding beats its region's; where two hold, the one that began later. */
const before = (one: Term, other: Term): number => {
  if (Boolean(one.centre) !== Boolean(other.centre)) return one.centre ? -1 : 1;
  return (one.from ?? "") > (other.from ?? "") ? -1 : 1;
};

/** What was or will be bound at each centre in one role; the first that holds counts. */
export const byCentre = ({ centres, bindings }: Written): Map<CentreId, Term[]> => {
  const ordered = bindings.toSorted(before);
  return new Map(
    centres.map(({ id, region }) => [
      id,
      ordered.filter((each) => each.region === region && (!each.centre || each.centre === id)),
    ]),
  );
};

export const directoryOf = ({ centres: written, bindings }: Written): Directory => {
  const centres = written.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const bound = byCentre({ centres, bindings });
  return (asked) => {
    const regions = asked.regions && new Set(asked.regions);
    const wanted = asked.centres && new Set(asked.centres);
    const result = new Map<PlatformName, CentreId[]>();
    for (const { id, region } of centres) {
      if ((regions && !regions.has(region)) || (wanted && !wanted.has(id))) continue;
      const platform = bound.get(id)?.find((each) => holds(each, asked.at))?.platform;
      if (!platform) continue;
      const own = result.get(platform);
      if (own) own.push(id);
      else result.set(platform, [id]);
    }
    return result;
  };
};

export const holds = ({ from, until }: Term, at: Instant): boolean =>
  (!from || from <= at) && (!until || until > at);

/** Read again behind an answer after the first, and before it after the second: no change is seen later than that. */
const [renewMs, longestMs] = [250, 500];

/**
 * The directory in memory, so that a question waits for no database. A reading that fails is the failure of whoever
 * cannot be answered without it, and of nobody else.
 */
export const keepDirectory = (read: () => Promise<Written>) => {
  let known: { directory: Directory; read: Mark } | undefined;
  let reading: Promise<Directory> | undefined;

  const renew = (now: Mark): Promise<Directory> => {
    reading ??= read()
      .then((written) => {
        const directory = directoryOf(written);
        known = { directory, read: now };
        return directory;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return async (now: Mark): Promise<Directory> => {
    const age = known ? msBetween(known.read, now) : Number.POSITIVE_INFINITY;
    if (!known || age >= longestMs) return renew(now);
    if (age >= renewMs) renew(now).catch(() => undefined);
    return known.directory;
  };
};
