import { protectCommand } from "./command.ts";

/* `npm run report:protect` writes a table that may be published, and one line of JSON. docs/disclosure.md */

/** Whoever reads the first lines alone (`| head`) has read enough. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await protectCommand(process.argv.slice(2), process);
