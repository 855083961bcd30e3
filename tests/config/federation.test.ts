import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigRefusal } from "../../gateway/config/document.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { findAdapters } from "../../gateway/config/platforms.ts";
import { find } from "../../gateway/registry.ts";

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

const faults = async (env?: Record<string, string>): Promise<readonly string[]> => {
  try {
    loadFederation(folder, { adapters: await findAdapters(folder, find), env });
    return [];
  } catch (error) {
    if (error instanceof ConfigRefusal) return error.faults;
    throw error;
  }
};

/** A secret for each variable that the platforms.yaml which comes with the gateway names. */
const env = Object.fromEntries(
  [...readFileSync(join(shipped, "platforms.yaml"), "utf8").matchAll(/env: (\w+)/g)].map(([, name]) => [
    name,
    "a-secret-of-ours",
  ]),
);
const wallonia = "regions/wallonia.yaml";
const ostbelgien = "regions/german-speaking.yaml";

describe("an operator's slips", () => {
  it("names file, line, path, remedy and what was found", async () => {
    const line = edit(wallonia, ["postcode: 7090", "postcode: 70900"]);
    expect(await faults()).toEqual([
      `${wallonia}:${line} centres[3].postcode: four digits, 1000 to 9999 (found 70900)`,
    ]);
  });

  it("tells all faults of all files at once", async () => {
    edit(wallonia, ["windowMinutes: 30", "windowMinutes: 3"]);
    edit("regions/flanders.yaml", ["centreBy: domicile", "centreBy: chance"]);
    edit("platforms.yaml", ["adapter: doclr", "adaptor: doclr"]);
    edit("campaign.yaml", ["id: covid-2021", "id: Covid 2021"]);
    const files = (await faults()).map((fault) => fault.split(":")[0]);
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
      fault: /german-speaking\.yaml:\d+ policy\.underAge: is missing; it takes one of refuse, park$/,
    },
    {
      slip: "YAML that is none",
      file: ostbelgien,
      change: ["postcodes: [4700-4799]", "postcodes: [4700-4799"],
      fault: /german-speaking\.yaml:\d+ is not indented .* or a bracket is not closed; what follows is read/,
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
        /^regions\/wallonia\.yaml:\d+ bindings\.roster: "doclr" has no roster, only slots, booking, official; bind qvax or doctena or local-list$/,
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
      fault: /wallonia\.yaml:\d+ bindings\.roster: is missing; a region needs a platform for its list/,
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
      fault: /wallonia\.yaml:\d+ policy\.order: nobody of age 18-24, 61-64 without a condition is in a group/,
    },
    {
      slip: "a group that ends before it begins",
      file: wallonia,
      change: ["toAge: 64, condition", "toAge: 14, condition"],
      fault: /policy\.order: "at-risk" ends before it begins/,
    },
  ];

  it.each(slips)("sees $slip", async ({ file, change, fault }) => {
    edit(file, change);
    expect(await faults()).toEqual([expect.stringMatching(fault)]);
  });

  it("lets no fault of a file hide another, or put the blame elsewhere", async () => {
    edit(wallonia, ["windowMinutes: 30", "windowMinutes: 3"]);
    edit(wallonia, ["booking: doclr", "booking: doklr"]);
    edit(wallonia, ["postcode: 7090", "postcode: mons"]);
    edit("regions/brussels.yaml", ["[1000-1299]", "[1000-1300]"]);
    edit("regions/brussels.yaml", ["minimumAge: 18 ", "minimumAge: 18.5 "]);
    edit(ostbelgien, ["centres:", "centers:"]);
    edit("platforms.yaml", ["    baseUrl: https://doclr", "    baseurl: https://doclr"]);
    rmSync(join(folder, "campaign.yaml"));
    expect(
      (await faults({ ...env, QVAX_API_KEY: "short" })).map((fault) => fault.replace(/:\d+ /, " ")),
    ).toEqual([
      `campaign.yaml: cannot be read; it must lie in ${folder}`,
      "platforms.yaml qvax.options.apiKey: must have at least 8 characters",
      "platforms.yaml doclr.options.baseUrl: is missing; it takes text",
      "platforms.yaml doclr.options.baseurl: there is no such field; remove it or mend its name",
      "regions/brussels.yaml policy.minimumAge: must be a whole number (found 18.5)",
      "regions/german-speaking.yaml centres: is missing; it takes a list",
      "regions/german-speaking.yaml centers: there is no such field; remove it or mend its name",
      "regions/wallonia.yaml policy.windowMinutes: must be at least 5 (found 3)",
      'regions/wallonia.yaml centres[3].postcode: four digits, 1000 to 9999 (found "mons")',
      'regions/wallonia.yaml bindings.booking: "doklr" is not in platforms.yaml; add it, or name one that is there',
      "regions/wallonia.yaml postcodes[0]: 1300 belongs to brussels already",
    ]);
  });

  it("blames no region for a platform whose name is malformed", async () => {
    const line = edit("platforms.yaml", ["\nqvax:", "\nQvax:"]) + 1;
    expect(await faults()).toEqual([
      `platforms.yaml:${line} Qvax: its name takes lower case letters, digits and hyphens, beginning with a letter`,
    ]);
  });

  it("does not pass a region over because of its file's ending", async () => {
    renameSync(join(folder, wallonia), join(folder, "regions/wallonia.yml"));
    expect(await faults()).toEqual(["regions/wallonia.yml: is not read; end its name in .yaml"]);
  });

  it("says which folder lacks a file", async () => {
    rmSync(join(folder, "campaign.yaml"));
    rmSync(join(folder, "regions"), { recursive: true });
    expect(await faults()).toEqual([
      `campaign.yaml: cannot be read; it must lie in ${folder}`,
      "regions/: holds no region; write a file <region>.yaml for each",
    ]);
  });

  it.each(["adapter: [hunter2]", "adapter: *hunter2", "adapter: [hunter2"])(
    "never repeats what stands in platforms.yaml, where a secret may be: %s",
    async (slip) => {
      edit("platforms.yaml", ["adapter: qvax", slip]);
      const told = (await faults()).join();
      expect(told).toMatch(/^platforms\.yaml:\d+ /);
      expect(told).not.toMatch(/[^.]hunter2/);
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

  it("postcodes with or without quotes", async () => {
    edit(ostbelgien, ["postcode: 4780", 'postcode: "4780"']);
    expect(await faults()).toEqual([]);
  });
});
