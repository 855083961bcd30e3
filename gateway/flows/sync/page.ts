import type { RosterEntry, Sourced } from "../../../schema/adapter.ts";
import type { CampaignId, Instant, PlatformName, RegionId, VolunteerId } from "../../../schema/primitives.ts";
import type { EntryFault } from "../../core/entry.ts";
import { toldToLists } from "../../core/official.ts";
import * as audit from "../../store/audit.ts";
import type { Db } from "../../store/db.ts";
import { byDigest } from "../../store/digests.ts";
import * as officials from "../../store/officials.ts";
import * as outbox from "../../store/outbox.ts";
import * as places from "../../store/places.ts";
import * as platforms from "../../store/platforms.ts";
import * as queue from "../../store/queue.ts";
import * as volunteers from "../../store/volunteers.ts";
import { isLater, onArrival } from "../arrival.ts";
import { type Deps, policyOf } from "../deps.ts";
import { barredIn } from "./barred.ts";
import { changeOf, moveAlong } from "./change.ts";
import { fresh } from "./fresh.ts";
import { keyOf, type Sought, seek, whoIsKnown } from "./known.ts";
import { type Read, readRecord } from "./record.ts";
import { renumber } from "./renumber.ts";

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
const openBook = (tx: Db, { platform, at, alone }: Given & { alone: boolean }) => {
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
    note: ({ region, id: subject }: Row, outcome: Outcome | "renumbered") =>
      void lines.push({ at, region, actor: platform, event: `volunteer.${outcome}`, subject }),
    /** Answers with those who could not be added: somebody else has just done so. */
    close: async (): Promise<ReadonlySet<VolunteerId>> => {
      const stored = await volunteers.addAll(tx, [...added.values()]);
      const lost = new Set([...added.keys()].filter((id) => !stored.has(id)));
      const isOurs = (id: VolunteerId) => !lost.has(id);
      // Whoever is being asked is taken alone: they may come back to the queue, and then with the days of now.
      const asked = alone ? [] : await queue.beingAsked(tx, [...days.values()]);
      for (const id of asked) lost.add(id);
      const changed = [...days.values()].filter(({ id }) => isOurs(id));
      await queue.join(
        tx,
        [...added.values()].filter(({ id }) => isOurs(id)),
      );
      const gone = [...added.values()].filter(({ id, closedFor }) => isOurs(id) && closedFor);
      const closes = gone.map(({ id: volunteer, closedFor }) => ({
        kind: "roster-close" as const,
        volunteer,
        reason: toldToLists(closedFor),
      }));
      await outbox.enqueue(tx, closes, at);
      await volunteers.changeDays(tx, changed);
      await queue.refresh(tx, changed);
      await platforms.putIdentities(
        tx,
        [...named.values()].filter(({ volunteer }) => isOurs(volunteer)),
      );
      await audit.note(tx, ...lines.filter(({ subject }) => isOurs(subject)));
      return lost;
    },
  };
};

/** All by which a record touches somebody. Two that share none of it come to the same in either order. */
const handlesOf = (
  { entry: { externalId }, campaign, digests }: Sought,
  rows: readonly (Row | undefined)[],
) => [
  ...rows.flatMap((row) => (row ? [row.id, keyOf(row.campaign, row.identityDigest)] : [])),
  ...(externalId ? [`name ${externalId}`] : []),
  ...digests.map((each) => keyOf(campaign, each)),
];

/** A list may still have somebody who was given a dose, has an appointment, or has died: nobody calls them here. */
const closedAtOnce = (row: Row, arrival: Pick<Row, "closedFor" | "lastDoseOn">): Row => ({
  ...{ ...row, ...arrival },
  ...(arrival.closedFor
    ? {
        state: "closed" as const,
        closedFrom: row.state === "paused" ? ("paused" as const) : ("active" as const),
      }
    : {}),
});

/**
 * Takes records in within one transaction, in their order, with as many statements for five hundred as for one.
 *
 * It locks the people first, in one order, and then writes only what nobody else waits for while holding it. A record
 * by which someone goes or comes touches the queue, and with it whoever is asking them: `alone`, it is carried out
 * here; on a page it is answered with `later`, and so is every further record that could mean the same person.
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
  const wanted = sought.flatMap((each) => each?.digests ?? []);
  const isBarred = await barredIn(tx, deps, {
    platform,
    sought: sought.flatMap((each) => each ?? []),
    known,
  });
  const later = new Set<CampaignId>();
  for (const campaign of new Set(campaigns.values())) if (await isLater(tx, campaign)) later.add(campaign);
  const endings = byDigest(await officials.endingOf(tx, wanted), ({ digests }) => digests);
  const book = openBook(tx, { platform, at, alone });
  const waiting = new Set<string>();

  const take = async (one: Sought, faults: EntryFault[]): Promise<Result> => {
    const row = known.find(one);
    const handles = () => handlesOf(one, [row, known.identified(one)]);
    const wait = (): Result => {
      for (const each of handles()) waiting.add(each);
      return "later";
    };
    if (waiting.size > 0 && handles().some((each) => waiting.has(each))) return wait();
    if (row?.erasure) return { outcome: "unchanged", faults };
    if (!row)
      return one.entry.state === "left" || isBarred(one)
        ? { outcome: "unchanged", faults }
        : join(one, faults);
    if (known.isHistory(one)) return { outcome: "unchanged", volunteer: row.id, faults };
    const change = changeOf(row, one);
    const goesOrComes = change.kind === "left" || change.kind === "moved";
    if (goesOrComes && !alone) return wait();
    if (goesOrComes) await moveAlong(tx, row, change, at);
    const after = "row" in change ? change.row : row;
    if (change.kind === "days") book.change(after);
    const renumbered = await renumber(tx, deps, { row: after, one, at, owner: known.identified(one) });
    if (renumbered === "doubt") faults.push("otherNumber");
    if (typeof renumbered === "string") known.put(after);
    else {
      known.put(renumbered, one.digests);
      book.note(row, "renumbered");
    }
    return noted(one, row, { outcome: outcomeOf[change.kind], faults });
  };
  const join = (one: Sought, faults: EntryFault[]): Result => {
    const newcomer = fresh(deps, platform, one);
    const ended = endings(one.digests);
    const row = closedAtOnce(newcomer, onArrival(newcomer, ended, later.has(one.campaign)));
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
