import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/sources.ts";

/* What the two documents say holds a control is there, under that name. */

const isThere = (path: string): boolean => {
  if (!path.includes("*")) return existsSync(join(root, path));
  const ending = basename(path).replace("*", "");
  return readdirSync(join(root, dirname(path))).some((name) => name.endsWith(ending));
};

describe.each(["docs/threat-model.md", "docs/security.md"])("%s", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const named = [...text.matchAll(/`((?:tests|gateway|adapters|schema)\/[\w./*-]+\.\w+)`/g)].map(
    ([, path = ""]) => path,
  );

  test("names files", () => {
    expect(named.length).toBeGreaterThan(10);
  });

  test("and each is there", () => {
    expect([...new Set(named)].filter((path) => !isThere(path))).toEqual([]);
  });
});

test("each of the ten risks and each chapter that applies has a test", () => {
  const rows = readFileSync(join(root, "docs/threat-model.md"), "utf8")
    .split("\n")
    .filter((line) => /^\| (API|V)\d/.test(line));
  expect(rows.length).toBeGreaterThanOrEqual(10 + 15);
  const without = rows.filter((row) => !/`tests\/|\(security\.md\)/.test(row.split("|").at(-2) ?? ""));
  expect(without).toEqual([]);
});
