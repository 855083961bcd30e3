import type { Capability, RosterTerms } from "../../../schema/adapter.ts";
import type { NewBinding, RoleChange } from "../../../schema/binding.ts";
import { refuse } from "../../../schema/errors.ts";
import type { CentreId, Instant, PlatformName } from "../../../schema/primitives.ts";
import { Role } from "../../../schema/region.ts";
import * as bindings from "../../store/bindings.ts";
import type { Db } from "../../store/db.ts";
import * as places from "../../store/places.ts";

/** A platform as its adapter declares it. */
export type KnownPlatform = {
  name: PlatformName;
  capabilities: readonly Capability[];
  roster?: RosterTerms;
};

/** What a change comes to: the centres that it moves, and who plays each role before and after. */
export type Plan = { centres: CentreId[]; roles: RoleChange[] };

const invalid = (at: string, detail: string) =>
  refuse("invalid_input", undefined, [{ in: "body", at, detail }]);

const platformOf = (known: readonly KnownPlatform[], { platform, roles }: NewBinding): KnownPlatform => {
  const found = known.find(({ name }) => name === platform) ?? invalid("/platform", "no such platform");
  const wanted = roles === "all" ? [] : roles;
  const lacking = wanted.filter((role) => !found.capabilities.includes(role));
  if (lacking.length > 0)
    refuse("platform_lacks", `${platform} does not do: ${lacking.join(", ")}`, [
      { in: "body", at: "/roles", detail: `${platform} can do: ${found.capabilities.join(", ")}` },
    ]);
  return found;
};

/** Who plays a role at exactly this place at that moment; a centre without a term of its own has its region's. */
export const heldBy = async (
  tx: Db,
  { region, centre }: bindings.Place,
  asked: { role: Role; moment: Instant },
): Promise<Pick<RoleChange, "before" | "inherited">> => {
  const own = await bindings.termAt(tx, { region, centre }, asked);
  if (own || !centre) return { before: own?.platform ?? undefined, inherited: false };
  const regions = await bindings.termAt(tx, { region }, asked);
  return { before: regions?.platform ?? undefined, inherited: true };
};

/** All that a platform can do. Where it takes the list and cannot ask people, those who did so until then stop. */
const rolesOf = async (tx: Db, input: NewBinding, able: KnownPlatform): Promise<RoleChange[]> => {
  const changes: RoleChange[] = [];
  for (const role of Role.options) {
    const wanted = input.roles === "all" ? able.capabilities.includes(role) : input.roles.includes(role);
    const held = await heldBy(tx, input, { role, moment: input.from });
    if (wanted && held.before !== able.name) changes.push({ role, ...held, after: able.name });
    else if (input.roles === "all" && role === "invite" && !wanted) changes.push({ role, ...held });
  }
  const list = changes.find(({ role }) => role === "roster");
  return changes.filter(({ after, before }) => after ?? (before && before === list?.before));
};

/** The centres of a region that a change moves: those without a term of their own. */
const centresOf = async (tx: Db, { region, centre, from }: NewBinding, roles: RoleChange[]) => {
  const all = (await places.centresOf(tx, region)).map(({ id }) => id);
  if (all.length === 0) invalid("/region", "no such region");
  if (centre) return all.includes(centre) ? [centre] : invalid("/centre", "no such centre in this region");
  const moved = new Set<CentreId>();
  for (const { role } of roles) {
    const own = await bindings.centresOnTheirOwn(tx, region, { role, moment: from });
    for (const id of all) if (!own.includes(id)) moved.add(id);
  }
  return [...moved];
};

/** What a change would come to; refuses one that the platform cannot play, or that changes nothing. */
export const plan = async (tx: Db, known: readonly KnownPlatform[], input: NewBinding): Promise<Plan> => {
  const roles = await rolesOf(tx, input, platformOf(known, input));
  if (roles.length === 0) invalid("/platform", "it plays these roles there already");
  return { roles, centres: await centresOf(tx, input, roles) };
};
