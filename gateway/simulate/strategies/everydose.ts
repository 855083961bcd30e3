import {
  type BookingId,
  type InvitationId,
  instant,
  millis,
  type SurplusId,
  type VolunteerId,
} from "../../../schema/primitives.ts";
import type { Effect } from "../../../schema/surplus.ts";
import type { BookingRow } from "../../store/bookings.ts";
import type { InvitationRow } from "../../store/invitations.ts";
import { createClock } from "../clock.ts";
import { type Evening, graceMinutes, type Left, minutesAfter } from "../evening.ts";
import type { Outcome, Question } from "../outcome.ts";
import type { Person } from "../people.ts";
import type { Stage } from "../stage.ts";

/** Who says what to the engine: the world outside of it, as the people's fates have it. */
type Play = {
  evening: Evening;
  stage: Stage;
  clock: ReturnType<typeof createClock>;
  who: Map<VolunteerId, Person>;
  surpluses: Map<SurplusId, Left>;
  /** Looks that are planned, so that one moment has one. */
  wakes: Set<string>;
  /** Yeses that the engine refused, and when they came. */
  refused: Map<InvitationId, number>;
  /** People who came and found no dose. */
  foundNone: Set<BookingId>;
};

const nowIn = ({ clock }: Play) => instant(clock.now());

/** Does one thing, and plans what follows from it. */
const act = async (play: Play, work: () => Promise<unknown>): Promise<void> => {
  await work();
  for (const effect of await play.stage.effects(nowIn(play))) await follow(play, effect);
};

const plan = (play: Play, at: number, work: () => Promise<unknown>) =>
  play.clock.plan(at, () => act(play, work));

const answer = async (play: Play, id: InvitationId, said: "yes" | "no") => {
  const refused = await play.stage.answer(id, { answer: said, at: nowIn(play) });
  if (refused && said === "yes") play.refused.set(id, play.clock.now());
};

/** flows/carry.ts, invitationToSend: nothing stale leaves; what leaves arrives or is refused by the channel. */
const deliver = async (play: Play, id: InvitationId, person: Person) => {
  const now = nowIn(play);
  const row = await play.stage.invitation(id);
  if (row?.state !== "decided" || row.leaveBy <= now) return;
  const { fate } = person;
  if (!fate.isReached)
    return play.stage.tell(id, { kind: "undeliverable", at: now, cause: "channel-refused" });
  await play.stage.tell(id, { kind: "taken", at: now });
  const said = fate.answer;
  if (said === "silence") return;
  plan(play, minutesAfter(play.clock.now(), fate.minutes), () => answer(play, id, said));
};

const invite = async (play: Play, id: InvitationId) => {
  const row = await play.stage.invitation(id);
  const person = row && play.who.get(row.volunteer);
  if (person) plan(play, minutesAfter(play.clock.now(), person.fate.delay), () => deliver(play, id, person));
};

const expect = async (play: Play, id: BookingId) => {
  const row = await play.stage.booking(id);
  const person = row?.volunteer && play.who.get(row.volunteer);
  if (!row || !person) return;
  const at = millis(row.at);
  if (!person.fate.comes)
    return plan(play, minutesAfter(at, graceMinutes), () => play.stage.miss(id, nowIn(play)));
  plan(play, at, async () => {
    if (!(await play.stage.attend(id, nowIn(play)))) play.foundNone.add(id);
  });
};

const wake = (play: Play, { surplus, at }: Extract<Effect, { kind: "wake" }>) => {
  const moment = Math.max(millis(at), play.clock.now());
  const key = `${surplus} ${moment}`;
  if (play.wakes.has(key)) return;
  play.wakes.add(key);
  plan(play, moment, () => {
    play.wakes.delete(key);
    return play.stage.settle(surplus, nowIn(play));
  });
};

const follow = async (play: Play, effect: Effect): Promise<void> => {
  if (effect.kind === "wake") wake(play, effect);
  if (effect.kind === "invite") await invite(play, effect.invitation);
  if (effect.kind === "book") await expect(play, effect.booking);
};

const optional = (at: string | null | undefined) => (at ? Date.parse(at) : undefined);

const questionOf = (play: Play, row: InvitationRow, booking?: BookingRow): Question | undefined => {
  const [person, left] = [play.who.get(row.volunteer), play.surpluses.get(row.surplus)];
  if (!person || !left) return undefined;
  return {
    ...{ person, left, isStandby: row.kind === "standby" },
    askedAt: millis(row.decidedAt),
    windowEndsAt: optional(row.windowEndsAt),
    yesAt: optional(row.yesAt) ?? play.refused.get(row.id),
    promisedAt: optional(booking?.promisedAt),
    releasedAt: row.state === "released" ? optional(row.endedAt) : undefined,
    gotIt: booking?.state === "attended" && !play.foundNone.has(booking.id),
    foundNone: booking !== undefined && play.foundNone.has(booking.id),
  };
};

const outcomeOf = async (play: Play): Promise<Outcome> => {
  const { invitations, bookings } = await play.stage.rows();
  const booked = new Map(bookings.map((each) => [each.invitation, each]));
  return invitations.flatMap((row) => questionOf(play, row, booked.get(row.id)) ?? []);
};

/** Plays an evening through the gateway's own engine: its flows decide, and this is the world that they ask. */
export const everydose = async (evening: Evening, stage: Stage): Promise<Outcome> => {
  const start = Math.min(...evening.left.map(({ at }) => at));
  const play: Play = {
    ...{ evening, stage, clock: createClock(start), surpluses: new Map(), wakes: new Set() },
    who: new Map(evening.people.map((person) => [person.id, person])),
    ...{ refused: new Map(), foundNone: new Set() },
  };
  for (const left of evening.left)
    plan(play, left.at, async () => play.surpluses.set(await stage.announce(left, nowIn(play)), left));
  await play.clock.play();
  return outcomeOf(play);
};
