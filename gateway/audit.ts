import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { instant } from "../schema/primitives.ts";
import { onDatabase } from "./command.ts";
import { exportAudit } from "./flows/audit/export.ts";
import { type Reading, type Verified, verifyAudit } from "./flows/audit/verify.ts";
import { referencesOf } from "./flows/authorise.ts";
import { openVault } from "./open-vault.ts";

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
const say = (text: string) => void process.stdout.write(`${text}\n`);

type Command = {
  needs: readonly (keyof typeof values)[];
  may?: readonly (keyof typeof values)[];
  /** Answers with 0, or with 1 where something is not as it was written. */
  run(deps: Reading): Promise<number>;
};

const commands: Record<string, Command | undefined> = {
  verify: {
    needs: [],
    may: ["known", "json"],
    run: async (deps) => {
      const known = values.known ? Heads.parse(JSON.parse(await readFile(values.known, "utf8"))).heads : [];
      const verified = await verifyAudit(deps, known);
      say(values.json ? JSON.stringify({ at: instant(Date.now()), ...verified }) : told(verified));
      return verified.findings.length === 0 ? 0 : 1;
    },
  },
  export: {
    needs: ["region"],
    run: async (deps) => {
      const region = values.region === "none" ? "" : (values.region ?? "");
      for await (const line of exportAudit(deps, region)) say(JSON.stringify(line));
      return 0;
    },
  },
  who: {
    needs: ["issuer", "subject"],
    run: async (deps) => {
      const { issuer = "", subject = "" } = values;
      say(referencesOf(deps, { issuer, subject }).join("\n"));
      return 0;
    },
  },
};

/** Whether all that it needs is given, and nothing that it does not take. */
const fits = ({ needs, may = [] }: Command): boolean => {
  const given = Object.entries(values).flatMap(([name, value]) => (value ? [name] : []));
  return (
    needs.every((name) => values[name]) &&
    given.every((name) => [...needs, ...may].some((each) => each === name))
  );
};

const [name = ""] = positionals;
const command = commands[name];
if (!command || !fits(command)) {
  process.stderr.write(`${usage}\n`);
  process.exit(2);
}
await onDatabase("the audit cannot be read", async (database, config) => {
  process.exitCode = await command.run({ db: database.orm, vault: await openVault(config, database) });
});
