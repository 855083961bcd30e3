import type { Capability } from "../../schema/adapter.ts";
import type { RegionId } from "../../schema/primitives.ts";
import { Role } from "../../schema/region.ts";
import { type Catchment, overlaps, uncovered } from "./catchment.ts";
import type { Source } from "./document.ts";
import type { Bindings, RegionFile, Term } from "./shapes.ts";

/* What no field shows alone: whether the parts of a region, and the regions, fit together. */

export type RegionSource = Source<RegionFile> & { id: RegionId };

/** What each platform of platforms.yaml can do; nothing where its adapter is not known. */
export type Abilities = ReadonlyMap<string, readonly Capability[] | undefined>;

/** The faults of one region; `platforms` is missing where their file could not be read. */
export const withinRegion = (source: RegionSource, platforms?: Abilities): string[] => {
  const { content, fault } = source;
  if (!content) return [];
  const bound = [
    { path: ["bindings"], bindings: content.bindings },
    ...content.centres.map(({ bindings }, index) => ({ path: ["centres", index, "bindings"], bindings })),
  ];
  return [
    ...(content.bindings.roster
      ? []
      : [fault(["bindings", "roster"], "a region needs a platform for its list")]),
    ...bound.flatMap(({ path, bindings }) =>
      termFaults(bindings, platforms).map(({ role, detail }) => fault([...path, role], detail)),
    ),
    ...orderFaults(content).map((detail) => fault(["policy", "order"], detail)),
    ...(content.centreBy === "domicile" ? domicileFaults(source, content) : choiceFaults(source, content)),
  ];
};

/** The faults between regions: a centre named twice, and postcodes that two regions claim. */
export const acrossRegions = (sources: RegionSource[]): string[] => {
  const centres = new Map<string, string>();
  const repeated: string[] = [];
  for (const { id, content, fault } of sources) {
    for (const [index, centre] of (content?.centres ?? []).entries()) {
      const first = centres.get(centre.id);
      if (first)
        repeated.push(fault(["centres", index, "id"], `"${centre.id}" is a centre of ${first} already`));
      else centres.set(centre.id, id);
    }
  }
  const claims = sources.flatMap((source): (Catchment & { source: RegionSource })[] =>
    (source.content?.postcodes ?? []).map((range, index) => ({ path: ["postcodes", index], range, source })),
  );
  const claimed = overlaps(claims).map(({ first, second, shared }) =>
    second.source.fault(second.path, `${shared} belongs to ${first.source.id} already`),
  );
  return [...repeated, ...claimed];
};

const termFaults = (bindings: Bindings, platforms?: Abilities): { role: Role; detail: string }[] =>
  Role.options.flatMap((role) => {
    const terms = bindings[role] ?? [];
    const details = [
      ...terms.flatMap(({ platform }) => (platforms ? platformFaults(role, platform, platforms) : [])),
      ...(inTurn(terms) ? [] : ["each term must end by the time the next begins"]),
    ];
    return details.map((detail) => ({ role, detail }));
  });

/** A role is the capability of the same name: bound to a platform without it, nothing would ever be done. */
const platformFaults = (role: Role, platform: string, platforms: Abilities): string[] => {
  if (!platforms.has(platform)) return [`"${platform}" is not in platforms.yaml`];
  const able = platforms.get(platform);
  if (!able || able.includes(role)) return [];
  const others = [...platforms].filter(([, each]) => each?.includes(role)).map(([name]) => name);
  const remedy = others.length > 0 ? `bind ${others.join(" or ")}` : "add a platform that can";
  return [`"${platform}" has no ${role}, only ${able.join(", ")}; ${remedy}`];
};

/** Whether terms follow one another; an open end or beginning belongs only to the last or the first. */
const inTurn = (terms: Term[]): boolean =>
  terms.every(({ from, until }, index) => {
    const next = terms[index + 1];
    const forward = !from || !until || from < until;
    return forward && (!next || (until !== undefined && next.from !== undefined && until <= next.from));
  });

const oldest = 120;

const orderFaults = ({ policy }: RegionFile): string[] => {
  const names = policy.order.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const backwards = policy.order.filter(({ fromAge, toAge }) => fromAge > toAge);
  const ages = Array.from(
    { length: oldest - policy.minimumAge + 1 },
    (_, index) => policy.minimumAge + index,
  );
  const open = policy.order.filter(({ condition }) => condition === undefined);
  const left = ages.filter((age) => !open.some(({ fromAge, toAge }) => age >= fromAge && age <= toAge));
  return [
    ...twice.map((name) => `two groups are called "${name}"`),
    ...backwards.map(({ name }) => `"${name}" ends before it begins: fromAge is above toAge`),
    ...(left.length > 0
      ? [`nobody of age ${spans(left)} without a condition is in a group; widen one, or add one at the end`]
      : []),
  ];
};

const spans = (numbers: number[]): string => {
  const starts = numbers.filter((each) => !numbers.includes(each - 1));
  const ends = numbers.filter((each) => !numbers.includes(each + 1));
  return starts
    .map((start, index) => (start === ends[index] ? `${start}` : `${start}-${ends[index]}`))
    .join(", ");
};

const choiceFaults = ({ fault }: RegionSource, { centres }: RegionFile): string[] =>
  centres.flatMap(({ serves }, index) =>
    serves.length > 0
      ? [fault(["centres", index, "serves"], "people choose their centre here; remove it")]
      : [],
  );

const domicileFaults = ({ fault }: RegionSource, { centres, postcodes }: RegionFile): string[] => {
  const served = centres.flatMap(({ id, serves }, index): (Catchment & { id: string })[] =>
    serves.map((range, place) => ({ path: ["centres", index, "serves", place], range, id })),
  );
  const twice = overlaps(served).map(({ first, second, shared }) =>
    fault(second.path, `${shared} is served by ${first.id} already`),
  );
  const outside = served.flatMap(({ path, range }) => {
    const strays = uncovered([range], postcodes);
    return strays.length > 0 ? [fault(path, `${strays.join(", ")} is not in the region`)] : [];
  });
  const left = uncovered(
    postcodes,
    served.map(({ range }) => range),
  );
  const unserved = left.length > 0 ? [fault(["postcodes"], `no centre serves ${left.join(", ")}`)] : [];
  return [...twice, ...outside, ...unserved];
};
