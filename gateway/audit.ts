import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { instant } from "../schema/primitives.ts";
import { type Config, readConfig } from "./config.ts";
import { exportAudit } from "./flows/audit/export.ts";
import { type Verified, verifyAudit } from "./flows/audit/verify.ts";
import { referencesOf } from "./flows/authorise.ts";
import { createLog } from "./log.ts";
import { obstaclesIn } from "./obstacle.ts";
import { openVault } from "./open-vault.ts";
import { find } from "./registry.ts";
import { type Database, openDb } from "./store/db.ts";

/*
 * `npm run audit:verify` reads every chain of the audit and says what is not as it was written; `npm run audit:export`
 * writes one out; `npm run audit:who` says by which references somebody stands in it. All take the settings that the gateway
 * takes, and change nothing. docs/audit.md
 */

const usage = `Either:
  npm run audit:verify -- [--known heads.json] [--json]
  npm run audit:export -- --region <region, or none for what is about none>
  npm run audit:who -- --issuer <as sign-in.yaml has it> --subject <as the provider calls somebody>`;

const Heads = z.object({
  heads: z.array(z.object({ region: z.string(), number: z.number(), hash: z.string() })),
});

const where = (region: string): string => region || "no region";

const told = ({ heads, lines, waiting, findings }: Verified): string =>
  [
    ...heads.map(
      ({ region, number, hash }) => `${where(region)}: ${number} lines, up to ${hash.slice(0, 16)}`,
    ),
    ...findings.map(({ region, what, number, line }) =>
      [
        `${what}: ${where(region)}`,
        ...(number ? [`link ${number}`] : []),
        ...(line ? [`line ${line}`] : []),
      ].join(", "),
    ),
    `${lines} lines read, ${waiting} not linked yet, ${findings.length} not as they were written`,
  ].join("\n");

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    known: { type: "string" },
    region: { type: "string" },
    issuer: { type: "string" },
    subject: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const [command] = positionals;
const say = (text: string) => void process.stdout.write(`${text}\n`);

/** 0: all is as it was written. 1: it is not. 2: it could not be read. */
const run = async (database: Database, config: Config): Promise<number> => {
  const deps = { db: database.orm, vault: await openVault(config, database) };
  const { issuer, subject } = values;
  if (issuer !== undefined && subject !== undefined) {
    say(referencesOf(deps, { issuer, subject }).join("\n"));
    return 0;
  }
  if (values.region !== undefined) {
    const region = values.region === "none" ? "" : values.region;
    for await (const line of exportAudit(deps, region)) say(JSON.stringify(line));
    return 0;
  }
  const known = values.known ? Heads.parse(JSON.parse(await readFile(values.known, "utf8"))).heads : [];
  const verified = await verifyAudit(deps, known);
  say(values.json ? JSON.stringify({ at: instant(Date.now()), ...verified }) : told(verified));
  return verified.findings.length === 0 ? 0 : 1;
};

const given = (names: readonly (keyof typeof values)[]) => names.every((name) => values[name] !== undefined);
const isKnown: Record<string, boolean> = {
  verify: !given(["region"]),
  export: given(["region"]),
  who: given(["issuer", "subject"]),
};
if (!command || !isKnown[command]) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
let config: Config | undefined;
try {
  config = await readConfig(find);
  const where =
    config.mode === "sandbox" && !config.databaseUrl
      ? { directory: config.data }
      : { url: config.databaseUrl ?? "" };
  const database = await openDb(where, createLog("warn"));
  try {
    process.exitCode = await run(database, config);
  } finally {
    await database.close();
  }
} catch (error) {
  const faults = obstaclesIn(error, config) ?? [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`the audit cannot be read:\n  ${faults.join("\n  ")}\n`);
  process.exitCode = 2;
}
