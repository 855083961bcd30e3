import { startServer } from "./server.ts";

/* A program for server.test.ts to kill: a test run that has just begun. */

const { url } = await startServer();
process.stdout.write(url);
setInterval(() => undefined, 60_000);
