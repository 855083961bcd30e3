import { and, asc, desc, eq, sql } from "drizzle-orm";
import type { Day } from "../../schema/primitives.ts";
import type { TableFormat } from "../../schema/table-file.ts";
import type { Db } from "./db.ts";
import { releaseFiles, releaseParts, releases } from "./tables/reports.ts";

/* What was told to everybody, as the files that it was told in. Rows are added, and read. */

export type ReleaseRow = typeof releases.$inferSelect;
export type FileRow = typeof releaseFiles.$inferSelect;
type Named = { dataset: string; day: Day; version: number };
type NamedFile = Named & { format: TableFormat };

export const add = async (db: Db, row: ReleaseRow): Promise<void> => {
  await db.insert(releases).values(row);
};

export const addPart = async (db: Db, part: typeof releaseParts.$inferInsert): Promise<void> => {
  await db.insert(releaseParts).values(part);
};

export const addFile = async (db: Db, file: FileRow): Promise<void> => {
  await db.insert(releaseFiles).values(file);
};

/** All releases with their files, the newest first. */
export const all = async (db: Db): Promise<(ReleaseRow & { files: FileRow[] })[]> => {
  const rows = await db
    .select()
    .from(releases)
    .orderBy(asc(releases.dataset), desc(releases.day), desc(releases.version));
  const files = await db.select().from(releaseFiles).orderBy(asc(releaseFiles.format));
  const by = new Map<string, FileRow[]>();
  const nameOf = ({ dataset, day, version }: Named) => `${dataset} ${day} ${version}`;
  for (const file of files) by.set(nameOf(file), [...(by.get(nameOf(file)) ?? []), file]);
  return rows.map((row) => ({ ...row, files: by.get(nameOf(row)) ?? [] }));
};

/** That version, or the last where none is named. */
export const find = async (
  db: Db,
  { dataset, day, version }: { dataset: string; day: Day; version?: number },
): Promise<ReleaseRow | undefined> =>
  (
    await db
      .select()
      .from(releases)
      .where(
        and(
          eq(releases.dataset, dataset),
          eq(releases.day, day),
          version === undefined ? undefined : eq(releases.version, version),
        ),
      )
      .orderBy(desc(releases.version))
      .limit(1)
  )[0];

const ofFile = (table: typeof releaseFiles | typeof releaseParts, file: NamedFile) =>
  and(
    eq(table.dataset, file.dataset),
    eq(table.day, file.day),
    eq(table.version, file.version),
    eq(table.format, file.format),
  );

export const file = async (db: Db, named: NamedFile): Promise<FileRow | undefined> =>
  (await db.select().from(releaseFiles).where(ofFile(releaseFiles, named)))[0];

/** One part after the other, so that a file of any size takes the memory of one. */
export const part = async (db: Db, named: NamedFile & { number: number }): Promise<Uint8Array | undefined> =>
  (
    await db
      .select({ content: releaseParts.content })
      .from(releaseParts)
      .where(and(ofFile(releaseParts, named), eq(releaseParts.number, named.number)))
  )[0]?.content;

/** The Monday of the last week that was released; nothing before the first. */
export const lastDay = async (db: Db): Promise<Day | undefined> => {
  const [row] = await db.execute<{ day: Day | null }>(
    sql`select to_char(max(day), 'YYYY-MM-DD') as day from releases`,
  );
  return row?.day ?? undefined;
};
