import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkAudit } from "../../gateway/flows/audit/link.ts";
import { keysFile, openKeys } from "../../gateway/sandbox/keys.ts";
import * as audit from "../../gateway/store/audit.ts";
import { createVault } from "../../gateway/store/vault.ts";
import type { RegionId } from "../../schema/primitives.ts";
import { type TestDeps, testDeps } from "../support/gateway.ts";

/* `npm run audit:verify` and `audit:export`, as an auditor types them. */

let world: TestDeps;
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "everydose-audit-"));
  world = await testDeps();
  const { vaultRings } = await openKeys(join(data, keysFile));
  const { deps, clock } = world;
  const line = { at: clock.now(), region: "wallonia" as RegionId, actor: "gateway", event: "tried" };
  for (let nth = 0; nth < 3; nth += 1) await audit.note(deps.db, { ...line, facts: { nth } });
  await linkAudit({ ...deps, vault: createVault(vaultRings) });
});
afterAll(async () => {
  await world?.close();
  await rm(data, { recursive: true, force: true });
});

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = async (...args: string[]) => {
  const env = { ...process.env, EVERYDOSE_DATA: data, DATABASE_URL: world.database.url };
  const done = promisify(execFile)(process.execPath, ["--import", "tsx", "gateway/audit.ts", ...args], {
    cwd: root,
    env,
  });
  const { stdout, stderr, code } = await done.then(
    (said) => ({ ...said, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  return { stdout, stderr, code };
};

test("it says that all is as it was written, and afterwards which line is not", async () => {
  expect(await run("verify")).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(
      /^wallonia: 3 lines, up to [\da-f]{16}\n3 lines read, 0 not linked yet, 0 not as/,
    ),
  });
  const { stdout } = await run("export", "--region", "wallonia");
  expect(
    stdout
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each)),
  ).toMatchObject([
    ...[1, 2, 3].map((number) => ({ number, event: "tried", facts: { nth: number - 1 } })),
    { signed: 3 },
  ]);
  await world.database.sql.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update audit set event = 'never' where facts->>'nth' = '1'`;
  });
  const changed = await run("verify", "--json");
  expect(changed.code).toBe(1);
  expect(JSON.parse(changed.stdout)).toMatchObject({
    findings: [{ region: "wallonia", what: "changed", number: 2 }],
  });
});

test("it says what it takes, and reads nothing", async () => {
  expect(await run("export")).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("--region"),
  });
});

test("what a command does not take is not passed over", async () => {
  expect(await run("verify", "--issuer", "https://login.example.org", "--subject", "an")).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("npm run audit:who"),
  });
});
