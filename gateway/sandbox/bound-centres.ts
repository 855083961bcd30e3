import type { CentreId, PlatformName } from "../../schema/primitives.ts";
import type { Federation } from "../config/federation.ts";

/**
 * The centres that a platform serves at some time: by their own binding, or by their region's where they have none for
 * good.
 */
export const centresOf = (
  { centres, bindings }: Pick<Federation, "centres" | "bindings">,
  platform: PlatformName,
): CentreId[] =>
  centres
    .filter(({ id, region }) =>
      bindings.some((binding) => {
        if (binding.platform !== platform || binding.region !== region) return false;
        if (binding.centre) return binding.centre === id;
        const own = bindings.filter(({ centre, role }) => centre === id && role === binding.role);
        return !own.some(({ from, until }) => !from && !until);
      }),
    )
    .map(({ id }) => id);
