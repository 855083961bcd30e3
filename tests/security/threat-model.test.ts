import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, sourcesIn } from "../support/sources.ts";

/* What the two documents say holds a control is there, under that name. */

/** The documents name a file of the gateway's without its folder as well: `flows/card.ts`. */
const isThere = (path: string): boolean => {
  if (!path.includes("*")) return existsSync(join(root, path)) || existsSync(join(root, "gateway", path));
  const ending = basename(path).replace("*", "");
  return readdirSync(join(root, dirname(path))).some((name) => name.endsWith(ending));
};

describe.each(["docs/threat-model.md", "docs/security.md"])("%s", (document) => {
  const text = readFileSync(join(root, document), "utf8");
  const named = [...text.matchAll(/`([\w./*-]+\.(?:tsx?|sql))`/g)].map(([, path = ""]) => path);

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
  const without = rows.filter((row) => !/`tests\//.test(row.split("|").at(-2) ?? ""));
  expect(without).toEqual([]);
});

test("whatever is done beyond the caller's regions is named in docs/security.md", () => {
  const text = readFileSync(join(root, "docs/security.md"), "utf8");
  const [, places = ""] = /`acrossRegions`, and stands in these places\s+only:(.*?)\n\n/s.exec(text) ?? [];
  const told = [...places.matchAll(/`([\w/]+\.ts)`/g)].map(([, path]) => `gateway/${path}`);
  const calls = sourcesIn("gateway")
    .filter(({ path, code }) => path !== "gateway/store/session.ts" && /\bacrossRegions\(/.test(code))
    .map(({ path }) => path);
  expect(new Set(told)).toEqual(new Set(calls));
});
