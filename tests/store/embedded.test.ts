import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DirectoryInUse, openDb } from "../../gateway/store/db.ts";
import { quiet, temporaryFolder } from "../support/folder.ts";

const folder = await temporaryFolder();
const directory = join(folder, "data");

/** Another process that writes to that directory; with the numbers of the rows that were acknowledged to it. */
const startWriter = () => {
  const program = fileURLToPath(new URL("./writer.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { child, ended: once(child, "exit"), lines: createInterface(child.stdout) };
};

test("rows acknowledged to a process that was killed are there, and nobody else gets in while it lives", async () => {
  const { child, ended, lines } = startWriter();
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
