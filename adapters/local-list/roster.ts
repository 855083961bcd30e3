import { z } from "zod";
import {
  type AdapterContext,
  AdapterError,
  type Ports,
  type RosterEntry,
  type Sourced,
} from "../../schema/adapter.ts";
import { CentreId, type ExternalId, localDay } from "../../schema/primitives.ts";
import { closePerson, erasePerson, putPerson, type Sheet } from "./edit.ts";
import type { Change } from "./file.ts";
import { centreOf, type Naming, named, ownPart } from "./identity.ts";
import { readList, writeList } from "./list.ts";
import { openFile } from "./open.ts";
import type { Share, SharedFile } from "./share.ts";

type Roster = Ports["roster"];
type World = { ctx: AdapterContext; naming: Naming };

/** The ETag under which each list was last read and, while more may follow, the centre that was read last. */
const Cursor = z.strictObject({ etags: z.record(CentreId, z.string()), after: CentreId.optional() });
type Cursor = z.infer<typeof Cursor>;

/** A cursor that cannot be read starts from the beginning, which only repeats records. */
const parseCursor = (text: string | undefined): Cursor => {
  try {
    return Cursor.parse(JSON.parse(text ?? ""));
  } catch {
    return { etags: {} };
  }
};

/** Where this person is listed: where their id says, else the first centre that they can come to. */
const homeOf = ({ externalId, centres }: RosterEntry): CentreId => {
  const home = externalId?.includes(".") ? centreOf(externalId) : centres[0];
  if (home) return home;
  throw new AdapterError("rejected", "a local list belongs to a centre, and this person has none");
};

const openSheet = async ({ ctx, naming }: World, centre: CentreId, bytes: Uint8Array): Promise<Sheet> => {
  const file = await openFile(bytes);
  const { rows, faults } = await readList(file, { centre, today: localDay(ctx.now()) });
  const list = { rows: rows.map(({ row, entry }) => ({ row, entry: named(naming, entry, centre) })), faults };
  return { file, list, centre, naming };
};

/**
 * The lists on a share. Each page of a pull is one list that has changed, and the pull is complete once none has.
 * What cannot be read stops nothing else: a faulty row is counted in the log and left where it is, a file that is no
 * list is logged by its centre, and either makes the page partial. A row that was deleted says nothing by itself: the
 * gateway misses it once all lists were read whole.
 */
export const sharedRoster = (world: World, share: Share): Roster => ({
  pull: async ({ cursor }) => {
    const { etags: before, after } = parseCursor(cursor);
    const centres = (await share.centres()).sort((one, other) => (one < other ? -1 : 1));
    const etags = Object.fromEntries(centres.flatMap((each) => (before[each] ? [[each, before[each]]] : [])));
    // Going on where the last page ended, and all the way round, so that no list waits for a busier one.
    const ahead = centres.filter((centre) => after === undefined || centre > after);
    let unreadable = false;
    for (const centre of [...ahead, ...centres.slice(0, centres.length - ahead.length)]) {
      const file = await share.read(centre, etags[centre]);
      if (typeof file === "string") continue;
      const list = await recordsOf(world, centre, file);
      unreadable ||= !list;
      if (!list) continue;
      etags[centre] = file.etag;
      const partial = unreadable || list.faults > 0;
      return {
        records: list.records,
        next: JSON.stringify({ etags, after: centre }),
        complete: false,
        partial,
      };
    }
    return { records: [], next: JSON.stringify({ etags }), complete: true, partial: unreadable };
  },
  put: async (entry) => {
    const centre = homeOf(entry);
    const person = named(world.naming, entry, centre);
    const own = { ...person, externalId: ownPart(centre, person.externalId) as ExternalId };
    const first = () => writeList({ entries: [own], format: "csv" });
    const done = await revise(world, share, { centre, change: (sheet) => putPerson(sheet, person), first });
    return { externalId: done?.externalId ?? person.externalId };
  },
  close: async ({ externalId, reason }) => {
    const centre = CentreId.safeParse(centreOf(externalId));
    if (!centre.success) return;
    const change = (sheet: Sheet) => ({ changes: closePerson(sheet, { externalId, reason }) });
    await revise(world, share, { centre: centre.data, change });
  },
  erase: async ({ externalId }) => {
    const centre = CentreId.safeParse(centreOf(externalId));
    if (!centre.success) return;
    const change = (sheet: Sheet) => ({ changes: erasePerson(sheet, externalId) });
    await revise(world, share, { centre: centre.data, change });
  },
});

const recordsOf = async (
  world: World,
  centre: CentreId,
  file: SharedFile,
): Promise<{ records: Sourced<RosterEntry>[]; faults: number } | undefined> => {
  const { log, now } = world.ctx;
  try {
    const { list } = await openSheet(world, centre, file.bytes);
    const faults = new Set(list.faults.map(({ row }) => row)).size;
    if (faults > 0) log.warn({ centre, rows: list.rows.length, faults }, "rows of a list wait to be mended");
    const checkedAt = now();
    const validAt = file.modified ?? checkedAt;
    return { records: list.rows.map(({ entry }) => ({ value: entry, checkedAt, validAt })), faults };
  } catch (fault) {
    if (!(fault instanceof AdapterError) || fault.fault !== "rejected") throw fault;
    log.warn({ centre, reason: fault.message }, "a list on the share cannot be read");
    return undefined;
  }
};

/** How often a change is made anew because somebody at the centre saved at the same moment. */
const attempts = 6;

const revise = async <Result extends { changes: Change[] }>(
  world: World,
  share: Share,
  {
    centre,
    change,
    first,
  }: { centre: CentreId; change(sheet: Sheet): Result; first?: () => Promise<Uint8Array> },
): Promise<Result | undefined> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const current = await share.read(centre);
    if (typeof current === "string") {
      if (!first || (await share.save(centre, await first()))) return undefined;
      continue;
    }
    const sheet = await openSheet(world, centre, current.bytes);
    const result = change(sheet);
    if (result.changes.length === 0) return result;
    if (await share.save(centre, await sheet.file.rewrite(result.changes), current)) return result;
  }
  throw new AdapterError("unavailable", "the list was saved by somebody else each time it was to be changed");
};

/**
 * Without a share, lists only come by upload, so there is nothing to pull, to miss or to close. `put` gives a person a name,
 * the same each time; the export writes it into the sheet, by which the next upload knows them again.
 */
export const uploadedRoster = ({ naming }: World): Roster => ({
  pull: async ({ cursor }) => ({ records: [], next: cursor ?? "by-upload", complete: true, partial: true }),
  put: async (entry) => ({ externalId: named(naming, entry, homeOf(entry)).externalId }),
  close: async () => {},
});
