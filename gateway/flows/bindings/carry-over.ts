import type { ChangeId } from "../../../schema/binding.ts";
import type { ExternalId, Instant, PlatformName, VolunteerId } from "../../../schema/primitives.ts";
import type { Effect } from "../../../schema/surplus.ts";
import * as audit from "../../store/audit.ts";
import * as bindings from "../../store/bindings.ts";
import * as bookings from "../../store/bookings.ts";
import type { Db } from "../../store/db.ts";
import * as invitations from "../../store/invitations.ts";
import * as outbox from "../../store/outbox.ts";
import * as platforms from "../../store/platforms.ts";
import * as volunteers from "../../store/volunteers.ts";
import { type Deps, transact } from "../deps.ts";
import { listsOf } from "./lists.ts";

/*
 * The people of centres that change their list are written on the new one, some at a time. Nobody is taken off the old
 * list before the new one has confirmed them, nor while an invitation or a booking of the old platform runs.
 */

/** So many people in one turn, after which other orders have theirs. */
const atOnce = 24;

export type Batch = { change: bindings.ChangeRow; people: VolunteerId[] };

/** `carried` is on the new list; `asked` must consent first; `refused` is not taken there; `gone` has left. */
export type Outcome = "carried" | "asked" | "refused" | "gone";

/** The next people to carry over; a moment where it is too early; nothing where there is nothing more to do. */
export const nextBatch = (deps: Deps, id: ChangeId): Promise<Batch | Instant | undefined> =>
  transact(deps, async (tx) => {
    const row = await bindings.lockChange(tx, id);
    if (!row || row.ended || (row.carryState !== "waiting" && row.carryState !== "running")) return undefined;
    if (row.from > deps.now()) return row.from;
    const change =
      row.carryState === "running"
        ? row
        : await bindings.setChange(tx, id, {
            carryState: "running",
            total: await volunteers.countIn(tx, row.centres),
          });
    const after = row.carryCursor ?? undefined;
    return { change, people: await volunteers.idsIn(tx, row.centres, { after, limit: atOnce }) };
  });

const leftBy = ({ roles }: bindings.ChangeRow): PlatformName | undefined =>
  roles.find(({ role }) => role === "roster")?.before;

const follows = (change: bindings.ChangeRow, volunteer: VolunteerId, outcome: Outcome): Effect[] => {
  const platform = leftBy(change);
  if (outcome === "asked") return [{ kind: "message", about: "consent", volunteer }];
  return outcome === "carried" && platform ? [{ kind: "roster-leave", volunteer, platform }] : [];
};

/** Notes how far it came, with all that follows; nothing where another worker has noted it. Says whether to go on. */
export const noteBatch = (
  deps: Deps,
  { change, people }: Batch,
  outcomes: ReadonlyMap<VolunteerId, Outcome>,
): Promise<void> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const row = await bindings.lockChange(tx, change.id);
    if (row?.carryState !== "running" || row.carryCursor !== change.carryCursor) return;
    const count = (wanted: Outcome) => [...outcomes.values()].filter((each) => each === wanted).length;
    const noted = await bindings.setChange(tx, change.id, {
      ...(people.length === 0 ? { carryState: "done" } : { carryCursor: people.at(-1) }),
      // Whoever has come or gone since it began was never counted.
      total: Math.max(row.total, row.done + people.length),
      done: row.done + people.length,
      carried: row.carried + count("carried"),
      asked: row.asked + count("asked"),
      refused: row.refused + count("refused"),
    });
    await outbox.enqueue(
      tx,
      [...outcomes].flatMap(([volunteer, outcome]) => follows(change, volunteer, outcome)),
      now,
    );
    if (people.length > 0) return;
    const { region, total, carried, asked, refused } = noted;
    const facts = { total, carried, asked, refused };
    const line = { at: now, region, actor: "gateway", event: "binding.carried-over", subject: change.id };
    await audit.note(tx, { ...line, facts });
  });

const isBusy = async (tx: Db, volunteer: VolunteerId, platform: PlatformName): Promise<boolean> => {
  const asked = await invitations.liveOfVolunteer(tx, volunteer);
  const booking = await bookings.liveOfVolunteer(tx, volunteer);
  return asked?.platform === platform || booking?.platform === platform;
};

/** What is to happen with somebody's place on a list that is not theirs any more. */
export type Leaving = { state: "stays" | "busy" | "unconfirmed" } | { state: "leaves"; names: ExternalId[] };

/**
 * Whether somebody may be taken off a list now, and under which names. Notes that these are history before the platform
 * is told: what it says of them from then on is not their leaving.
 */
export const leaving = (deps: Deps, volunteer: VolunteerId, platform: PlatformName): Promise<Leaving> =>
  transact(deps, async (tx) => {
    const row = await volunteers.lock(tx, volunteer);
    if (!row || row.state === "withdrawn" || row.state === "closed") return { state: "stays" };
    const lists = await listsOf(tx, row, deps.now());
    const isTheirs = lists.stays.includes(platform) || lists.withheld.length > 0;
    if (isTheirs && lists.isShared) return { state: "stays" };
    if (await isBusy(tx, volunteer, platform)) return { state: "busy" };
    const names = await platforms.identitiesOf(tx, volunteer);
    const isOn = (list: PlatformName) =>
      names.some((each) => each.platform === list && each.endedAt === null);
    if (!lists.rosters.every(isOn)) return { state: "unconfirmed" };
    await platforms.endIdentities(tx, { volunteer, platform, at: deps.now() });
    const ended = names.filter((each) => each.platform === platform);
    return { state: "leaves", names: ended.map(({ externalId }) => externalId) };
  });

/** A change may have been undone while the platform was told: then the person is written there again. */
export const afterLeaving = (deps: Deps, volunteer: VolunteerId, platform: PlatformName): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await volunteers.byId(tx, volunteer);
    const lists = row && (await listsOf(tx, row, deps.now()));
    if (lists?.rosters.includes(platform))
      await outbox.enqueue(tx, [{ kind: "roster-put", volunteer }], deps.now());
  });
