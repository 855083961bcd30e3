import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { tableOf as tableOfDay } from "../../gateway/flows/reports/read.ts";
import { written } from "../../gateway/flows/tables/table.ts";
import { openDb } from "../../gateway/store/db.ts";
import { migrate } from "../../gateway/store/migrate.ts";
import { tableFormats } from "../../schema/table-file.ts";
import { quiet } from "../support/quiet.ts";
import { createDatabase, openServer } from "./databases.ts";
import { tableOf } from "./figures.ts";

/*
 * `npm run bench:reports` makes a day's report of many rows, which no day of Belgium has, and reads it in each form. What
 * is measured is the memory: it must not grow with the rows.
 */

const { values } = parseArgs({
  options: { rows: { type: "string", default: "1000000" }, json: { type: "boolean", default: false } },
});
const day = "2021-04-16";
const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);

const server = await openServer();
const database = await createDatabase(server.url);
const db = await openDb({ url: database.url }, quiet);
await migrate(db.sql);
await db.sql`insert into regions (id, document) values ('wallonia', '{}')`;
await db.sql`insert into day_reports (day, version, counted_at, rows, sums) values (${day}, 1, now(), 0, '{}')`;
await db.sql`
  insert into day_report_cells (region, day, version, number, region_name, province, centre, platform, vaccine, age_band,
    sex, indicator, count)
  select 'wallonia', ${day}, 1, n, 'Wallonia', 'Hainaut', 'centre-' || n / 1000, 'platform-' || n % 5, 'pfizer', '65-74',
    (array['F', 'M', null])[n % 3 + 1], 'used', 1 + n % 50
  from generate_series(1, ${values.rows}::int) n`;

/** The most that was in use at once, beside what was before. */
const reading = async (format: (typeof tableFormats)[number], version: number) => {
  global.gc?.();
  const before = process.memoryUsage();
  const began = performance.now();
  let [bytes, heap, resident] = [0, 0, 0];
  const hash = createHash("sha256");
  for await (const part of written(
    tableOfDay({ db: db.orm } as Parameters<typeof tableOfDay>[0], { day, version }),
    format,
  )) {
    bytes += part.length;
    hash.update(part);
    const now = process.memoryUsage();
    heap = Math.max(heap, now.heapUsed + now.arrayBuffers - before.heapUsed - before.arrayBuffers);
    resident = Math.max(resident, now.rss - before.rss);
  }
  const seconds = (performance.now() - began) / 1000;
  return {
    format,
    rows: Number(values.rows),
    mib: mib(bytes),
    heapMib: mib(heap),
    residentMib: mib(resident),
    seconds: Math.round(seconds * 10) / 10,
  };
};

const lines = [];
for (const format of tableFormats) lines.push(await reading(format, 1));
process.stdout.write(
  values.json ? lines.map((line) => `${JSON.stringify(line)}\n`).join("") : tableOf(lines),
);
await db.close();
await database.drop();
await server.stop();
