import cluster from "node:cluster";
import { parseArgs } from "node:util";
import { loadSmall } from "./heap.ts";

/* Where it all starts: one gateway in this process, or, with `--workers N`, so many in processes of their own. */

const workersIn = (args: string[]): number | undefined => {
  const { values } = parseArgs({ args, options: { workers: { type: "string" } } });
  if (values.workers === undefined) return undefined;
  if (/^[1-9]\d?$/.test(values.workers)) return Number(values.workers);
  throw new Error("--workers: give how many processes share the port, from 1 to 99");
};

const begin = async () => {
  const workers = workersIn(process.argv.slice(2));
  // Whoever only supervises loads nothing else: it must be there when all else fails.
  if (workers === undefined || cluster.isWorker) await loadSmall(() => import("./serve.ts"));
  else await (await import("./supervise.ts")).supervise(workers);
};

await begin().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`everydose does not start:\n  ${message}\n`);
  process.exitCode = 1;
});
