import { z } from "zod";
import type { Capability } from "../../schema/adapter.ts";
import type { CentreId, RegionId } from "../../schema/primitives.ts";
import { Role } from "../../schema/region.ts";
import { type Catchment, overlaps, uncovered } from "./catchment.ts";
import type { OperatorFile, Path } from "./document.ts";
import { CentreEntry, RegionFile, type Term, Terms } from "./shapes.ts";

/*
 * Whether the parts of a region fit together, and the regions one another. A part that is malformed is left out here:
 * its own fault is reported already, and others must not be blamed for it.
 */

export type RegionSource = { id: RegionId; file: OperatorFile };

/** What each platform of platforms.yaml can do; nothing where its adapter is not known. */
export type Abilities = ReadonlyMap<string, readonly Capability[] | undefined>;

/** The faults of one region; `platforms` is missing where their file could not be read. */
export const withinRegion = ({ file }: RegionSource, platforms?: Abilities): string[] => {
  const bound: Path[] = [["bindings"], ...centresIn(file).map((path) => [...path, "bindings"])];
  return [
    ...rosterFaults(file),
    ...bound.flatMap((path) => Role.options.flatMap((role) => termFaults(file, [...path, role], platforms))),
    ...orderFaults(file).map((detail) => file.fault(["policy", "order"], detail)),
    ...placeFaults(file),
  ];
};

/** The faults between regions: a centre named twice, and postcodes that two regions claim. */
export const betweenRegions = (sources: RegionSource[]): string[] => {
  const centres = new Map<string, string>();
  const repeated: string[] = [];
  for (const { id, file } of sources) {
    for (const path of centresIn(file)) {
      const { content: centre } = file.read(CentreEntry.shape.id, [...path, "id"]);
      if (!centre) continue;
      const first = centres.get(centre);
      if (first) repeated.push(file.fault([...path, "id"], `"${centre}" is a centre of ${first} already`));
      else centres.set(centre, id);
    }
  }
  const claims = sources.flatMap((source) =>
    (source.file.read(RegionFile.shape.postcodes, ["postcodes"]).content ?? []).map(
      (range, index): Catchment & { source: RegionSource } => ({ path: ["postcodes", index], range, source }),
    ),
  );
  const claimed = overlaps(claims).map(({ first, second, shared }) =>
    second.source.file.fault(second.path, `${shared} belongs to ${first.source.id} already`),
  );
  return [...repeated, ...claimed];
};

const centresIn = (file: OperatorFile): Path[] => file.steps(["centres"]).map((index) => ["centres", index]);

const rosterFaults = (file: OperatorFile): string[] => {
  const { content: bindings } = file.read(z.looseObject({}), ["bindings"]);
  return bindings && !bindings.roster
    ? [file.fault(["bindings", "roster"], "is missing; a region needs a platform for its list")]
    : [];
};

/** `path` leads to one role of a region's or a centre's bindings. */
const termFaults = (file: OperatorFile, path: Path, platforms?: Abilities): string[] => {
  const terms = file.read(Terms, path).content ?? [];
  const details = [
    ...terms.flatMap(({ platform }) =>
      platforms ? platformFaults(Role.parse(path.at(-1)), platform, platforms) : [],
    ),
    ...(inTurn(terms) ? [] : ["each term must end by the time the next begins"]),
  ];
  return details.map((detail) => file.fault(path, detail));
};

/** A role is the capability of the same name: bound to a platform without it, nothing would ever be done. */
const platformFaults = (role: Role, platform: string, platforms: Abilities): string[] => {
  if (!platforms.has(platform))
    return [`"${platform}" is not in platforms.yaml; add it, or name one that is there`];
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

const orderFaults = (file: OperatorFile): string[] => {
  const { order: groups, minimumAge: least } = RegionFile.shape.policy.shape;
  const { content: order } = file.read(groups, ["policy", "order"]);
  const { content: minimumAge } = file.read(least, ["policy", "minimumAge"]);
  if (!order || minimumAge === undefined) return [];
  const names = order.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const backwards = order.filter(({ fromAge, toAge }) => fromAge > toAge);
  const ages = Array.from({ length: oldest - minimumAge + 1 }, (_, index) => minimumAge + index);
  const open = order.filter(({ condition }) => condition === undefined);
  const left = ages.filter((age) => !open.some(({ fromAge, toAge }) => age >= fromAge && age <= toAge));
  return [
    ...twice.map((name) => `two groups are called "${name}"; rename one`),
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

type Served = Catchment & { id: CentreId | undefined };
const servedBy = (file: OperatorFile, centre: Path): { ranges: Served[]; whole: boolean } => {
  const path = [...centre, "serves"];
  const { content: id } = file.read(CentreEntry.shape.id, [...centre, "id"]);
  const { content } = file.read(CentreEntry.shape.serves, path);
  const ranges = (content ?? []).map((range, place) => ({ path: [...path, place], range, id }));
  return { ranges, whole: content !== undefined };
};

const placeFaults = (file: OperatorFile): string[] => {
  const centres = centresIn(file).map((path) => servedBy(file, path));
  const whole = centres.length > 0 && centres.every((each) => each.whole);
  const served = centres.flatMap(({ ranges }) => ranges);
  const { content: centreBy } = file.read(RegionFile.shape.centreBy, ["centreBy"]);
  if (centreBy === "domicile") return domicileFaults(file, served, { whole });
  const paths = new Set(served.map(({ path }) => path[1]));
  return centreBy === "choice"
    ? [...paths].map((index) =>
        file.fault(["centres", index ?? 0, "serves"], "people choose their centre here; remove it"),
      )
    : [];
};

/** `whole`: every centre's list could be read; else nobody can say which postcodes are not served. */
const domicileFaults = (file: OperatorFile, served: Served[], { whole }: { whole: boolean }): string[] => {
  const { content: postcodes } = file.read(RegionFile.shape.postcodes, ["postcodes"]);
  const twice = overlaps(served).map(({ first, second, shared }) =>
    file.fault(second.path, `${shared} is served by ${first.id ?? "another"} already`),
  );
  if (!postcodes) return twice;
  const outside = served.flatMap(({ path, range }) => {
    const strays = uncovered([range], postcodes);
    return strays.length > 0 ? [file.fault(path, `${strays.join(", ")} is not in the region`)] : [];
  });
  const left = uncovered(
    postcodes,
    served.map(({ range }) => range),
  );
  const unserved =
    whole && left.length > 0
      ? [file.fault(["postcodes"], `no centre serves ${left.join(", ")}; add it to one`)]
      : [];
  return [...twice, ...outside, ...unserved];
};
