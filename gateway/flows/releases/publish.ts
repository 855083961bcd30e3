import { createHash } from "node:crypto";
import { type Day, localDay, type RegionId } from "../../../schema/primitives.ts";
import { type DatasetName, datasets } from "../../../schema/release.ts";
import { type TableFormat, type TableRow, tableFormats } from "../../../schema/table-file.ts";
import { mondayOf, plusDays, weeksOf } from "../../core/figures.ts";
import { tablesOf } from "../../core/releases.ts";
import * as audit from "../../store/audit.ts";
import * as dayReports from "../../store/day-reports.ts";
import type { Db } from "../../store/db.ts";
import * as places from "../../store/places.ts";
import * as releases from "../../store/releases.ts";
import * as weekFigures from "../../store/week-figures.ts";
import { type Deps, transact } from "../deps.ts";
import { keptWeek } from "../figures.ts";
import { written } from "../tables/table.ts";

/* What everybody may know of a week is written into files once, and those stay. */

/** So large is a part of a file, and so much of it is in memory while it is written or read. */
const partBytes = 256 * 1024;

type Named = { dataset: DatasetName; day: Day; version: number };

async function* inBatches(rows: readonly TableRow[]) {
  for (let from = 0; from < rows.length; from += 1000) yield rows.slice(from, from + 1000);
}

/** Cuts what comes in pieces of any size into parts of one. */
async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let kept = Buffer.alloc(0);
  for await (const piece of pieces) {
    kept = Buffer.concat([kept, piece]);
    for (; kept.length >= partBytes; kept = kept.subarray(partBytes)) yield kept.subarray(0, partBytes);
  }
  if (kept.length > 0) yield kept;
}

const writeFile = async (
  tx: Db,
  { rows, ...named }: Named & { format: TableFormat; rows: readonly TableRow[] },
): Promise<void> => {
  const hash = createHash("sha256");
  const table = { columns: datasets[named.dataset], rows: inBatches(rows) };
  let [number, bytes] = [0, 0];
  for await (const content of inParts(written(table, named.format))) {
    hash.update(content);
    number += 1;
    bytes += content.length;
    await releases.addPart(tx, { ...named, number, content });
  }
  await releases.addFile(tx, { ...named, bytes, sha256: hash.digest() });
};

const firstVersion = 1;

/** Protects and writes all tables of a week, in one transaction. */
export const publishWeek = async (deps: Deps, week: Day): Promise<void> => {
  const counts = await keptWeek(deps, week);
  const until = plusDays(week, 6);
  await transact(deps, async (tx) => {
    const used = await dayReports.usedOf(tx, { from: week, until });
    const names = new Map((await places.allRegions(tx)).map(({ id, name }) => [id, name.en ?? id]));
    const tables = tablesOf({ counts, used, named: (region: RegionId) => names.get(region) ?? region });
    const publishedAt = deps.now();
    for (const [dataset, rows] of Object.entries(tables) as [DatasetName, TableRow[]][]) {
      const named = { dataset, day: week, version: firstVersion };
      await releases.add(tx, { ...named, until, publishedAt, rows: rows.length });
      for (const format of tableFormats) await writeFile(tx, { ...named, format, rows });
    }
    const facts = { week, datasets: Object.keys(tables).length };
    await audit.note(tx, { at: publishedAt, actor: "gateway", event: "release.published", facts });
  });
};

/** Publishes the next week that is due; weeks without a dose too. Says whether there was one. */
export const publishDueWeeks = async (deps: Deps): Promise<boolean> => {
  const first = await weekFigures.firstDay(deps.db);
  if (first === undefined) return false;
  const last = await releases.lastDay(deps.db);
  const from = last === undefined ? mondayOf(first) : plusDays(last, 7);
  const today = localDay(deps.now());
  const [week] = weeksOf({ from, until: today, today });
  if (week === undefined) return false;
  await publishWeek(deps, week);
  return true;
};
