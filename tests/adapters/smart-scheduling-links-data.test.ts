import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import adapter from "../../adapters/smart-scheduling-links/adapter.ts";
import { dataFile, noData } from "../support/data.ts";
import { charleroi, connectTo, type Files, namur, publish } from "./smart-scheduling-links-scene.ts";

/* What publishers really served, and what others have found wrong with manifests. */

const folder = dataFile("smart-scheduling-links") ?? "";
const vtrcks = "https://cdc.gov/vaccines/programs/vtrcks";
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

describe.skipIf(folder === "")(`files of others (${folder ? "there" : noData})`, () => {
  test("the specification's own example: ten places, a month, coarse slots", async () => {
    const root = "https://raw.githubusercontent.com/smart-on-fhir/smart-scheduling-links/master/examples";
    const names = readdirSync(join(folder, "example")).filter((name) => /ndjson$|bulk/.test(name));
    const files: Files = Object.fromEntries(names.map((name) => [`/${name}`, read("example", name)]));
    const { url } = await publish(files, root);
    const locations = {
      charleroi: { id: "0" },
      namur: { system: vtrcks, identifier: "fake-vtrcks-pin-01" },
    };
    const { list, dropped } = connectTo(url, { locations, states: ["MA"] });
    const found = await list("2021-03-01T00:00:00Z", "2021-04-01T00:00:00Z");
    expect(found).toHaveLength(60);
    expect(new Set(found.map(({ externalId }) => externalId)).size).toBe(60);
    expect(found[0]).toMatchObject({
      centre: charleroi,
      startsAt: "2021-03-01T14:00:00.000Z",
      capacity: 100,
    });
    expect(await list("2021-03-02T00:00:00Z", "2021-03-03T00:00:00Z", [namur])).toHaveLength(1);
    expect(
      await connectTo(url, { locations, states: ["CT"] }).list(
        "2021-03-01T00:00:00Z",
        "2021-04-01T00:00:00Z",
      ),
    ).toEqual([]);
    expect(dropped()).toEqual([]);
  });

  test("a chain of pharmacies: every slot of a schedule has one id, and only one state's slots are read", async () => {
    const own = (kind: string) => read("publishers/riteaid-2023-03-24", `${kind}-NJ.ndjson`);
    const text = { "content-type": "text/plain;charset=UTF-8" };
    const manifest = read("publishers/riteaid-2023-03-24/bulk-publish.json");
    const files: Files = { "/$bulk-publish": manifest };
    for (const [, path = "", kind = "", state] of manifest.matchAll(
      /riteaid\.com(\/[^"]*\/(\w+)\/(\w+)\.ndjson)/g,
    ))
      files[path] = { headers: text, body: state === "NJ" ? own(kind) : "" };
    const { url, paths } = await publish(files, "https://api.riteaid.com");
    const locations = { charleroi: { id: "116" }, namur: { system: vtrcks, identifier: "RA1000135" } };
    const { list, dropped } = connectTo(url, { locations, states: ["NJ"] });
    const found = await list("2023-03-24T00:00:00Z", "2023-04-08T00:00:00Z");
    const lines = own("slots")
      .split("\n")
      .map((line) => JSON.parse(line));
    const open = lines.filter(({ id, status }) => ["116", "135"].includes(id) && status === "free");
    expect(found).toHaveLength(open.length);
    expect(new Set(found.map(({ externalId }) => externalId)).size).toBe(open.length);
    expect(found.map(({ startsAt }) => startsAt).sort()).toEqual(
      open.map(({ start }) => new Date(start).toISOString()).sort(),
    );
    expect(paths().filter((path) => path.includes("/slots/"))).toHaveLength(1);
    expect(dropped()).toEqual([]);
  });

  const cases: { test: string; input: unknown; expected: "pass" | "fail" }[] = folder
    ? JSON.parse(read("profiles/inferno-manifest-cases.json"))
    : [];

  test.each(cases.filter((each) => each.test === "manifest_url_form"))("address $input: $expected", (one) => {
    const parsed = adapter.options.safeParse({ manifestUrl: one.input });
    expect(parsed.success).toBe(one.expected === "pass");
  });

  /** Nothing can be read from these; any other fault of form is borne, and its files are read. */
  const hopeless = (input: unknown): boolean => {
    const { output } = input as { output?: { url: unknown }[] };
    if (!Array.isArray(output)) return true;
    return output.length > 0 && output.every(({ url }) => typeof url !== "string" || !/^https?:/.test(url));
  };
  test.each(cases.filter((each) => /^manifest_(structure|download)$/.test(each.test)))(
    "manifest %j",
    async ({ test: name, input }) => {
      const { status = 200, body = JSON.stringify(input) } =
        name === "manifest_download" ? (input as { status: number; body: string }) : {};
      const { url, paths } = await publish(
        { "/$bulk-publish": { status, body }, "/Location": "" },
        "http://example.com",
      );
      const answer = connectTo(url).list("2015-02-07T00:00:00Z", "2015-02-08T00:00:00Z");
      if (status === 400) await expect(answer).rejects.toMatchObject({ fault: "rejected" });
      else if (name === "manifest_download" || hopeless(input))
        await expect(answer).rejects.toMatchObject({ fault: "drifted" });
      else {
        expect(await answer).toEqual([]);
        const { output } = input as { output: unknown[] };
        expect(paths().slice(1)).toEqual(output.map(() => "/Location"));
      }
    },
  );
});
