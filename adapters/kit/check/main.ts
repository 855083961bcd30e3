import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { discover, load } from "../conformance.ts";
import { reasonOf } from "./reason.ts";
import { check } from "./report.ts";
import { textOf } from "./text.ts";

const usage = "npm run adapter:check -- adapters/<name> [--json]";
const adapters = fileURLToPath(new URL("../..", import.meta.url));

/** Its folder's name, given alone or as a path from where one stands. */
const nameOf = (given: string): string => {
  const isPath = resolve(given) === resolve(adapters, basename(given));
  return isPath ? basename(given) : given;
};

const read = (): { name: string; json: boolean } => {
  const options = { json: { type: "boolean", default: false } } as const;
  const { positionals, values } = parseArgs({ options, allowPositionals: true });
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new Error("name one adapter");
  return { name: nameOf(given), json: values.json };
};

/** Prints the report of one adapter. Answers with the code to exit with: 0 where nothing is left to prove. */
const main = async (): Promise<number> => {
  const { name, json } = read();
  const known = await discover();
  if (!known.includes(name))
    throw new Error(
      `there is no adapter.ts beside a simulator.ts in adapters/${name}; there is in ${known.join(", ")}`,
    );
  const report = await check(await load(name));
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
  return report.counts["not-proven"] === 0 ? 0 : 1;
};

try {
  process.exitCode = await main();
} catch (fault) {
  process.stderr.write(`${reasonOf(fault)}\n${usage}\n`);
  process.exitCode = 2;
}
