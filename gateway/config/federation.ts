import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Adapter } from "../../schema/adapter.ts";
import { type CampaignId, type PlatformName, RegionId } from "../../schema/primitives.ts";
import { type Binding, type Centre, type Policy, type Region, Role } from "../../schema/region.ts";
import { type Abilities, acrossRegions, type RegionSource, withinRegion } from "./consistency.ts";
import { ConfigRefusal, readSource } from "./document.ts";
import { type Bindings, CampaignFile, PlatformsFile, RegionFile } from "./shapes.ts";

/** How a platform is reached. Secrets in `options` are references until `openSecrets` has read them. */
export type Platform = { name: PlatformName; adapter: string; options: Record<string, unknown> };

/** Who takes part in a campaign, by which rules, on which platforms. */
export type Federation = {
  campaign: CampaignId;
  regions: Region[];
  centres: Centre[];
  policies: Policy[];
  bindings: Binding[];
  platforms: Platform[];
};

/** What adapters declare of themselves, by the name that platforms.yaml has for them. */
export type Adapters = ReadonlyMap<string, Pick<Adapter, "capabilities">>;

/** Finds an adapter. Config is told of adapters and does not import them: imports point downwards. */
export type FindAdapter = (name: string) => Promise<Pick<Adapter, "capabilities">>;

/** What the adapters that a folder's platforms.yaml names declare; those that are none are told elsewhere. */
export const findAdapters = async (directory: string, find: FindAdapter): Promise<Adapters> => {
  const { content } = readPlatforms(directory);
  const names = [...new Set(Object.values(content ?? {}).map(({ adapter }) => adapter))];
  return new Map(await Promise.all(names.map(async (name) => [name, await find(name)] as const)));
};

/**
 * Reads an operator's folder: campaign.yaml, platforms.yaml and regions/*.yaml. Throws `ConfigRefusal`. What a
 * platform can do is judged as far as its adapter is known.
 */
export const loadFederation = (directory: string, adapters: Adapters = new Map()): Federation => {
  const campaign = readSource({ directory, name: "campaign.yaml", shape: CampaignFile, quote: true });
  const platforms = readPlatforms(directory);
  const regions = readRegions(directory);
  const known = platforms.content && abilitiesOf(platforms.content, adapters);
  const faults = [
    ...[campaign, platforms, ...regions.sources].flatMap((source) => source.faults),
    ...regions.faults,
    ...regions.sources.flatMap((source) => withinRegion(source, known)),
    ...acrossRegions(regions.sources),
  ];
  if (faults.length > 0 || !campaign.content || !platforms.content) throw new ConfigRefusal(faults);
  const { id } = campaign.content;
  return {
    campaign: id,
    ...assemble(regions.sources, id),
    platforms: Object.entries(platforms.content).map(([name, platform]) => ({
      name: name as PlatformName,
      ...platform,
    })),
  };
};

/** Without quoting what is found there: an operator may have written a secret in it. */
const readPlatforms = (directory: string) =>
  readSource({ directory, name: "platforms.yaml", shape: PlatformsFile, quote: false });

const abilitiesOf = (platforms: PlatformsFile, adapters: Adapters): Abilities =>
  new Map(
    Object.entries(platforms).map(([name, { adapter }]) => [name, adapters.get(adapter)?.capabilities]),
  );

const readRegions = (directory: string): { sources: RegionSource[]; faults: string[] } => {
  const files = yamlFiles(join(directory, "regions"));
  if (files.length === 0) return { sources: [], faults: ["regions/: a file <region>.yaml for each region"] };
  const faults: string[] = [];
  const sources = files.flatMap((file) => {
    const id = RegionId.safeParse(basename(file, ".yaml"));
    const name = `regions/${file}`;
    if (id.success) {
      return [{ id: id.data, ...readSource({ directory, name, shape: RegionFile, quote: true }) }];
    }
    faults.push(`${name}: its name is the region's id: lower case letters, digits and hyphens`);
    return [];
  });
  return { sources, faults };
};

const yamlFiles = (directory: string): string[] => {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(".yaml"))
      .sort();
  } catch {
    return [];
  }
};

const assemble = (sources: RegionSource[], campaign: CampaignId) => {
  const all: Pick<Federation, "regions" | "centres" | "policies" | "bindings"> = {
    regions: [],
    centres: [],
    policies: [],
    bindings: [],
  };
  for (const { id: region, content } of sources) {
    if (!content) continue;
    const { policy, bindings, centres, ...rest } = content;
    const { version, from, ...rules } = policy;
    all.regions.push({ id: region, ...rest });
    all.policies.push({ region, version, from, rules: { campaign, ...rules } });
    all.bindings.push(...bindingsOf(bindings, { region }));
    for (const { bindings: own, ...centre } of centres) {
      all.centres.push({ region, ...centre });
      all.bindings.push(...bindingsOf(own, { region, centre: centre.id }));
    }
  }
  return all;
};

const bindingsOf = (bindings: Bindings, whose: Pick<Binding, "region" | "centre">): Binding[] =>
  Role.options.flatMap((role) => (bindings[role] ?? []).map((term) => ({ ...whose, role, ...term })));
