import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { DirectoryInUse, lockDirectory } from "../../gateway/store/embedded/lock.ts";
import { temporaryFolder } from "../support/folder.ts";

const directory = await temporaryFolder();
const file = join(directory, "lock");

const leave = (holder: unknown) => writeFile(file, JSON.stringify(holder));
const isFree = async () => {
  const lock = await lockDirectory(directory);
  await lock.release();
  return true;
};

/** The number of a process that has been and is no more. */
const deadPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
};

test("a held directory is refused, with its holder's number, until it is released", async () => {
  const lock = await lockDirectory(directory);
  const refusal = lockDirectory(directory);
  await expect(refusal).rejects.toThrow(DirectoryInUse);
  await expect(refusal).rejects.toThrow(`in use by process ${process.pid}; stop it or set EVERYDOSE_DATA`);
  await lock.release();
  expect(await isFree()).toBe(true);
  expect(await readdir(directory)).toEqual([]);
});

describe("what is left behind", () => {
  test("by a process that was killed, is taken over", async () => {
    await leave({ id: "x", pid: await deadPid(), began: "boot 1" });
    expect(await isFree()).toBe(true);
  });

  test("by a container's earlier process of the same number, is taken over", async () => {
    await leave({ id: "x", pid: process.pid, began: "an-earlier-boot 42" });
    expect(await isFree()).toBe(true);
  });

  test.skipIf(process.platform !== "linux")(
    "by a dead process that its parent never asks after (/proc)",
    async () => {
      const parent = spawn("sh", ["-c", "true & echo $!; exec sleep 600"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      onTestFinished(() => {
        parent.kill();
      });
      const [said] = await once(parent.stdout, "data");
      await leave({ id: "x", pid: Number(said), began: null });
      expect(await vi.waitFor(isFree)).toBe(true);
    },
  );

  test("by a power failure, half written, is taken over", async () => {
    await writeFile(file, '{"id":"x","pi');
    expect(await isFree()).toBe(true);
  });

  test("is followed by exactly one of many that come at once", async () => {
    await leave({ id: "x", pid: await deadPid(), began: "boot 1" });
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => lockDirectory(directory)));
    const [taken, ...more] = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(more).toEqual([]);
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse);
    await taken?.value.release();
  });
});

test("where a process's beginning is not known, any process of that number counts", async () => {
  await leave({ id: "x", pid: process.ppid, began: null });
  await expect(lockDirectory(directory)).rejects.toThrow(`in use by process ${process.ppid}`);
  await leave({ id: "x", pid: await deadPid(), began: null });
  expect(await isFree()).toBe(true);
});

test("releasing late takes nobody else's lock away", async () => {
  const late = await lockDirectory(directory);
  const other = JSON.stringify({ id: "other", pid: process.ppid, began: null });
  await writeFile(file, other);
  await late.release();
  expect(await readFile(file, "utf8")).toBe(other);
});
