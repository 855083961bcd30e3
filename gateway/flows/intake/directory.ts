import type { CentreId, Instant, PlatformName, RegionId } from "../../../schema/primitives.ts";
import type { Centre, Policy, Region } from "../../../schema/region.ts";
import type { Db } from "../../store/db.ts";
import * as directory from "../../store/directory.ts";
import { groupBy } from "../../store/group-by.ts";
import { byCentre, holds } from "../slots/directory.ts";

/** What decides on a registration and is nobody's own, in memory. */
export type Directory = {
  version: number;
  region(id: RegionId): Region | undefined;
  centresOf(region: RegionId): readonly Centre[];
  /** The newest version of the policy that has begun. */
  policyOf(region: RegionId, at: Instant): Policy | undefined;
  /** Whose list that centre's people are on. */
  rosterOf(centre: CentreId, at: Instant): PlatformName | undefined;
};

const regionOf = ({ region }: { region: RegionId }): RegionId => region;

const directoryOf = (written: directory.Written): Directory => {
  const regions = new Map(written.regions.map((each) => [each.id, each]));
  const centres = groupBy(written.centres, regionOf);
  const policies = groupBy(written.policies, regionOf);
  const bound = byCentre({ centres: written.centres, bindings: written.rosters });
  return {
    version: written.version,
    region: (id) => regions.get(id),
    centresOf: (region) => centres.get(region) ?? [],
    policyOf: (region, at) => policies.get(region)?.find(({ from }) => from <= at),
    rosterOf: (centre, at) => bound.get(centre)?.find((each) => holds(each, at))?.platform,
  };
};

export const readDirectory = async (db: Db): Promise<Directory> => directoryOf(await directory.read(db));

/**
 * Hands the directory out as long as it is of the version asked for, and reads it anew otherwise: whoever asks with the
 * version that their own statement has seen decides by what was in force then, and nobody reads it for each person.
 */
export const keepDirectory = (db: Db) => {
  let known: Directory | undefined;
  let reading: Promise<Directory> | undefined;
  const renew = () => {
    reading ??= readDirectory(db)
      .then((read) => {
        known = read;
        return read;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  return async (version: number): Promise<Directory> => {
    if (known?.version === version) return known;
    const read = await renew();
    // Somebody else may have begun that reading before the change.
    return read.version >= version ? read : renew();
  };
};
