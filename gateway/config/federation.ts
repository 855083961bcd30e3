import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type CampaignId, RegionId } from "../../schema/primitives.ts";
import { type Binding, type Centre, type Policy, type Region, Role } from "../../schema/region.ts";
import { betweenRegions, type RegionSource, withinRegion } from "./consistency.ts";
import { ConfigRefusal, openFile } from "./document.ts";
import { type Beside, type Platform, readPlatforms } from "./platforms.ts";
import { type Bindings, CampaignFile, RegionFile } from "./shapes.ts";
import { type Provider, readSignIn } from "./sign-in.ts";

/** Who takes part in a campaign, by which rules, on which platforms. */
export type Federation = {
  campaign: CampaignId;
  regions: Region[];
  centres: Centre[];
  /** Without versions: the store numbers them. */
  policies: Omit<Policy, "version">[];
  bindings: Binding[];
  platforms: Platform[];
  /** Whose access tokens are taken; none where only keys are. */
  signIn: Provider[];
  /** By version and language. */
  consentTexts?: CampaignFile["consentTexts"];
  publisher?: CampaignFile["publisher"];
};

/**
 * Reads an operator's folder: campaign.yaml, platforms.yaml, regions/*.yaml and, where it is there, sign-in.yaml. Throws `ConfigRefusal` with every
 * fault in any of them. `beside` gives what bindings, options and secrets are checked against.
 */
export const loadFederation = (directory: string, beside: Beside = {}): Federation => {
  const campaignFile = openFile({ directory, name: "campaign.yaml", quote: true });
  const campaign = campaignFile.read(CampaignFile);
  const { platforms, abilities, faults: ofPlatforms } = readPlatforms(directory, beside);
  const { sources, faults: ofNames } = regionFiles(directory);
  const regions = sources.map(({ id, file }) => ({ id, ...file.read(RegionFile) }));
  const { providers, faults: ofSignIn } = readSignIn(
    { directory, env: beside.env },
    regions.map(({ id }) => id),
  );
  const faults = [
    ...[...campaignFile.faults, ...campaign.faults, ...ofPlatforms],
    ...sources.flatMap(({ file }, index) => [...file.faults, ...(regions[index]?.faults ?? [])]),
    ...ofNames,
    ...sources.flatMap((source) => withinRegion(source, abilities)),
    ...betweenRegions(sources),
    ...ofSignIn,
  ];
  if (faults.length > 0 || !campaign.content) throw new ConfigRefusal([...new Set(faults)]);
  const { id, consentTexts, publisher } = campaign.content;
  return { campaign: id, ...assemble(regions, id), platforms, signIn: providers, consentTexts, publisher };
};

const regionFiles = (directory: string): { sources: RegionSource[]; faults: string[] } => {
  const names = filesIn(join(directory, "regions"));
  const files = names.filter((name) => name.endsWith(".yaml"));
  const faults = names
    .filter((name) => name.endsWith(".yml"))
    .map((name) => `regions/${name}: is not read; end its name in .yaml`);
  if (files.length === 0 && faults.length === 0)
    faults.push("regions/: holds no region; write a file <region>.yaml for each");
  const sources = files.flatMap((name) => {
    const id = RegionId.safeParse(basename(name, ".yaml"));
    const file = openFile({ directory, name: `regions/${name}`, quote: true });
    if (id.success) return [{ id: id.data, file }];
    faults.push(`regions/${name}: its name is the region's id: lower case letters, digits and hyphens`);
    return [];
  });
  return { sources, faults };
};

const filesIn = (directory: string): string[] => {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
};

const assemble = (sources: { id: RegionId; content?: RegionFile }[], campaign: CampaignId) => {
  const all: Pick<Federation, "regions" | "centres" | "policies" | "bindings"> = {
    regions: [],
    centres: [],
    policies: [],
    bindings: [],
  };
  for (const { id: region, content } of sources) {
    if (!content) continue;
    const { policy, bindings, centres, ...rest } = content;
    const { from, ...rules } = policy;
    all.regions.push({ id: region, ...rest });
    all.policies.push({ region, from, rules: { campaign, ...rules } });
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
