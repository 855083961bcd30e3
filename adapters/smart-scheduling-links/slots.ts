import { type AdapterContext, AdapterError, type Ports, type Slot } from "../../schema/adapter.ts";
import type { HttpStream } from "../../schema/http.ts";
import type { CentreId } from "../../schema/primitives.ts";
import type { Options } from "./adapter.ts";
import type { Client, File, Held } from "./client.ts";
import { type Directory, directoryOf, readLocations, readSchedules } from "./directory.ts";
import { add, type Dropped, sum, tell } from "./dropped.ts";
import { toSlot } from "./mapper.ts";

type Connected = { client: Client; options: Options; ctx: AdapterContext };

/** A week of quarters of an hour in every centre that a gateway could have. */
const most = 200_000;

/** The open slots of our centres in one file; those of others are passed by. */
const readSlots = async (lines: HttpStream["lines"], { centreOf }: Directory) => {
  const facts: Slot[] = [];
  const dropped: Dropped = {};
  let understood = 0;
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const read = toSlot(line, centreOf);
    if ("dropped" in read) add(dropped, read.dropped);
    if (!("dropped" in read) || read.dropped !== "linesUnreadable") understood += 1;
    if ("slot" in read && facts.push(read.slot) > most)
      throw new AdapterError("drifted", `a file of the publisher has more than ${most} slots of ours`);
  }
  if (understood === 0 && dropped.linesUnreadable)
    throw new AdapterError("drifted", "no line of a publisher's file is a slot");
  return { facts, dropped };
};

/** Each slot once. Where one is there again with other room, the lesser stands: no place is promised that may not be. */
const each = (slots: Slot[]): { slots: Slot[]; dropped: Dropped } => {
  const byName = new Map<string, Slot>();
  const dropped: Dropped = {};
  for (const slot of slots) {
    const known = byName.get(slot.externalId);
    if (known) add(dropped, "slotsRepeated");
    if (!known || slot.capacity < known.capacity) byName.set(slot.externalId, slot);
  }
  return { slots: [...byName.values()], dropped };
};

/**
 * Reads everything that the publisher has to say, each time: files that have not changed are not sent again, and nothing
 * is answered that the publisher does not stand by now. `_since` is not asked, since it tells what came and never what
 * went. A file that cannot be had fails the whole, for what it holds would be missing and nobody would see it.
 */
export const slots = ({ client, options, ctx }: Connected): Ports["slots"] => {
  /** Whoever was asked for, so that a question about one centre does not make another's files new. */
  const interest = new Set<CentreId>();
  return {
    async list({ centres, from, until, signal }) {
      if (centres.length === 0 || from >= until) return [];
      for (const centre of centres) interest.add(centre);
      const listing = await client.list(signal);
      const { files } = listing.content;
      const readAll = <Content>(
        kind: File["kind"],
        as: string,
        read: (lines: HttpStream["lines"]) => Promise<Content>,
      ) =>
        inLanes(
          files.filter((file) => file.kind === kind),
          (file) => client.file(file, { as, read, signal }),
        );
      const [locations, schedules] = await Promise.all([
        readAll("Location", "", readLocations),
        readAll("Schedule", "", readSchedules),
      ]);
      const facts = { locations: factsOf(locations), schedules: factsOf(schedules) };
      const directory = directoryOf(facts, interest, options);
      const published = await readAll("Slot", directory.print, (lines) => readSlots(lines, directory));
      const { slots: found, dropped } = each(factsOf(published));
      const read = [...locations, ...schedules, ...published];
      if ([listing, ...read].some(({ fresh }) => fresh))
        tell(
          ctx.log,
          sum([listing, ...read].map(({ content }) => content.dropped).concat(directory.dropped, dropped)),
        );
      const asked = new Set(centres);
      return found.filter(
        ({ centre, startsAt }) => asked.has(centre) && startsAt >= from && startsAt < until,
      );
    },
  };
};

const factsOf = <Fact>(held: Held<{ facts: Fact[] }>[]): Fact[] =>
  held.flatMap(({ content }) => content.facts);

/** How many files of a kind are read at the same time; a chain of pharmacies has some fifty. */
const lanes = 5;

const inLanes = async <Item, Result>(
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const waiting = items.entries();
  const results: Result[] = [];
  const lane = async () => {
    for (const [place, item] of waiting) results[place] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
};
