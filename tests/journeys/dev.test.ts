import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../support/folder.ts";
import { root } from "../support/sources.ts";

const folder = await temporaryFolder();
const program = join(folder, "program.ts");
const style = join(folder, "assets", "style.css");
beforeEach(async () => {
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(style, "a {}");
  await writeFile(program, "console.log(process.pid); setInterval(() => undefined, 1000);");
});

/** The script as npm runs it, below a shell, and the numbers of the processes that it starts one after the other. */
const runDev = (): { shell: ChildProcess; pids: number[] } => {
  const command = `"${process.execPath}" --import tsx gateway/dev.ts "${program}" "${folder}"; exit`;
  const shell = spawn("/bin/sh", ["-c", command], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const pids: number[] = [];
  shell.stdout?.on("data", (said) => pids.push(...String(said).split("\n").map(Number).filter(Boolean)));
  onTestFinished(() => void shell.kill("SIGKILL"));
  return { shell, pids };
};

const patiently = { timeout: 20_000, interval: 50 };
const started = (pids: number[], count: number) =>
  vi.waitFor(() => expect(pids).toHaveLength(count), patiently);

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("a change of what is not imported started nothing again", async () => {
  const { pids } = runDev();
  await started(pids, 1);
  await writeFile(style, "b {}");
  await started(pids, 2);
  await writeFile(join(folder, "platforms.yaml"), "qvax: {}");
  await started(pids, 3);
  expect(pids.map(runs)).toEqual([false, false, true]);
});

test("a killed npm leaves nothing running", async () => {
  const { shell, pids } = runDev();
  await started(pids, 1);
  shell.kill("SIGKILL");
  await vi.waitFor(() => expect(pids.map(runs)).toEqual([false]), patiently);
});
