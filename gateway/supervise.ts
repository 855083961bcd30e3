import cluster, { type Address, type Worker } from "node:cluster";
import { once } from "node:events";
import { startedByNpm } from "./config.ts";
import { createLog } from "./log.ts";
import { whenOrphaned } from "./orphan.ts";

/*
 * Several gateways on one port of one machine. This process opens the port for them, replaces one that dies, and does
 * nothing else: who does timers, readings and orders is decided by rows of the database, among these processes as among
 * machines. When this one dies, Node ends the others.
 */

/** A process that lived for so long was well: the next one is started with the shortest pause. */
const wellAfterMs = 10_000;
const pauses = { firstMs: 100, longestMs: 10_000 };
/** A gateway gives itself eight seconds to stop. */
const stopWithinMs = 10_000;

/** How long to wait before the next start, after so many processes in a row that did not live long. */
export const pauseAfter = (failures: number): number =>
  Math.min(pauses.longestMs, pauses.firstMs * 2 ** Math.min(failures, 10));

let begun = false;
let stopping = false;

/** Tells all to stop, and waits until they have; kills whoever cannot. */
const stopAll = async (): Promise<void> => {
  const running = () => Object.values(cluster.workers ?? {}).filter((each) => each !== undefined);
  const kill = (signal: NodeJS.Signals) => running().map(({ process: child }) => child.kill(signal));
  const ended = running().map((each) => once(each, "exit"));
  kill("SIGTERM");
  const impatience = setTimeout(() => kill("SIGKILL"), stopWithinMs);
  await Promise.all(ended);
  clearTimeout(impatience);
};

/**
 * Starts one, which migrates the database and says what is at fault where it cannot start; then this process ends as
 * that one did. Where it can, starts the others.
 */
export const supervise = async (count: number): Promise<void> => {
  const log = createLog();
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    await stopAll();
    process.exit(code);
  };
  // Each accepts for itself. Node's other way, handing out connections in turn, loses those that were just handed to a
  // process that dies: nobody closes them, and their clients wait in vain.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  if (startedByNpm()) whenOrphaned(() => void stop(0));

  /** One process after the other in the same place. */
  const start = (failures = 0): Worker => {
    const worker = cluster.fork();
    const since = performance.now();
    worker.once("exit", (code: number | null, signal: string | null) => {
      if (stopping) return;
      if (!begun) return void stop(code || 1);
      const inARow = performance.now() - since < wellAfterMs ? failures + 1 : 0;
      const pauseMs = pauseAfter(inARow);
      log.warn({ pid: worker.process.pid, code, signal, pauseMs }, "a worker ended; another takes its place");
      setTimeout(() => void (stopping || start(inARow)), pauseMs);
    });
    return worker;
  };

  const listening = (worker: Worker): Promise<Address[]> => once(worker, "listening");
  const [address] = await listening(start());
  begun = true;
  await Promise.all(Array.from({ length: count - 1 }, () => listening(start())));
  process.stdout.write(`everydose serves on port ${address?.port}, by ${count} workers\n`);
};
