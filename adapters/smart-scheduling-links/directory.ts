import { AdapterError } from "../../schema/adapter.ts";
import type { HttpStream } from "../../schema/http.ts";
import type { CentreId } from "../../schema/primitives.ts";
import type { Options, Where } from "./adapter.ts";
import { add, type Dropped } from "./dropped.ts";
import { type Location, type Schedule, toLocation, toSchedule } from "./mapper.ts";

/* Which of a publisher's schedules are those of our centres. */

export type Facts<Fact> = { facts: Fact[]; dropped: Dropped };

/** More than any country has; a publisher that goes on and on is not listened to. */
const most = 500_000;

/** All lines that say something. Throws `drifted` where there are lines and not one does: that is another file. */
const factsOf = async <Fact>(
  lines: HttpStream["lines"],
  toFact: (line: string) => Fact | undefined,
): Promise<Facts<Fact>> => {
  const facts: Fact[] = [];
  const dropped: Dropped = {};
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const fact = toFact(line);
    if (fact === undefined) add(dropped, "linesUnreadable");
    else if (facts.push(fact) > most)
      throw new AdapterError("drifted", `a file of the publisher has more than ${most} lines`);
  }
  if (facts.length === 0 && dropped.linesUnreadable)
    throw new AdapterError("drifted", "no line of a publisher's file is what such a file holds");
  return { facts, dropped };
};

export const readLocations = (lines: HttpStream["lines"]) => factsOf(lines, toLocation);
export const readSchedules = (lines: HttpStream["lines"]) => factsOf(lines, toSchedule);

const isAt = (where: Where, { id, identifiers }: Location): boolean =>
  "id" in where
    ? id === where.id
    : identifiers.some(({ system, value }) => system === where.system && value === where.identifier);

export type Directory = {
  /** Our centre of a schedule; "elsewhere" where it is somebody else's, nothing where it is not published. */
  centreOf(schedule: string): CentreId | "elsewhere" | undefined;
  /** All that `centreOf` finds for us, as a text to compare. */
  print: string;
  dropped: Dropped;
};

/** Follows slots home: a schedule is of a location, and a location is of one of these centres or of none. */
export const directoryOf = (
  { locations, schedules }: { locations: Location[]; schedules: Schedule[] },
  centres: Iterable<CentreId>,
  options: Pick<Options, "locations">,
): Directory => {
  const wanted = [...centres].map((centre) => ({
    centre,
    where: options.locations[centre] ?? { id: centre },
  }));
  const homes = new Map<string, CentreId | "elsewhere">();
  for (const location of locations)
    homes.set(location.id, wanted.find(({ where }) => isAt(where, location))?.centre ?? "elsewhere");
  const bySchedule = new Map<string, CentreId | "elsewhere">();
  const dropped: Dropped = {};
  for (const { id, location } of schedules) {
    const home = homes.get(location);
    if (home === undefined) add(dropped, "schedulesWithoutLocation");
    // Its slots do not lack a schedule: they are dropped with it, and counted once.
    bySchedule.set(id, home ?? "elsewhere");
  }
  const own = [...bySchedule].filter(([, home]) => home !== "elsewhere");
  return { centreOf: (schedule) => bySchedule.get(schedule), print: JSON.stringify(own), dropped };
};
