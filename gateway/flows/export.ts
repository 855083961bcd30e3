import type { Ports, RosterEntry } from "../../schema/adapter.ts";
import type { CentreId, PlatformName } from "../../schema/primitives.ts";
import type { Reveal } from "../../schema/reveal.ts";
import type { Db } from "../store/db.ts";
import * as platforms from "../store/platforms.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Actor, type Deps, transact } from "./deps.ts";
import { guest } from "./person.ts";
import { noteReveals } from "./reveal.ts";
import { noteSeen } from "./seen.ts";

type Download = {
  actor: Actor;
  /** Why the file is to hold the national numbers; without it they are left out. */
  why?: Reveal;
  centre: CentreId;
  platform: PlatformName;
  port: Ports["spreadsheet"];
  format: "csv" | "xlsx";
};

type Shown = Pick<Download, "actor" | "why" | "centre" | "platform"> & {
  people: readonly volunteers.VolunteerRow[];
};

/** People as their centre's list knows them, each look noted in the transaction that reads them. */
export const entriesOf = async (
  tx: Db,
  deps: Deps,
  { people, actor, why, centre, platform }: Shown,
): Promise<RosterEntry[]> => {
  const found: RosterEntry[] = [];
  await noteSeen(tx, deps, { people, actor, list: "file", centre });
  const numbered = people.filter((row) => row.nationalSealed);
  if (why) await noteReveals(tx, deps, { people: numbered, actor, ...why });
  for (const row of people) {
    const names = await platforms.identitiesOf(tx, row.id);
    found.push({
      ...guest(deps, row),
      ...(why ? {} : { nationalNumber: undefined }),
      externalId: names.find((each) => each.platform === platform)?.externalId,
      birthYearOnly: row.birthYearOnly,
      centres: row.centres,
      availability: row.availability,
      conditions: row.conditions,
      state: row.state === "active" ? "active" : "paused",
    });
  }
  return found;
};

/** Everyone on a centre's list, under the names by which that list knows them, as its own kind of file. */
export const exportList = async (deps: Deps, { port, format, ...asked }: Download): Promise<Uint8Array> => {
  const entries = await transact(deps, async (tx) =>
    entriesOf(tx, deps, { ...asked, people: await volunteers.ofCentre(tx, asked.centre) }),
  );
  return port.write({ entries, format });
};
