import type { ShownCaller } from "../../schema/caller.ts";
import type { Caller } from "./authorise.ts";
import type { Deps } from "./deps.ts";
import { listCentres, listRegions } from "./places.ts";

/** Who somebody is here, with the names of the places that they reach by name. */
export const describeCaller = async (
  deps: Deps,
  { label, role, regions, centres, validUntil }: Caller,
): Promise<Omit<ShownCaller, "routes">> => {
  const [allRegions, allCentres] = await Promise.all([listRegions(deps), listCentres(deps)]);
  const nameOf = new Map(allRegions.map(({ id, name }) => [id, name]));
  const placeOf = new Map(allCentres.map(({ id, name, region }) => [id, { name, region }]));
  return {
    ...{ label, role, validUntil },
    by: validUntil === undefined ? "key" : "token",
    regions: regions.map((id) => ({ id, name: nameOf.get(id) })),
    centres: centres.map((id) => ({ id, ...placeOf.get(id) })),
  };
};
