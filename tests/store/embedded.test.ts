import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, cp, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { DirectoryInUse, openDb } from "../../gateway/store/db.ts";
import { temporaryFolder } from "../support/folder.ts";
import { quiet } from "../support/quiet.ts";

const folder = await temporaryFolder();
const directory = join(folder, "data");

/** Another process that writes to that directory; with the numbers of the rows that were acknowledged to it. */
const startWriter = (where: string) => {
  const program = fileURLToPath(new URL("./writer.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, where], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, ended: once(child, "exit"), lines: createInterface(child.stdout) };
};

test("rows acknowledged to a process that was killed are there, and nobody else gets in while it lives", async () => {
  const { child, ended, lines } = startWriter(directory);
  let acknowledged = 0;
  for await (const line of lines) {
    acknowledged = Number(line);
    if (acknowledged === 20) {
      const second = openDb({ directory }, quiet);
      await expect(second).rejects.toThrow(DirectoryInUse);
      await expect(second).rejects.toThrow(`in use by process ${child.pid}; stop it or set EVERYDOSE_DATA`);
    }
    if (acknowledged === 300) child.kill("SIGKILL");
  }
  await ended;

  const db = await openDb({ directory }, quiet);
  const [found] = await db.sql<{ count: number; most: number }[]>`
    select count(*)::int as count, max(number) as most from written`;
  await db.close();
  expect(acknowledged).toBeGreaterThanOrEqual(300);
  expect(found?.count).toBeGreaterThanOrEqual(acknowledged);
  expect(found?.most).toBe(found?.count);
});

test("the directory is its owner's alone, and a clean close leaves neither lock nor socket", async () => {
  const { mode } = await stat(directory);
  expect((mode & 0o777).toString(8)).toBe("700");
  expect(await readdir(directory)).toEqual(["postgres"]);
});

test("one process cannot open it twice; closed twice, it opens again", async () => {
  const db = await openDb({ directory }, quiet);
  await expect(openDb({ directory }, quiet)).rejects.toThrow(`in use by process ${process.pid}`);
  await db.close();
  await db.close();
  const again = await openDb({ directory }, quiet);
  await again.close();
});

test("a directory whose path is too long for a socket opens like any other", async () => {
  const long = join(folder, "x".repeat(120));
  await cp(directory, long, { recursive: true });
  const db = await openDb({ directory: long }, quiet);
  expect([...(await db.sql`select min(number) as first from written`)]).toEqual([{ first: 1 }]);
  await db.close();
});

test("a first start that was cut off begins again", async () => {
  const young = join(folder, "young");
  const { child, ended } = startWriter(young);
  await vi.waitFor(() => access(join(young, "postgres", "base")), { timeout: 90_000, interval: 5 });
  child.kill("SIGKILL");
  await ended;
  const db = await openDb({ directory: young }, quiet);
  expect([...(await db.sql`select 1 as one`)]).toEqual([{ one: 1 }]);
  await db.close();
});

test("data that it cannot read is an error that says so, and the directory stays free", async () => {
  const foreign = join(folder, "foreign");
  await mkdir(join(foreign, "postgres"), { recursive: true });
  await writeFile(join(foreign, "postgres", "PG_VERSION"), "9.6\n");
  await expect(openDb({ directory: foreign }, quiet)).rejects.toThrow(
    `database in ${foreign} does not start`,
  );
  expect(await readdir(foreign)).toEqual(["postgres"]);
});
