import { type Config, readConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { obstaclesIn } from "./obstacle.ts";
import { find } from "./registry.ts";
import { type Database, openDb } from "./store/db.ts";

/* What the commands share that work on the gateway's database, beside gateways that run. */

/** Whoever reads the first lines alone (`| head`) has read enough. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const databaseOf = (config: Config) => {
  if (config.mode === "production") return { url: config.databaseUrl };
  const { databaseUrl: url, data: directory } = config;
  return url ? { url } : { directory };
};

/**
 * Does a command's work with the settings that the gateway takes. What keeps it from that is told behind `failing`,
 * setting by setting, and the process ends with 2.
 */
export const onDatabase = async (
  failing: string,
  work: (database: Database, config: Config) => Promise<void>,
): Promise<void> => {
  let config: Config | undefined;
  try {
    config = await readConfig(find);
    const database = await openDb(databaseOf(config), createLog("warn"));
    try {
      await work(database, config);
    } finally {
      await database.close();
    }
  } catch (error) {
    const faults = obstaclesIn(error, config) ?? [error instanceof Error ? error.message : String(error)];
    process.stderr.write(`${failing}:\n  ${faults.join("\n  ")}\n`);
    process.exitCode = 2;
  }
};
