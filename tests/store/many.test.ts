import { getTableColumns, sql } from "drizzle-orm";
import { bigint, boolean, date, integer, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arrayOf, columnsOf, insertMany, isAnyOf } from "../../gateway/store/many.ts";
import { at, bytes, byteses } from "../../gateway/store/tables/columns.ts";
import { instant } from "../../schema/primitives.ts";
import { type TestDatabase, testDatabase } from "../support/postgres.ts";

/* Many rows go to the database as the text of arrays that we write: whatever stands in a value, it stays that value. */

const table = pgTable("odd", {
  nth: integer().notNull(),
  text: text(),
  texts: text().array(),
  bytes: bytes(),
  byteses: byteses(),
  json: jsonb(),
  uuid: uuid(),
  day: date(),
  at: at(),
  flag: boolean(),
  small: smallint(),
  big: bigint({ mode: "number" }),
});
const keys = [
  "nth",
  "text",
  "texts",
  "bytes",
  "byteses",
  "json",
  "uuid",
  "day",
  "at",
  "flag",
  "small",
  "big",
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table odd (nth int, text text, texts text[], bytes bytea, byteses bytea[], json jsonb,
    uuid uuid, day date, at timestamptz, flag boolean, small smallint, big bigint)`;
});
afterAll(() => database.close());

/** What means something within an array, a string, a row, JSON or a statement. */
const signs = [
  ...[
    '"',
    "\\",
    "{",
    "}",
    ",",
    "null",
    "NULL",
    "{}",
    '""',
    '\\"',
    "\\\\x00",
    "'",
    "''",
    ";--",
    "$1",
    "::int",
    "(",
    ")",
  ],
  ...[
    " ",
    "\t",
    "\n",
    "\r",
    "\v",
    "\u0001",
    "\u007f",
    "\u00a0",
    "\u2028",
    "\ufeff",
    "\uffff",
    "é",
    "e\u0301",
    "🤖",
    "[",
    "]",
    ":",
  ],
];
const word = fc.oneof(
  fc.array(fc.constantFrom(...signs), { maxLength: 8 }).map((some) => some.join("")),
  fc.string({ unit: "grapheme" }).map((each) => each.replaceAll("\0", "")),
);
const some = fc.uint8Array({ maxLength: 40 });
const json = fc.jsonValue({ maxDepth: 3 }).map((value) =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll("\\u0000", "")
      .replace(/-0(?![.\d])/g, "0"),
  ),
);
const oddJson = fc.oneof(fc.dictionary(word, fc.oneof(word, fc.array(word))), fc.array(word), word, json);
const row = fc.record({
  text: fc.option(word),
  texts: fc.option(fc.array(word, { maxLength: 5 })),
  bytes: fc.option(some),
  byteses: fc.option(fc.array(some, { maxLength: 4 })),
  json: fc.option(oddJson.filter((value) => value !== null)),
  uuid: fc.option(fc.uuid()),
  day: fc.option(
    fc
      .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((each) => each.toISOString().slice(0, 10)),
  ),
  at: fc.option(
    fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }).map(instant),
  ),
  flag: fc.option(fc.boolean()),
  small: fc.option(fc.integer({ min: -32_768, max: 32_767 })),
  big: fc.option(fc.maxSafeInteger()),
});

/** JSON as the database writes it: the driver reads it, and Drizzle reads a text that looks like JSON once more. */
const as = { ...getTableColumns(table), json: sql<string | null>`${table.json}::text` };

/** Bytes as what they are, whoever made them. */
const plain = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString("hex")
    : Array.isArray(value) && value.some((each) => each instanceof Uint8Array)
      ? value.map(plain)
      : value;

test("every value of every kind of column comes back as it was, in its own row and column", async () => {
  const columns = columnsOf(table, keys);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const told = rows.map((each, nth) => ({ nth, ...each }));
      await database.orm.execute(sql`truncate odd`);
      await database.orm.execute(insertMany(columns, told));
      const found = await database.orm.select(as).from(table).orderBy(table.nth);
      const read = found.map((each) => ({
        ...each,
        json: each.json === null ? null : JSON.parse(each.json),
      }));
      expect(read.map((each) => Object.entries(each).map(([key, value]) => [key, plain(value)]))).toEqual(
        told.map((each) => keys.map((key) => [key, plain(each[key as keyof typeof each])])),
      );
    }),
    { numRuns: 80 },
  );
});

test("a value is found among many by itself and by nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(word, { minLength: 1, maxLength: 8 }), some, async (words, digest) => {
      const [first] = words as [string];
      const [found] = await database.orm.execute<{
        all: string[];
        is: boolean;
        isOther: boolean;
        same: boolean;
      }>(
        sql`select ${arrayOf(words, "text")} as all, ${isAnyOf(sql`${first}::text`, words, "text")} as is,
          ${isAnyOf(sql`${first}::text`, words.slice(1), "text")} as "isOther",
          ${isAnyOf(sql`decode(${Buffer.from(digest).toString("hex")}, 'hex')`, [digest], "bytea")} as same`,
      );
      expect(found).toEqual({ all: words, is: true, isOther: false, same: true });
    }),
    { numRuns: 60 },
  );
});

test("what a row lacks is null, and what is no value is refused whole", async () => {
  const columns = columnsOf(table, keys);
  await database.orm.execute(sql`truncate odd`);
  await database.orm.execute(insertMany(columns, [{ nth: 1 }]));
  const [read] = await database.orm.select().from(table);
  const lacking = keys.slice(1).map((key) => [key, null]);
  expect(read).toEqual({ nth: 1, ...Object.fromEntries(lacking) });
  const rows = [
    { nth: 2, text: "well" },
    { nth: 3, text: "a\0b" },
  ];
  await expect(database.orm.execute(insertMany(columns, rows))).rejects.toMatchObject({ code: "22021" });
  expect(await database.orm.select({ nth: table.nth }).from(table)).toEqual([{ nth: 1 }]);
});
