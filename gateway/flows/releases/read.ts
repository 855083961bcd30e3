import { refuse } from "../../../schema/errors.ts";
import type { Day } from "../../../schema/primitives.ts";
import { DatasetName, type Release } from "../../../schema/release.ts";
import { mediaTypes, type TableFormat } from "../../../schema/table-file.ts";
import { hexOf } from "../../store/digests.ts";
import * as releases from "../../store/releases.ts";
import type { Deps } from "../deps.ts";

/* What was published, for everybody. */

type Named = { dataset: DatasetName; day: Day; version: number; format: TableFormat };

export const pathOf = ({ dataset, day, version, format }: Named): string =>
  `/v1/releases/${dataset}/${day}/versions/${version}/${format}`;

/** All releases, by dataset, the newest first. */
export const listReleases = async (deps: Deps): Promise<Release[]> => {
  const rows = await releases.all(deps.db);
  return rows.flatMap(({ dataset: name, day, version, files, ...row }, nth) => {
    const { data: dataset } = DatasetName.safeParse(name);
    if (!dataset) return [];
    const before = rows[nth - 1];
    const shown = files.map(({ format, bytes, sha256 }) => ({
      ...{ format, mediaType: mediaTypes[format], bytes, sha256: hexOf(sha256) },
      path: pathOf({ dataset, day, version, format }),
    }));
    const isLatest = before?.dataset !== name || before.day !== day;
    return [{ dataset, day, version, isLatest, ...row, files: shown }];
  });
};

/** A file of a release, in that version or the last; refuses where there is none. */
export const findFile = async (
  deps: Deps,
  { format, ...named }: { dataset: DatasetName; day: Day; version?: number; format: TableFormat },
) => {
  const release = (await releases.find(deps.db, named)) ?? refuse("not_found", "nothing was released of it");
  const { dataset, day } = named;
  const exact = { dataset, day, version: release.version, format };
  const file = (await releases.file(deps.db, exact)) ?? refuse("not_found");
  return { ...exact, bytes: file.bytes, sha256: file.sha256, publishedAt: release.publishedAt };
};

/** Its bytes, part by part. */
export async function* bytesOf(deps: Deps, named: Named): AsyncGenerator<Uint8Array> {
  for (let number = 1; ; number += 1) {
    const content = await releases.part(deps.db, { ...named, number });
    if (content === undefined) return;
    yield content;
  }
}
