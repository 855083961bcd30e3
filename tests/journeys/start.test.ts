import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { begin } from "../../gateway/flows/begin.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { temporaryFolder } from "../support/folder.ts";
import { testDeps } from "../support/gateway.ts";
import { testDatabase } from "../support/postgres.ts";
import { productionSettings, writtenKey } from "../support/production.ts";

const folder = await temporaryFolder();
const program = fileURLToPath(new URL("../../gateway/main.ts", import.meta.url));

/** What a gateway says that does not start, without its log: that warns of a server which keeps nothing, as the tests' does. */
const refusal = async (settings: Record<string, string>): Promise<string> => {
  const data = await mkdtemp(join(folder, "data-"));
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    env: { PATH: process.env.PATH, EVERYDOSE_DATA: data, PORT: "0", ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect(code).toBe(1);
  return said.replace(/^\{.*\n/gm, "");
};

const only = (fault: string) => `everydose does not start:\n  ${fault}\n`;

test("a port in use is told as the setting's fault", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void taken.close());
  await once(taken, "listening");
  const address = taken.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  expect(await refusal({ PORT: port })).toBe(
    only(`PORT: ${port} is in use by another program; stop that one, or set PORT to another number`),
  );
});

test("a folder in which nothing can be made is told as the setting's fault", async () => {
  const EVERYDOSE_DATA = "/dev/null/x";
  expect(await refusal({ EVERYDOSE_DATA })).toContain("EVERYDOSE_DATA: /dev/null/x cannot be made");
});

test("a database that does not answer, or lets its user make nothing, is told as the setting's fault", async () => {
  const nobody = "postgres://everydose@127.0.0.1:1/everydose";
  expect(await refusal({ DATABASE_URL: nobody })).toContain("DATABASE_URL: no answer came from the database");
  const { sql, url, close } = await testDatabase();
  const role = `everydose_${process.pid}`;
  onTestFinished(async () => {
    await close();
  });
  await sql`create role ${sql(role)} login password 'secret'`;
  const limited = Object.assign(new URL(url), { username: role, password: "secret" }).href;
  const before = await refusal({ DATABASE_URL: limited });
  await sql`create role everydose_tenant nologin`.catch(() => "it is there already");
  await sql`grant everydose_tenant to ${sql(role)}`;
  const said = await refusal({ DATABASE_URL: limited });
  await sql`drop role ${sql(role)}`;
  expect(before).toContain(`create role everydose_tenant nologin; grant everydose_tenant to "${role}"`);
  expect(said).toMatch(
    /^ {2}DATABASE_URL: permission denied .* \(42501\); its user must own the database, or own/m,
  );
  expect(said).not.toContain("secret");
});

test("keys with which a database did not begin, and a database of the other kind, are told by their settings", async () => {
  const { deps, database, close } = await testDeps();
  onTestFinished(close);
  const ring = (fill: number) => [{ version: 1, key: Buffer.alloc(32, fill) }];
  await begin({ ...deps, vault: createVault({ sealing: ring(1), digest: ring(2) }) }, "production");
  const production = productionSettings(database.url);
  const [sealing, digest] = [
    { EVERYDOSE_SEALING_KEY: writtenKey(3) },
    { EVERYDOSE_DIGEST_KEY: writtenKey(4) },
  ];
  const said = await refusal({ ...production, ...sealing, ...digest });
  expect(said).toMatch(/^ {2}EVERYDOSE_SEALING_KEY: its version 1 is missing, or is not that which wrote/m);
  expect(said).toMatch(/^ {2}EVERYDOSE_DIGEST_KEY: its version 1 is missing, or is not that which wrote/m);
  expect(await refusal({ DATABASE_URL: database.url })).toBe(
    only("DATABASE_URL: production writes in this database; give the sandbox another, or unset it"),
  );
});
