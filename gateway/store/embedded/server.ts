import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Log } from "../../../schema/adapter.ts";
import { lockDirectory } from "./lock.ts";

/*
 * PGlite in a worker thread, behind a socket that speaks PostgreSQL's protocol, so that one driver serves both
 * databases. What pglite-socket 0.2.17 allows, found out by trying:
 *
 * - It takes several connections, but there is one session behind them, and it queues single messages, not
 *   queries. Two connections that send unnamed statements at once get each other's rows; `set` on one is set on
 *   all; prepared statements share one list of names.
 * - It holds back other connections from BEGIN to COMMIT, so transactions do not mix; a query beside a
 *   transaction that awaits it then waits for ever.
 * - Cancelling is ignored, and LISTEN is accepted but hears nothing.
 *
 * Hence exactly one connection: the driver lines queries up, whole, behind an open transaction. `session.ts`
 * refuses the one wait that could not end. A killed process loses nothing that was acknowledged; a power cut may
 * cost the last seconds, because PGlite never calls fsync: production keeps its data on a server.
 */

export type WorkerData = { data: string; socket: string };
type Embedded = {
  address: { path: string; user: string; database: string };
  close(): Promise<void>;
};

/** Opens or begins the database in that directory, which nobody else may enter. Throws `DirectoryInUse`. */
export const openEmbedded = async (directory: string, log: Log): Promise<Embedded> => {
  const data = join(directory, "postgres");
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(directory);
  try {
    const socket = await socketIn(directory);
    const worker = await startWorker({ data, socket: socket.path }, ({ message }) => {
      log.warn({ error: message }, "the embedded database has ended; start again");
    });
    const close = async () => {
      await worker.stop();
      await socket.remove();
      await lock.release();
    };
    return { address: { path: socket.path, user: "postgres", database: "postgres" }, close };
  } catch (cause) {
    await lock.release();
    throw new Error(`the embedded database in ${directory} does not start`, { cause });
  }
};

/** A socket asks for no password: it has to lie where only we can reach it, and a killed process leaves it behind. */
const socketIn = async (directory: string) => {
  const own = join(directory, "socket");
  // Systems take between 104 and 108 bytes as a socket's path.
  const folder = Buffer.byteLength(own) < 100 ? undefined : await mkdtemp(join(tmpdir(), "everydose-"));
  const path = folder ? join(folder, "socket") : own;
  const remove = () => rm(folder ?? own, { recursive: true, force: true });
  if (!folder) await remove();
  return { path, remove };
};

const startWorker = async (workerData: WorkerData, onFailure: (error: Error) => void) => {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData });
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  await once(worker, "message");
  worker.on("error", onFailure);
  /** Ten seconds for a clean end; it survives an unclean one. */
  const stop = async () => {
    worker.postMessage("close");
    const impatience = setTimeout(() => worker.terminate(), 10_000);
    await ended;
    clearTimeout(impatience);
  };
  return { stop };
};
