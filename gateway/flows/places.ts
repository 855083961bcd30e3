import { refuse } from "../../schema/errors.ts";
import type { CampaignId, CentreId, Instant, Language, RegionId } from "../../schema/primitives.ts";
import type { Binding, Centre, Policy, PolicyRules, Region } from "../../schema/region.ts";
import * as audit from "../store/audit.ts";
import * as bindings from "../store/bindings.ts";
import * as consents from "../store/consents.ts";
import type { Db } from "../store/db.ts";
import * as places from "../store/places.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";

export const listRegions = (deps: Deps): Promise<Region[]> => places.allRegions(deps.db);

export const readRegion = async (deps: Deps, id: RegionId): Promise<Region> =>
  (await listRegions(deps)).find((region) => region.id === id) ?? refuse("not_found");

export const listCentres = (deps: Deps, region?: RegionId): Promise<Centre[]> =>
  places.centresOf(deps.db, region);

export const readCentre = async (deps: Deps, id: CentreId): Promise<Centre> =>
  (await places.centre(deps.db, id)) ?? refuse("not_found", "there is no such centre");

export const readPolicy = (deps: Deps, region: RegionId, campaign?: CampaignId): Promise<Policy> =>
  policyOf(deps.db, { region, campaign }, deps.now());

export const listPolicies = (deps: Deps, region: RegionId): Promise<Policy[]> =>
  places.policyVersions(deps.db, region);

/**
 * The next version of a region's policy, in force from then on, or from now where that is past; earlier ones stay
 * readable. Of all that have begun the newest counts: it also stands in for one that was to begin later.
 */
export const enactPolicy = (
  deps: Deps,
  { region, rules, from }: { region: RegionId; rules: PolicyRules; from?: Instant },
  actor: Actor,
): Promise<Policy> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    const inForce = await policyOf(tx, { region }, at);
    const { campaign } = rules;
    if (campaign !== inForce.rules.campaign && !(await places.policyInForce(tx, region, { at, campaign })))
      refuse("policy_refuses", undefined, [
        { in: "body", at: "/rules/campaign", detail: `the campaign is ${inForce.rules.campaign}` },
      ]);
    const begins = from && from > at ? from : at;
    const policy = await places.addPolicy(tx, { region, from: begins, rules });
    const facts = { version: policy.version, ...(begins > at ? { from: begins } : {}) };
    await audit.note(tx, { at, region, actor, event: "policy.enacted", facts });
    return policy;
  });

type Federation = {
  campaign: CampaignId;
  regions: Region[];
  centres: Centre[];
  policies: { region: RegionId; from: Instant; rules: PolicyRules }[];
  bindings: Binding[];
  consentTexts?: Record<string, Partial<Record<Language, string>>>;
};

/** A file that reads as it did at the last start leaves what was changed since; another one replaces it all. */
const bindAsWritten = async (tx: Db, deps: Deps, region: RegionId, all: Binding[]): Promise<void> => {
  const own = all.filter((binding) => binding.region === region);
  const text = JSON.stringify(own);
  const before = await bindings.fileDigest(tx, region);
  const reads = deps.vault.digests("bindings", text);
  if (before && reads.some((digest) => Buffer.compare(digest, before) === 0))
    return void (await bindings.noteFile(tx, region, reads[0] ?? before));
  const at = deps.now();
  await bindings.supersede(tx, region, at);
  await bindings.replace(
    tx,
    region,
    own.map((binding) => ({ ...binding, id: deps.uuid() })),
  );
  await bindings.noteFile(tx, region, deps.vault.digest("bindings", text));
  const line = { at, region, actor: "configuration", event: "bindings.read" };
  await audit.note(tx, { ...line, facts: { count: own.length } });
};

/**
 * Brings the database to what the operator's files say. A policy that reads as it did at the last start is no new
 * version, so that one enacted meanwhile stays in force until the file itself changes; and so it is with bindings.
 */
export const configure = (deps: Deps, federation: Federation): Promise<void> =>
  transact(deps, async (tx) => {
    const at = deps.now();
    await places.lockConfiguration(tx);
    await places.openCampaign(tx, federation.campaign, at);
    for (const [version, texts] of Object.entries(federation.consentTexts ?? {}))
      for (const [language, text] of Object.entries(texts))
        await consents.keepText(tx, { version, language: language as Language, text });
    for (const region of federation.regions) await places.putRegion(tx, region);
    for (const centre of federation.centres) await places.putCentre(tx, centre);
    for (const policy of federation.policies) {
      const reads = deps.vault.digests("policy", JSON.stringify([policy.from, policy.rules]));
      if (await places.policyFileIsNew(tx, policy.region, reads)) await places.addPolicy(tx, policy);
      await places.notePolicyFile(tx, policy.region, reads[0] ?? refuse("internal"));
    }
    await bindings.dropOthers(
      tx,
      federation.regions.map(({ id }) => id),
    );
    for (const { id } of federation.regions) await bindAsWritten(tx, deps, id, federation.bindings);
  });
