import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { productionSettings } from "../support/production.ts";
import { freePort, startServer } from "../support/server.ts";
import { middle, tableOf } from "./figures.ts";

/*
 * `npm run bench:idle -- --json`: how long `npm start` takes to its first 200 in production, without simulators, and
 * how much memory it holds when nobody asks; on an external PostgreSQL, with platforms and a mail server that answer
 * nobody.
 */

const idleMs = 20_000;
const starts = 3;
const program = fileURLToPath(new URL("../../gateway/main.ts", import.meta.url));

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).status === 200;
  } catch {
    return false;
  }
};

/** Of user and system (fields 14 and 15 of proc_pid_stat(5)), in ticks of a hundredth of a second. */
const cpuOf = (pid: number | undefined): number => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

const measure = async (databaseUrl: string, restMs: number) => {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    env: { PATH: process.env.PATH, PORT: String(port), ...productionSettings(databaseUrl) },
    stdio: "ignore",
  });
  while (!(await answers(`http://127.0.0.1:${port}/v1/regions`))) await pause(10);
  const startMs = Math.round(performance.now() - begun);
  const startCpuMs = cpuOf(child.pid);
  await pause(restMs);
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  child.kill("SIGTERM");
  await once(child, "exit");
  return { startMs, startCpuMs, rssMb: Math.round(Number(status.match(/VmRSS:\s*(\d+)/)?.[1]) / 1024) };
};

const server = await startServer();
// The first start migrates, which an operator waits for once.
const first = await measure(server.url, 0);
const later: Awaited<ReturnType<typeof measure>>[] = [];
for (let nth = 0; nth < starts; nth += 1) later.push(await measure(server.url, nth === 0 ? idleMs : 0));
await server.stop();

const figures = {
  /** With all migrations. */
  firstStartMs: first.startMs,
  startMs: middle(later.map(({ startMs }) => startMs)),
  startCpuMs: middle(later.map(({ startCpuMs }) => startCpuMs)),
  /** After twenty seconds without a request. */
  idleMb: later[0]?.rssMb ?? 0,
  load: Number(loadavg()[0]?.toFixed(1)),
};
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify(figures)}\n` : tableOf([figures]));
