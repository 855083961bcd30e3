import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/*
 * PGlite computes in the thread that asks it, for milliseconds at a time: in a thread of its own it blocks nobody.
 * Plain JavaScript, because a worker thread of Node 20 does not load TypeScript through its parent's tsx.
 */

/** @type {import("./server.ts").WorkerData} */
const { data, socket } = workerData;
const db = await PGlite.create(data);
const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 1 });
await server.start();

parentPort?.once("message", async () => {
  await server.stop();
  await db.close();
});
parentPort?.postMessage("ready");
