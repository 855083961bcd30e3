import { parseArgs } from "node:util";
import { Instant, instant } from "../schema/primitives.ts";
import type { RetentionPreview } from "../schema/retention.ts";
import { type Config, readConfig } from "./config.ts";
import { previewRetention } from "./flows/erasure/retain.ts";
import { createLog } from "./log.ts";
import { obstaclesIn } from "./obstacle.ts";
import { find } from "./registry.ts";
import { openDb } from "./store/db.ts";

/*
 * `npm run retention:show` says what the gateway will delete by itself, by kind and region, and deletes nothing. It takes
 * the settings that the gateway takes. docs/security.md
 */

const { values } = parseArgs({
  options: { until: { type: "string" }, json: { type: "boolean", default: false } },
});

const told = ({ until, items }: RetentionPreview): string =>
  items.length === 0
    ? `nothing is due by ${until}`
    : [
        `due by ${until}:`,
        ...items.map(
          ({ region, kind, count, earliest }) =>
            `  ${region}: ${count} of ${kind}, the first since ${earliest}`,
        ),
      ].join("\n");

const show = async (config: Config): Promise<void> => {
  const now = () => instant(Date.now());
  const until = values.until === undefined ? now() : Instant.parse(values.until);
  const isEmbedded = config.mode === "sandbox" && !config.databaseUrl;
  const where = isEmbedded ? { directory: config.data } : { url: config.databaseUrl ?? "" };
  const database = await openDb(where, createLog("warn"));
  try {
    const preview = await previewRetention({ db: database.orm, now }, { until });
    process.stdout.write(`${values.json ? JSON.stringify(preview) : told(preview)}\n`);
  } finally {
    await database.close();
  }
};

let config: Config | undefined;
try {
  config = await readConfig(find);
  await show(config);
} catch (error) {
  const faults = obstaclesIn(error, config) ?? [error instanceof Error ? error.message : String(error)];
  process.stderr.write(`what is due cannot be read:\n  ${faults.join("\n  ")}\n`);
  process.exitCode = 2;
}
