import type { TableColumn, TableRow } from "../../../schema/table-file.ts";

/* Tables as Apache Parquet: days are DATE, counts INT32, all else UTF-8; what may be missing is OPTIONAL. */

type Rows = AsyncIterable<readonly TableRow[]>;

/** Rows of one group: what is kept in memory before it is written. */
const groupRows = 20_000;

const kinds = {
  day: { type: "INT32", converted_type: "DATE" },
  count: { type: "INT32" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
} as const;

const elementOf = ({ name, type, nullable }: TableColumn) => ({
  ...{ name, ...kinds[type] },
  repetition_type: nullable ? ("OPTIONAL" as const) : ("REQUIRED" as const),
});

const typed = ({ name, type }: TableColumn, row: TableRow) => {
  const value = row[name] ?? null;
  return type === "day" && typeof value === "string" ? new Date(value) : value;
};

/** Writes a group of rows after the other; what is written goes on at once. The library is loaded for the first. */
export async function* asParquet(columns: readonly TableColumn[], rows: Rows): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const out = new ByteWriter();
  /** What was written since, so that nothing is kept that has gone; `offset` goes on counting. */
  const taken = (): Uint8Array => {
    const written = out.getBytes().slice();
    out.index = 0;
    return written;
  };
  const writer = new ParquetWriter({
    writer: out,
    schema: [{ name: "root", num_children: columns.length }, ...columns.map(elementOf)],
    createdBy: "everydose",
  });
  const write = (group: readonly TableRow[]) =>
    writer.write({
      columnData: columns.map((column) => ({
        name: column.name,
        data: group.map((row) => typed(column, row)),
        offsetIndex: false,
      })),
      rowGroupSize: groupRows,
    });
  let group: TableRow[] = [];
  for await (const some of rows) {
    group.push(...some);
    if (group.length < groupRows) continue;
    await write(group);
    group = [];
    yield taken();
  }
  if (group.length > 0) await write(group);
  await writer.finish();
  yield taken();
}
