import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import postgres from "postgres";

/* What PostgreSQL itself takes: the same sealed row, inserted alone and committed alone, by nothing but a client. */

type Raw = { perSecond: number; clients: number; tool: "pgbench" | "postgres.js" };

/** The row of somebody who is on the list, with an id and a digest of its own; `bare` has no index but its key. */
const statementInto = async (sql: postgres.Sql, table: string): Promise<string> => {
  const columns = await sql<{ name: string; value: string | null }[]>`
    select c.column_name as name, to_jsonb(v)->>c.column_name as value
    from information_schema.columns c, (select * from volunteers limit 1) v
    where c.table_name = 'volunteers' and c.column_name not in ('person', 'compared') order by c.ordinal_position`;
  const own: Record<string, string> = {
    id: "gen_random_uuid()",
    identity_digest: "'\\x0001'::bytea || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())",
    contact_digests:
      "array['\\x0001'::bytea || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())]",
  };
  const literal = (value: string | null) => (value === null ? "null" : `'${value.replaceAll("'", "''")}'`);
  const [centres] = await sql<{ text: string }[]>`select centres::text as text from volunteers limit 1`;
  const arrays: Record<string, string> = {
    centres: literal(centres?.text ?? "{}"),
    vaccines: "'{pfizer,moderna,astrazeneca,janssen}'",
    conditions: "'{}'",
  };
  const values = columns.map(({ name, value }) => own[name] ?? arrays[name] ?? literal(value));
  const person = table === "volunteers" ? [] : ["person", "compared"];
  const filled = table === "volunteers" ? [] : ["gen_random_uuid()", "false"];
  const names = [...columns.map(({ name }) => name), ...person];
  return `insert into ${table} (${names.join(", ")}) values (${[...values, ...filled].join(", ")})`;
};

const pgbench = (): string | undefined =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "pgbench"))
    .find(existsSync);

const byPgbench = async (
  tool: string,
  { url, statement, clients, seconds }: { url: string; statement: string; clients: number; seconds: number },
): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), "everydose-pgbench-"));
  const script = join(folder, "insert.sql");
  writeFileSync(script, `${statement};\n`);
  const options = ["-n", "-M", "prepared", "-c", clients, "-j", 2, "-T", seconds, "-f", script, url].map(
    String,
  );
  const child = spawn(tool, options, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await new Promise((resolve) => child.once("close", resolve));
  await rm(folder, { recursive: true });
  return Number(/^tps = ([\d.]+)/m.exec(said)?.[1] ?? Number.NaN);
};

const byDriver = async (given: { url: string; statement: string; clients: number; seconds: number }) => {
  const sql = postgres(given.url, { max: given.clients, onnotice: () => undefined });
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1000;
  let count = 0;
  await Promise.all(
    Array.from({ length: given.clients }, async () => {
      for (; passed() < given.seconds; count += 1) await sql.unsafe(given.statement, [], { prepare: true });
    }),
  );
  const perSecond = count / passed();
  await sql.end();
  return perSecond;
};

/** `url`: a database with somebody in it. The best of these numbers of clients. */
export const insertRaw = async (
  url: string,
  { table, clients, seconds }: { table: "volunteers" | "bare"; clients: number[]; seconds: number },
): Promise<Raw> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql`create table if not exists bare (like volunteers including defaults, primary key (id))`;
  const statement = await statementInto(sql, table);
  await sql.end();
  const tool = pgbench();
  let best: Raw = { perSecond: 0, clients: 0, tool: tool ? "pgbench" : "postgres.js" };
  for (const each of clients) {
    const given = { url, statement, clients: each, seconds };
    const perSecond = tool ? await byPgbench(tool, given) : await byDriver(given);
    if (perSecond > best.perSecond) best = { ...best, perSecond, clients: each };
  }
  return best;
};
