import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigRefusal } from "../../gateway/config/document.ts";
import { findAdapters, loadFederation } from "../../gateway/config/federation.ts";
import { load } from "../../gateway/registry.ts";

const shipped = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "everydose-config-"));
  cpSync(shipped, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Changes one place of one file, and says on which line it was. */
const edit = (file: string, [from, to]: [from: string, to: string]): number => {
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(
    join(folder, file),
    text.replace(from, () => to),
  );
  return text.slice(0, text.indexOf(from)).split("\n").length;
};

const adapters = await findAdapters(shipped, load);
const faults = (): readonly string[] => {
  try {
    loadFederation(folder, adapters);
    return [];
  } catch (error) {
    if (error instanceof ConfigRefusal) return error.faults;
    throw error;
  }
};

const wallonia = "regions/wallonia.yaml";
const ostbelgien = "regions/german-speaking.yaml";

describe("an operator's slips", () => {
  it("names file, line, path, remedy and what was found", () => {
    const line = edit(wallonia, ["postcode: 7090", "postcode: 70900"]);
    expect(faults()).toEqual([
      `${wallonia}:${line} centres[3].postcode: four digits, 1000 to 9999 (found 70900)`,
    ]);
  });

  it("tells all faults of all files at once", () => {
    edit(wallonia, ["windowMinutes: 30", "windowMinutes: 3"]);
    edit("regions/flanders.yaml", ["centreBy: domicile", "centreBy: chance"]);
    edit("platforms.yaml", ["adapter: doclr", "adaptor: doclr"]);
    edit("campaign.yaml", ["id: covid-2021", "id: Covid 2021"]);
    const files = faults().map((fault) => fault.split(":")[0]);
    expect(new Set(files)).toEqual(
      new Set(["campaign.yaml", "platforms.yaml", "regions/flanders.yaml", wallonia]),
    );
  });

  const slips: { slip: string; file: string; change: [string, string]; fault: RegExp }[] = [
    {
      slip: "a field that is none",
      file: wallonia,
      change: ["centreBy: domicile", "centreBy: domicile\ncenterBy: choice"],
      fault: /wallonia\.yaml:17 centerBy: there is no such field/,
    },
    {
      slip: "a field left out",
      file: ostbelgien,
      change: ["  underAge: park", "  #"],
      fault: /german-speaking\.yaml:\d+ policy\.underAge: must be one of refuse, park/,
    },
    {
      slip: "YAML that is none",
      file: ostbelgien,
      change: ["postcodes: [4700-4799]", "postcodes: [4700-4799"],
      fault: /german-speaking\.yaml:\d+ /,
    },
    {
      slip: "a centre named twice in one region",
      file: wallonia,
      change: ["- id: mons", "- id: charleroi"],
      fault: /wallonia\.yaml:\d+ centres\[1\]\.id: "charleroi" is a centre of wallonia already/,
    },
    {
      slip: "a centre of two regions",
      file: wallonia,
      change: ["- id: mons", "- id: gent"],
      fault: /wallonia\.yaml:\d+ centres\[1\]\.id: "gent" is a centre of flanders already/,
    },
    {
      slip: "two regions with one postcode",
      file: "regions/brussels.yaml",
      change: ["[1000-1299]", "[1000-1300]"],
      fault: /wallonia\.yaml:\d+ postcodes\[0\]: 1300 belongs to brussels already/,
    },
    {
      slip: "two centres that serve one postcode",
      file: ostbelgien,
      change: ["serves: [4750-4799]", "serves: [4740-4799]"],
      fault: /german-speaking\.yaml:\d+ centres\[1\]\.serves\[0\]: 4740-4749 is served by eupen already/,
    },
    {
      slip: "a postcode that nobody serves",
      file: ostbelgien,
      change: ["serves: [4750-4799]", "serves: [4760-4798]"],
      fault: /german-speaking\.yaml:\d+ postcodes: no centre serves 4750-4759, 4799/,
    },
    {
      slip: "a catchment beyond the region",
      file: ostbelgien,
      change: ["serves: [4750-4799]", "serves: [4750-4802]"],
      fault: /centres\[1\]\.serves\[0\]: 4800-4802 is not in the region/,
    },
    {
      slip: "a catchment where people choose",
      file: "regions/brussels.yaml",
      change: ["longitude: 4.3517", "longitude: 4.3517\n    serves: [1000]"],
      fault: /brussels\.yaml:\d+ centres\[0\]\.serves: people choose their centre here/,
    },
    {
      slip: "a region's binding to a platform that is none",
      file: wallonia,
      change: ["booking: doclr", "booking: doklr"],
      fault: /wallonia\.yaml:\d+ bindings\.booking: "doklr" is not in platforms\.yaml/,
    },
    {
      slip: "a centre's binding to a platform that is none",
      file: ostbelgien,
      change: ["roster: local-list", "roster: paper"],
      fault: /german-speaking\.yaml:\d+ centres\[1\]\.bindings\.roster: "paper" is not in platforms\.yaml/,
    },
    {
      slip: "a region's binding to a platform that cannot do that",
      file: wallonia,
      change: ["  roster: qvax", "  roster: doclr"],
      fault:
        /^regions\/wallonia\.yaml:\d+ bindings\.roster: "doclr" has no roster, only slots, booking; bind qvax or doctena or local-list$/,
    },
    {
      slip: "a centre's binding to a platform that cannot do that yet",
      file: ostbelgien,
      change: [
        "roster: local-list",
        "booking: [{ platform: doclr, until: 2021-05-01T00:00:00Z }, { platform: qvax, from: 2021-05-01T00:00:00Z }], roster: local-list",
      ],
      fault:
        /german-speaking\.yaml:\d+ centres\[1\]\.bindings\.booking: "qvax" has no booking, only roster, invite; bind doctena or doclr/,
    },
    {
      slip: "a region without a list",
      file: wallonia,
      change: ["  roster: qvax", "  #"],
      fault: /wallonia\.yaml:\d+ bindings\.roster: a region needs a platform for its list/,
    },
    {
      slip: "two platforms for a role at the same time",
      file: wallonia,
      change: ["booking: doclr", "booking: [{ platform: doclr }, { platform: doctena }]"],
      fault: /bindings\.booking: each term must end by the time the next begins/,
    },
    {
      slip: "ages that no group holds",
      file: wallonia,
      change: ["{ name: under-65, fromAge: 18, toAge: 64 }", "{ name: under-65, fromAge: 25, toAge: 60 }"],
      fault: /wallonia\.yaml:26 policy\.order: nobody of age 18-24, 61-64 without a condition is in a group/,
    },
    {
      slip: "a group that ends before it begins",
      file: wallonia,
      change: ["toAge: 64, condition", "toAge: 14, condition"],
      fault: /policy\.order: "at-risk" ends before it begins/,
    },
  ];

  it.each(slips)("sees $slip", ({ file, change, fault }) => {
    edit(file, change);
    expect(faults()).toEqual([expect.stringMatching(fault)]);
  });

  it("says which folder lacks a file", () => {
    rmSync(join(folder, "campaign.yaml"));
    rmSync(join(folder, "regions"), { recursive: true });
    expect(faults()).toEqual([
      `campaign.yaml: cannot be read; it must lie in ${folder}`,
      "regions/: a file <region>.yaml for each region",
    ]);
  });

  it.each(["adapter: [hunter2]", "adapter: *hunter2", "adapter: [hunter2"])(
    "never repeats what stands in platforms.yaml, where a secret may be: %s",
    (slip) => {
      edit("platforms.yaml", ["adapter: qvax", slip]);
      expect(faults().join()).toMatch(/^platforms\.yaml:\d+ /);
      expect(faults().join()).not.toMatch(/[^.]hunter2/);
    },
  );
});

describe("what an operator may write", () => {
  it("F17: a centre changes its platform at an instant", () => {
    const until = "2021-05-01T00:00:00+02:00";
    const turn = `[{ platform: local-list, until: ${until} }, { platform: qvax, from: ${until} }]`;
    edit(ostbelgien, ["roster: local-list", `roster: ${turn}`]);
    const { bindings } = loadFederation(folder);
    const roster = bindings.filter(({ centre, role }) => centre === "sankt-vith" && role === "roster");
    const instant = "2021-04-30T22:00:00.000Z";
    expect(roster.map(({ platform, from, until }) => [platform, from, until])).toEqual([
      ["local-list", undefined, instant],
      ["qvax", instant, undefined],
    ]);
  });

  it("postcodes with or without quotes", () => {
    edit(ostbelgien, ["postcode: 4780", 'postcode: "4780"']);
    expect(faults()).toEqual([]);
  });
});
