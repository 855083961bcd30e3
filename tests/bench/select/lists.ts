import postgres from "postgres";
import { type Database, openDb } from "../../../gateway/store/db.ts";
import { migrate } from "../../../gateway/store/migrate.ts";
import { quiet } from "../../support/quiet.ts";
import { createDatabase, openServer } from "../databases.ts";
import { fill, tidy } from "./people.ts";

/** As many as Belgium had in the spring of 2021, about. */
export const centres = 100;

export type List = {
  people: number;
  database: Database;
  fillSeconds: number;
  queueMb: number;
  /** Somebody begins a transaction, reads a row, and goes to lunch; until what is returned is called. */
  leaveIdle(): Promise<() => Promise<void>>;
};

const open = async (
  url: string,
  { people, order }: { people: number; order: "calling" | "arrival" },
): Promise<List> => {
  const database = await openDb({ url, connections: 16 }, quiet);
  await migrate(database.sql);
  const began = performance.now();
  await fill(database.sql, { people, centres, order });
  await tidy(database.sql);
  const fillSeconds = Math.round((performance.now() - began) / 1000);
  const [size] = await database.sql<{ mb: number }[]>`
    select (pg_total_relation_size('queue') / 1048576)::int as mb`;
  const leaveIdle = async () => {
    const sql = postgres(url, { max: 1 });
    await sql.unsafe("begin isolation level repeatable read; select count(*) from centres").simple();
    return () => sql.end();
  };
  return { people, database, fillSeconds, queueMb: size?.mb ?? 0, leaveIdle };
};

/** A list of each size, each in a database of its own on one server. */
export const openLists = async ({ sizes, order }: { sizes: number[]; order: "calling" | "arrival" }) => {
  const server = await openServer();
  const drops: (() => Promise<void>)[] = [];
  const lists: List[] = [];
  const close = async () => {
    for (const { database } of lists) await database.close();
    for (const drop of drops) await drop();
    await server.stop();
  };
  try {
    for (const people of sizes) {
      const { url, drop } = await createDatabase(server.url);
      drops.push(drop);
      lists.push(await open(url, { people, order }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { lists, close };
};
