import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type postgres from "postgres";
import { withoutData } from "./error.ts";
import { bringTenantRole } from "./tenancy.ts";

const here = new URL("./migrations/", import.meta.url);

/** Any number, as long as every replica takes the same one. */
const lock = 20_210_406;

type Migration = { name: string; checksum: string; text: string };
type Recorded = Pick<Migration, "name" | "checksum">;

/**
 * Brings the database to the newest shape, and returns the names of what ran. Each file runs in one transaction
 * together with its record. Replicas may start at the same moment: each migration is run by one of them, and all
 * return when the last is done. Throws where what was run differs from what lies here, and `NoTenantRole`.
 */
export const migrate = async (sql: postgres.Sql, folder: URL = here): Promise<string[]> => {
  const present = await read(folder);
  await bringTenantRole(sql);
  const ran: string[] = [];
  for (;;) {
    const name = await runNext(sql, present).catch((error: unknown) => {
      throw withoutData(error);
    });
    if (name === undefined) return ran;
    ran.push(name);
  }
};

const read = async (folder: URL): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
  for (const [at, name] of names.entries()) {
    if (name.startsWith(`${String(at + 1).padStart(4, "0")}_`)) continue;
    throw new Error(`migration ${name}: the numbers run from 0001_, without a gap or a double`);
  }
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, folder), "utf8");
      return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
    }),
  );
};

/** The lock lives as long as the transaction, so that a killed process leaves none behind. */
const runNext = (sql: postgres.Sql, present: Migration[]): Promise<string | undefined> =>
  sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${lock})`;
    await tx`create table if not exists migrations (
      name text primary key, checksum text not null, ran_at timestamptz not null default now())`;
    const recorded = await tx<Recorded[]>`select name, checksum from migrations order by name`;
    refuseDifference(recorded, present);
    const migration = present[recorded.length];
    if (migration) await run(tx, migration);
    return migration?.name;
  });

const refuseDifference = (recorded: Recorded[], present: Migration[]): void => {
  for (const [at, { name, checksum }] of recorded.entries()) {
    const file = present[at];
    if (file?.name !== name)
      throw new Error(`migration ${name} was run on this database and is missing here`);
    if (file.checksum !== checksum) throw new Error(`migration ${name} has changed since it was run`);
  }
};

/** The simple protocol takes many statements in one text, so nothing here has to know where one ends. */
const run = async (tx: postgres.TransactionSql, { name, checksum, text }: Migration): Promise<void> => {
  try {
    await tx.unsafe(text).simple();
  } catch (cause) {
    throw new Error(`migration ${name} failed; nothing of it was kept`, { cause: withoutData(cause) });
  }
  await tx`insert into migrations ${tx({ name, checksum })}`;
};
