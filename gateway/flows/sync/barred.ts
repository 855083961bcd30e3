import type { PlatformName } from "../../../schema/primitives.ts";
import type { Db } from "../../store/db.ts";
import { byDigest } from "../../store/digests.ts";
import * as erasures from "../../store/erasures.ts";
import type { Deps } from "../deps.ts";
import { nameDigests } from "../erasure/bar.ts";
import type { Sought, whoIsKnown } from "./known.ts";

type Known = Awaited<ReturnType<typeof whoIsKnown>>;

/**
 * Whether a record of a list is of somebody who was forgotten: by who they are, or by that list's name for them. Whoever
 * is on the list of their own will is known, and not looked for here. Of somebody who never asked to be forgotten, and
 * whose term was over, a record that has changed there since is news.
 */
export const barredIn = async (
  tx: Db,
  deps: Deps,
  { platform, sought, known }: { platform: PlatformName; sought: Sought[]; known: Known },
): Promise<(one: Sought) => boolean> => {
  const digestsOf = ({ digests, entry: { externalId } }: Sought) => [
    ...digests,
    ...(externalId ? nameDigests(deps, platform, externalId) : []),
  ];
  const strangers = sought.filter((one) => known.find(one) === undefined);
  const found = await erasures.barred(tx, strangers.flatMap(digestsOf), deps.now());
  const bars = byDigest(found, ({ digest }) => [digest]);
  return (one) =>
    found.length > 0 &&
    bars(digestsOf(one)).some(
      ({ cause, since }) =>
        cause === "asked" || one.seen.changedAt === undefined || one.seen.changedAt <= since,
    );
};
