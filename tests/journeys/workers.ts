import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../gateway/main.ts", import.meta.url));

export const isAlive = (pid: number): boolean => {
  try {
    // A killed process keeps its number until its parent asks after it.
    return !/^State:\s*Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
};

/** `npm start -- --workers N` without npm, on a free port: what it said, and its processes. */
export const startWorkers = (count: number, settings: Record<string, string>) =>
  startSupervised([main, "--workers", String(count)], settings);

/** A program that supervises workers. */
export const startSupervised = (program: string[], settings: Record<string, string> = {}) => {
  const child = spawn(process.execPath, ["--import", "tsx", ...program], {
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", log: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    said.out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said.log += chunk;
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const pid = child.pid ?? 0;
  const pids = (): number[] => {
    try {
      const all = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
      return all.trim().split(" ").filter(Boolean).map(Number).filter(isAlive);
    } catch {
      return [];
    }
  };
  /** Where they listen, once all do. */
  const ready = async (): Promise<string> => {
    for (;;) {
      const [port] = said.out.match(/(?<=on port )\d+/) ?? [];
      if (port) return `http://127.0.0.1:${port}`;
      const over = await Promise.race([ended, pause(50)]);
      if (over !== undefined) throw new Error(`it ended before it served: ${said.log}`);
    }
  };
  return { pid, said, ended, pids, ready, kill: (signal: NodeJS.Signals) => child.kill(signal) };
};
export type Workers = ReturnType<typeof startWorkers>;
