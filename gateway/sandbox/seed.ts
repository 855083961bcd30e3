import { seeded } from "../../adapters/kit/chance.ts";
import type { Federation } from "../config/federation.ts";
import { invent } from "./people.ts";
import type { Sandbox } from "./sandbox.ts";

/** Which platform keeps a centre's list: its own binding, else its region's. */
const rosterOf = (federation: Federation, centre: Federation["centres"][number]) => {
  const rosters = federation.bindings.filter(
    ({ role, region }) => role === "roster" && region === centre.region,
  );
  const own = rosters.find((each) => each.centre === centre.id) ?? rosters.find((each) => !each.centre);
  return own?.platform;
};

/** Signs invented people up with the platforms of those centres, so many at each. */
export const populate = (
  { simulators }: Pick<Sandbox, "simulators">,
  federation: Federation,
  { counts, seed, year }: { counts: Readonly<Record<string, number>>; seed: number; year: number },
): void => {
  const random = seeded(seed);
  for (const centre of federation.centres) {
    const platform = rosterOf(federation, centre);
    const count = counts[centre.id];
    if (count && platform) simulators.get(platform)?.bench.addPeople(invent(centre, { count, random, year }));
  }
};

/** A sandbox that has never run gets a few people at a centre of each kind, so that doses find somebody. */
export const populateOnce = (sandbox: Sandbox, federation: Federation, year: number): void => {
  const empty = [...sandbox.simulators.values()].every(({ bench }) => bench.people().length === 0);
  if (empty)
    populate(sandbox, federation, { counts: { charleroi: 150, pacheco: 150, lint: 60 }, seed: 6, year });
};
