import { type ChildProcess, spawn } from "node:child_process";
import { watch } from "node:fs";
import { whenOrphaned } from "./orphan.ts";

/*
 * Runs a program, and again after each change of a file in those folders, whatever its kind: what a page loads and
 * what an operator writes is read at the start, and Node's own --watch sees only what is imported.
 *   node --import tsx gateway/dev.ts <program> <folder>…
 */

const [program = "", ...folders] = process.argv.slice(2);
/** Editors write a file in several steps, and save several files at once. */
const settleMs = 150;

let running: ChildProcess | undefined;
/** What becomes of it when the program has ended: once more, no more, or not before the next change. */
let next: "start" | "exit" | "wait" = "wait";
let settling: NodeJS.Timeout | undefined;

const start = () => {
  next = "wait";
  running = spawn(process.execPath, ["--import", "tsx", program], { stdio: "inherit" });
  running.once("exit", (code) => {
    running = undefined;
    if (next === "start") start();
    else if (next === "exit") process.exit(code ?? 1);
    else process.stdout.write("ended; the next change starts it again\n");
  });
};

/** What runs ends first: two at once would want the same folder and the same port. */
const end = (then: "start" | "exit") => {
  next = then;
  if (running) running.kill("SIGTERM");
  else if (then === "start") start();
  else process.exit(0);
};

const changed = () => {
  clearTimeout(settling);
  settling = setTimeout(() => next !== "exit" && end("start"), settleMs);
};

for (const folder of folders) watch(folder, { recursive: true }, changed);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end("exit"));
whenOrphaned(() => end("exit"));
start();
