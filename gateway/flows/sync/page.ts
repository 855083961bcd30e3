import type { RosterEntry, Sourced } from "../../../schema/adapter.ts";
import type { CampaignId, Instant, PlatformName, RegionId, VolunteerId } from "../../../schema/primitives.ts";
import type { EntryFault } from "../../core/entry.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import * as places from "../../store/places.ts";
import * as platforms from "../../store/platforms.ts";
import * as queue from "../../store/queue.ts";
import * as volunteers from "../../store/volunteers.ts";
import { type Deps, policyOf } from "../deps.ts";
import { changeOf, moveAlong } from "./change.ts";
import { fresh } from "./fresh.ts";
import { type Sought, seek, whoIsKnown } from "./known.ts";
import { type Read, readRecord } from "./record.ts";

type Row = volunteers.VolunteerRow;

/** What became of one record of a platform's list. */
export type Outcome = "added" | "changed" | "unchanged" | "left" | "not-usable";
export type TakenIn = { outcome: Outcome; volunteer?: VolunteerId; faults: EntryFault[] };

/** `later`: whose record must be taken by itself, after the others. */
export type Result = TakenIn | "later";

const outcomeOf = { unchanged: "unchanged", days: "changed", moved: "changed", left: "left" } as const;

type Given = { platform: PlatformName; at: Instant };

const readAll = async (
  tx: Db,
  records: readonly Sourced<RosterEntry>[],
  at: Instant,
): Promise<{ reads: Read[]; campaigns: Map<RegionId, CampaignId> }> => {
  const told = new Set(records.flatMap(({ value }) => value.centres));
  const centres = new Map((await places.centresNamed(tx, [...told])).map((each) => [each.id, each]));
  const campaigns = new Map<RegionId, CampaignId>();
  for (const region of new Set([...centres.values()].map((centre) => centre.region)))
    campaigns.set(region, (await policyOf(tx, { region }, at)).rules.campaign);
  return { reads: records.map((record) => readRecord(record, { centres, at })), campaigns };
};

/** All that a page brings, written down at its end in a few statements. */
const openBook = (tx: Db, { platform, at }: Given) => {
  const added = new Map<VolunteerId, Row>();
  const days = new Map<VolunteerId, Row>();
  const named = new Map<string, platforms.NewIdentity>();
  const lines: (audit.Line & { subject: VolunteerId })[] = [];
  return {
    add: (row: Row) => void added.set(row.id, row),
    change: (row: Row) => void (added.has(row.id) ? added : days).set(row.id, row),
    name: ({ entry: { externalId }, seen }: Sought, { id: volunteer }: Row) => {
      if (externalId) named.set(externalId, { platform, externalId, volunteer, ...seen });
    },
    note: ({ region, id: subject }: Row, outcome: Outcome) =>
      void lines.push({ at, region, actor: platform, event: `volunteer.${outcome}`, subject }),
    /** Answers with those who could not be added: somebody else has just done so. */
    close: async (): Promise<ReadonlySet<VolunteerId>> => {
      const stored = await volunteers.addAll(tx, [...added.values()]);
      const lost = new Set([...added.keys()].filter((id) => !stored.has(id)));
      const isOurs = (id: VolunteerId) => !lost.has(id);
      await queue.join(
        tx,
        [...added.values()].filter(({ id }) => isOurs(id)),
      );
      await volunteers.changeDays(tx, [...days.values()]);
      await platforms.putIdentities(
        tx,
        [...named.values()].filter(({ volunteer }) => isOurs(volunteer)),
      );
      await audit.note(tx, ...lines.filter(({ subject }) => isOurs(subject)));
      return lost;
    },
  };
};

/**
 * Takes records in within one transaction, in their order, with as many statements for five hundred as for one.
 *
 * It locks the people first, in one order, and then writes only what nobody else waits for while holding it. A record
 * by which someone goes or comes touches the queue, and with it whoever is asking them: `alone`, it is carried out
 * here; on a page it is answered with `later`, and so is every further record of that person.
 */
export const takeTogether = async (
  tx: Db,
  deps: Deps,
  {
    platform,
    records,
    alone,
  }: { platform: PlatformName; records: readonly Sourced<RosterEntry>[]; alone: boolean },
): Promise<Result[]> => {
  const at = deps.now();
  const { reads, campaigns } = await readAll(tx, records, at);
  const sought = reads.map(({ told }) => {
    const campaign = told && campaigns.get(told.region);
    return told && campaign && seek(deps, told, { campaign, platform });
  });
  const known = await whoIsKnown(tx, platform, { sought: sought.flatMap((each) => each ?? []) });
  const book = openBook(tx, { platform, at });
  const waiting = new Set<VolunteerId>();

  const take = async (one: Sought, faults: EntryFault[]): Promise<Result> => {
    const row = known.find(one);
    if (!row) return one.entry.state === "left" ? { outcome: "unchanged", faults } : join(one, faults);
    if (known.isHistory(one)) return { outcome: "unchanged", volunteer: row.id, faults };
    const change = changeOf(row, one);
    const goesOrComes = change.kind === "left" || change.kind === "moved";
    if (waiting.has(row.id) || (goesOrComes && !alone)) {
      waiting.add(row.id);
      if (one.entry.externalId) known.name(one.entry.externalId, row);
      return "later";
    }
    if (goesOrComes) await moveAlong(tx, row, change, at);
    if (change.kind === "days") {
      book.change(change.row);
      known.put(change.row);
    }
    return noted(one, row, { outcome: outcomeOf[change.kind], faults });
  };
  const join = (one: Sought, faults: EntryFault[]): Result => {
    const row = fresh(deps, platform, one);
    book.add(row);
    known.put(row);
    return noted(one, row, { outcome: "added", faults });
  };
  const noted = (one: Sought, row: Row, { outcome, faults }: TakenIn): TakenIn => {
    const { externalId } = one.entry;
    if (externalId) known.name(externalId, row);
    book.name(one, row);
    if (outcome !== "unchanged") book.note(row, outcome);
    return { outcome, volunteer: row.id, faults };
  };

  const results: Result[] = [];
  for (const [index, { faults }] of reads.entries()) {
    const one = sought[index];
    results.push(one ? await take(one, faults) : { outcome: "not-usable", faults });
  }
  const lost = await book.close();
  return results.map((each) =>
    each !== "later" && each.volunteer && lost.has(each.volunteer) ? "later" : each,
  );
};
