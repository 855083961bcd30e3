import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { loadFederation } from "../../gateway/config/federation.ts";
import { findAdapters } from "../../gateway/config/platforms.ts";
import { find } from "../../gateway/registry.ts";
import { Postcode } from "../../schema/primitives.ts";
import { type Role, within } from "../../schema/region.ts";
import { dataFile, noData } from "../support/data.ts";

const folder = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
const { regions, centres, policies, bindings, platforms } = loadFederation(folder);

const platformOf = (centre: { id: string; region: string }, role: Role): string | undefined => {
  const own = bindings.find((each) => each.centre === centre.id && each.role === role);
  const shared = bindings.find((each) => !each.centre && each.region === centre.region && each.role === role);
  return (own ?? shared)?.platform;
};
const regionOf = (postcode: string): string[] =>
  regions.filter(({ postcodes }) => within(Postcode.parse(postcode), postcodes)).map(({ id }) => id);

describe("the regions that come with the gateway", () => {
  it("are four, with 55 centres and the four platforms", () => {
    expect(regions.map(({ id }) => id)).toEqual(["brussels", "flanders", "german-speaking", "wallonia"]);
    expect(centres).toHaveLength(55);
    expect(platforms.map(({ name }) => name)).toEqual(["qvax", "doctena", "doclr", "local-list"]);
  });

  it("share out every Belgian postcode, each to one region", () => {
    const wrong = Array.from({ length: 9000 }, (_, index) => String(1000 + index)).filter(
      (postcode) => regionOf(postcode).length !== 1,
    );
    expect(wrong).toEqual([]);
  });

  it("know Sankt Vith from the province of Liège around it", () => {
    expect(["4780", "4700", "4960", "4699", "4800"].map((each) => regionOf(each)[0])).toEqual([
      "german-speaking",
      "german-speaking",
      "wallonia",
      "wallonia",
      "wallonia",
    ]);
  });

  it("let one centre call everybody, except in Brussels, where people choose", () => {
    const calling = (postcode: string) =>
      centres.filter(({ serves }) => within(Postcode.parse(postcode), serves)).map(({ id }) => id);
    expect(["6000", "4780", "2547", "1000"].map(calling)).toEqual([
      ["charleroi"],
      ["sankt-vith"],
      ["lint"],
      [],
    ]);
  });

  it("mix systems: a list here, a booking there, and no invitations by Brussels' platform", () => {
    const roles = (id: string) => {
      const centre = centres.find((each) => each.id === id);
      if (!centre) throw new Error(`no centre ${id}`);
      return (["roster", "invite", "slots", "booking"] as const).map((role) => platformOf(centre, role));
    };
    expect(roles("charleroi")).toEqual(["qvax", "qvax", "doclr", "doclr"]);
    expect(roles("lint")).toEqual(["local-list", "local-list", "doclr", "doclr"]);
    expect(roles("pacheco")).toEqual(["doctena", undefined, "doctena", "doctena"]);
  });

  it("ask for the least in Brussels, and for a national number elsewhere", () => {
    const asked = policies.map(({ region, rules }) => [region, rules.asks.nationalNumber]);
    expect(Object.fromEntries(asked)).toEqual({
      brussels: "at-centre",
      flanders: "required",
      "german-speaking": "required",
      wallonia: "required",
    });
  });
});

describe("the platforms that come with the gateway", () => {
  const env = Object.fromEntries(
    [...readFileSync(join(folder, "platforms.yaml"), "utf8").matchAll(/env: (\w+)/g)].map(([, name]) => [
      name,
      "a-value-of-thirty-two-characters",
    ]),
  );

  it("have the options that their adapters take", async () => {
    const adapters = await findAdapters(folder, find);
    expect([...adapters.keys()]).toEqual(["qvax", "doctena", "doclr", "local-list"]);
    expect(() => loadFederation(folder, { adapters, env })).not.toThrow();
  });
});

describe("against the facts", () => {
  it("names each centre where it was, with the systems it used", ({ skip }) => {
    const path = dataFile("belgium/centres-2021.csv");
    if (!path) return skip(noData);
    const facts: Record<string, string>[] = parse(readFileSync(path), { columns: true });
    const shown = centres.map((centre) => ({
      id: centre.id,
      name: centre.name,
      region: centre.region,
      municipality: centre.municipality,
      postcode: centre.postcode,
      lat: centre.latitude,
      lng: centre.longitude,
      reserve_list: platformOf(centre, "roster"),
      booking: platformOf(centre, "booking"),
    }));
    const expected = facts.map(({ source: _source, ...fact }) => ({
      ...fact,
      lat: Number(fact.lat),
      lng: Number(fact.lng),
    }));
    expect(new Set(shown)).toEqual(new Set(expected));
  });
});
