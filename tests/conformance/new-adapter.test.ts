import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../adapters/kit/check/report.ts";
import { promisesOf } from "../../adapters/kit/conformance.ts";
import { capabilities } from "../../schema/adapter.ts";
import { temporaryFolder } from "../support/folder.ts";
import { root } from "../support/sources.ts";

/* A stranger's first hour, in a copy of the project. */

const copy = await temporaryFolder();
const run = (file: string, ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", file, ...words], {
    cwd: copy,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
};
const begin = (...words: string[]) => run("adapters/kit/new/main.ts", ...words);
const check = (...words: string[]) => run("adapters/kit/check/main.ts", ...words);
const tool = (file: string, ...words: string[]) => {
  const program = join(root, "node_modules", file);
  const { status, stdout } = spawnSync(process.execPath, [program, ...words], {
    cwd: copy,
    encoding: "utf8",
  });
  return { status, stdout };
};

beforeAll(() => {
  for (const name of ["schema", "adapters", "package.json", "tsconfig.json", "biome.json"])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});

describe("adapter:new", () => {
  test("writes what compiles and is formatted, whatever the platform can do", () => {
    expect(begin("xyz")).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("adapters/xyz/slots.ts"),
    });
    expect(begin("a-long-name", "--can", capabilities.join(","))).toMatchObject({ status: 0 });
    expect(tool("typescript/bin/tsc", "-p", ".")).toEqual({ status: 0, stdout: "" });
    expect(tool("@biomejs/biome/bin/biome", "check", "adapters")).toMatchObject({ status: 0 });
    const files = ["adapter", "client", "mapper", "simulator", "slots"].map((file) =>
      readFileSync(join(copy, "adapters/xyz", `${file}.ts`), "utf8"),
    );
    for (const text of files) expect(text).not.toContain("../../../../");
  });

  test.each([
    [["xyz"], '"xyz" is taken: there is adapters/xyz'],
    [["doclr"], '"doclr" is taken: there is adapters/doclr'],
    [["kit"], '"kit" is taken'],
    [["Xyz"], "is no name: lower case letters"],
    [["x/../y"], "is no name"],
    [["date-helpers"], "says nothing of a platform"],
    [[], "name one platform"],
    [["other", "--can", "slots,fly"], 'no platform can "fly"'],
  ])("refuses %j, and says why and how it is called", (words, reason) => {
    const { status, stderr } = begin(...words);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toContain("npm run adapter:new -- <name>");
  });

  test("refuses a word of the gateway's code, in which no platform is called by its name", () => {
    cpSync(join(root, "gateway/registry.ts"), join(copy, "gateway/registry.ts"));
    expect(begin("connect")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("gateway/registry.ts"),
    });
  });
});

describe("adapter:check on what was just begun", () => {
  test("says of every promise what is missing, and ends with the counts and code 1", () => {
    const { status, stdout } = check("adapters/xyz");
    expect(status).toBe(1);
    const promised = promisesOf(["slots"]);
    for (const { promise } of promised) expect(stdout).toContain(promise);
    expect(stdout).toContain("NOT PROVEN");
    expect(stdout).toContain("slots.list is not written yet");
    const last = stdout.trimEnd().split("\n").at(-1);
    expect(last).toBe(
      `${promised.length} promises: 0 proven, ${promised.length - 1} not proven, 1 with nothing to try`,
    );
  });

  test("says the same to a machine, of each capability", () => {
    const { status, stdout } = check("a-long-name", "--json");
    expect(status).toBe(1);
    const { findings, counts }: Report = JSON.parse(stdout);
    expect(findings.map(({ promise }) => promise)).toEqual(
      promisesOf(capabilities).map(({ promise }) => promise),
    );
    expect(counts.proven).toBe(0);
    const reasons = findings.map(({ reason }) => reason ?? "");
    for (const method of ["roster.put", "slots.list", "booking.book"])
      expect(reasons).toContainEqual(`${method} is not written yet`);
  });

  test("says what there is where a name is wrong", () => {
    expect(check("adapters/none")).toMatchObject({ status: 2, stderr: expect.stringContaining("doclr") });
  });
});
