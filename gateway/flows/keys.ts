import { type Issue, refuse } from "../../schema/errors.ts";
import type { IssuedKey, Key, KeyLabel, NewKey } from "../../schema/key.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as keys from "../store/keys.ts";
import * as places from "../store/places.ts";
import { type Actor, type Deps, transact } from "./deps.ts";

const ofPlatform: Issue = { in: "body", at: "/label", detail: "the audit has this name for a platform" };

/**
 * Makes a key and shows it, this once: only its digest is kept. A label names one valid key at a time, and none of the
 * `platforms`, who stand in the audit by their names.
 */
export const makeKey = (
  deps: Deps,
  wanted: NewKey,
  { actor, platforms }: { actor: Actor; platforms: readonly string[] },
): Promise<IssuedKey> =>
  transact(deps, async (tx) => {
    const issues = await reachFaults(tx, wanted);
    if (platforms.includes(wanted.label)) issues.push(ofPlatform);
    if (issues.length > 0) refuse("invalid_input", undefined, issues);
    await keys.lockLabels(tx);
    if ((await keys.valid(tx)).some(({ label }) => label === wanted.label)) refuse("label_taken");
    const { label, role, regions, centres } = wanted;
    const issuedAt = deps.now();
    const key = `${role}-${deps.token()}`;
    await keys.put(tx, { ...wanted, digest: deps.vault.digest("key", key), issuedAt });
    const facts = { label, role, regions, centres };
    await audit.note(tx, { at: issuedAt, actor, event: "key.made", facts });
    return { ...wanted, issuedAt, key };
  });

/** Every key that opens something, the newest first. */
export const listKeys = async (deps: Deps): Promise<Key[]> => {
  // A key that was given at two starts, before and after a change of the digest key, is there under both.
  const seen = new Set<string>();
  const once = (await keys.valid(deps.db)).filter(({ label }) => !seen.has(label) && seen.add(label));
  return once.map(({ label, role, regions, centres, issuedAt }) => ({
    label,
    role,
    regions,
    centres,
    issuedAt,
  }));
};

/** Ends a key at once. The settings' own (`given`) would be valid again at the next start, and are changed there. */
export const revokeKey = (
  deps: Deps,
  { label, given }: { label: KeyLabel; given: readonly string[] },
  actor: Actor,
): Promise<void> =>
  transact(deps, async (tx) => {
    if (given.includes(label)) refuse("key_of_settings");
    const at = deps.now();
    if (!(await keys.revoke(tx, label, at))) refuse("not_found", "there is no valid key of this label");
    await audit.note(tx, { at, actor, event: "key.revoked", facts: { label } });
  });

/** A key that names no place that there is, or a centre outside its own regions, would open nothing. */
const reachFaults = async (tx: Db, { role, regions, centres }: NewKey): Promise<Issue[]> => {
  const fault = (field: "regions" | "centres", index: number, detail: string): Issue => ({
    in: "body",
    at: `/${field}/${index}`,
    detail,
  });
  const known = new Set<string>((await places.allRegions(tx)).map(({ id }) => id));
  const home = new Map<string, string>((await places.centresOf(tx)).map(({ id, region }) => [id, region]));
  const ofRegions = regions.flatMap((id, index) =>
    known.has(id) ? [] : [fault("regions", index, "there is no such region")],
  );
  const ofCentres = centres.flatMap((id, index) => {
    const region = home.get(id);
    if (!region) return [fault("centres", index, "there is no such centre")];
    const outside = regions.length > 0 && !regions.some((each) => each === region);
    return outside ? [fault("centres", index, `it lies in ${region}, which the key does not reach`)] : [];
  });
  const limited = role === "operator" && (regions[0] ?? centres[0]) !== undefined;
  return limited
    ? [fault(regions.length > 0 ? "regions" : "centres", 0, "an operator's key reaches everything")]
    : [...ofRegions, ...ofCentres];
};
