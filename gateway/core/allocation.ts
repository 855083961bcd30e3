import { earliest, type Instant, type InvitationId, local, plusMinutes } from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import {
  type InvitationEvent,
  type InvitationKind,
  type InvitationState,
  liveStates,
} from "../../schema/surplus.ts";
import { type Belief, type Channel, chanceOf, hourOf } from "./belief.ts";
import type { Candidate } from "./eligibility.ts";
import { answersUntil, isQuiet, minutesBetween, nextMinute, windowLeft } from "./hours.ts";
import { type Rank, rankOf } from "./order.ts";
import { promotions, type Unpromised } from "./promotion.ts";
import { ageBandOf } from "./report.ts";
import { type Heard, heardUntil, moreToAsk, outlook, type Patience, patience, tolerated } from "./sizing.ts";

/** Somebody who was asked for these doses, whatever has come of it. */
export type Asked = Heard & {
  id: InvitationId;
  rank: Rank;
  kind: InvitationKind;
  state: InvitationState;
  askedAt: Instant;
  /** While `decided`: when a channel must have taken it. */
  leaveBy: Instant;
  /** While `open`: when their time to answer ends. */
  windowEndsAt?: Instant;
};

export type Situation = {
  surplus: {
    /** All doses that the centre has not taken back; what messages are budgeted by. */
    announced: number;
    /** Doses that are promised to nobody, held ones among them. */
    free: number;
    usableUntil: Instant;
  };
  invitations: readonly Asked[];
  /** People who may be called now, first in the authority's order first; as many as `appetite` says. */
  candidates: readonly Candidate[];
  /** By which the centre's people are asked. */
  channel: Channel;
  policy: PolicyRules;
  belief: Belief;
  now: Instant;
  patience?: Patience;
};

export type Asking = { candidate: Candidate; rank: Rank; chance: number; windowMinutes: number };

export type Decision = {
  /** Invitations whose yes becomes a promise now. */
  promote: InvitationId[];
  /** People for whom a dose is kept until their window ends, in order. */
  hold: Asking[];
  /** People asked whether they would come if a dose fell free, in order; they stand behind the holds. */
  standby: Asking[];
  /** Invitations that end now, and why. */
  release: { id: InvitationId; event: InvitationEvent }[];
  /** When this surplus must be looked at again, even if nothing is heard. */
  nextWakeAt: Instant;
};

/** A worker may look this much after the last moment, and what was said before it still counts. */
const slackMinutes = 2;

const ended = ({ state, windowEndsAt, leaveBy }: Asked, now: Instant): InvitationEvent | undefined => {
  if (state === "open" && windowEndsAt && windowEndsAt <= now) return { kind: "window-ended", at: now };
  if (state === "decided" && leaveBy <= now) return { kind: "undeliverable", at: now, cause: "too-late" };
  return undefined;
};

const asUnpromised = ({ id, rank, kind, state, yesAt, windowEndsAt }: Asked): Unpromised => ({
  ...{ id, rank, kind, isReady: state === "ready" },
  isLate: yesAt !== undefined && windowEndsAt !== undefined && yesAt > windowEndsAt,
});

/** What stands once all that is over has been ended and every yes that can be promised is. */
type Settled = Pick<Decision, "promote" | "release"> & { live: Asked[]; free: number; minutesLeft: number };

const settled = ({ surplus, invitations, policy, now }: Situation): Settled => {
  const end = answersUntil(policy, surplus.usableUntil);
  const minutesLeft = minutesBetween(now, end);
  const over = new Map(
    invitations.flatMap((each) => {
      const event = ended(each, now);
      return event ? [[each.id, event] as const] : [];
    }),
  );
  const unpromised = invitations.filter((each) => liveStates.includes(each.state) && !over.has(each.id));
  const isLate = minutesLeft < -slackMinutes;
  const { lastMinutes } = policy;
  const firstYes = lastMinutes.rule === "first-yes" && minutesLeft <= lastMinutes.minutes;
  const waiting = unpromised.map(asUnpromised);
  const promote = isLate
    ? promotions(
        waiting.filter(({ kind }) => kind === "hold"),
        { free: surplus.free, firstYes },
      )
    : promotions(waiting, { free: surplus.free, firstYes });
  const free = surplus.free - promote.length;
  const rest = unpromised.filter(({ id }) => !promote.includes(id));
  const unneeded = rest.filter(({ kind }) => kind === "standby" && (free === 0 || isLate));
  const release = [
    ...[...over].map(([id, event]) => ({ id, event })),
    ...unneeded.map(({ id }) => ({ id, event: { kind: "released" as const, at: now } })),
  ];
  return { promote, release, live: rest.filter((each) => !unneeded.includes(each)), free, minutesLeft };
};

/** A look is one transaction, and answers wait for it: the rest is asked at the next one. */
const mostAtOnce = 200;

const mayAsk = ({ surplus, invitations, policy, now }: Situation, { free }: Settled): number => {
  if (free === 0 || isQuiet(policy, now) || windowLeft(policy, surplus.usableUntil, now) === 0) return 0;
  const budget = policy.messagesPerDose * surplus.announced - invitations.length;
  return Math.min(mostAtOnce, Math.max(0, budget));
};

/** When the last wave has been heard; nothing where nobody was asked, or that moment is past. */
const heardBy = ({
  invitations,
  policy,
  surplus,
  now,
}: Omit<Situation, "candidates">): Instant | undefined => {
  const last = invitations.reduce(
    (latest, { askedAt }) => (askedAt > latest ? askedAt : latest),
    "" as Instant,
  );
  const until = last && heardUntil({ askedAt: last, end: answersUntil(policy, surplus.usableUntil) });
  return until && until > now ? until : undefined;
};

/** How many more to ask, of people with such chances; where a policy knows no standbys, one for each dose. */
const asksFor = (situation: Situation, standing: Settled, chances: readonly number[]): number => {
  const { policy, belief, now, invitations } = situation;
  const { free, live, minutesLeft } = standing;
  const unclaimed = Math.max(0, free - live.length);
  if (!policy.standby || heardBy(situation)) return Math.min(unclaimed, chances.length);
  const coming = outlook(invitations, { belief, now, minutesLeft });
  const tolerance = tolerated(situation.patience ?? patience, minutesLeft);
  const wanted = free - live.filter(({ state }) => state === "ready").length;
  return moreToAsk(chances, { wanted, coming, belief, minutesLeft, tolerance });
};

/** Nobody on a list is thought less likely to say yes than by this share of the average. */
const leastLikely = 0.5;
const alwaysRead = 5;

const averageTrait = (now: Instant, channel: Channel) =>
  ({ band: "45-54", hour: hourOf(local(now)[1]), channel }) as const;

/** How many candidates `decide` must be shown, for whatever their chances turn out to be. */
export const appetite = (situation: Omit<Situation, "candidates">): number => {
  const { belief, now, channel } = situation;
  const whole = { ...situation, candidates: [] };
  const standing = settled(whole);
  const most = mayAsk(whole, standing);
  const isClaimed = standing.free <= standing.live.length;
  if (most === 0 || (isClaimed && heardBy(situation))) return 0;
  const chance = leastLikely * chanceOf(belief, averageTrait(now, channel));
  const chances = Array.from({ length: most }, () => chance);
  return Math.min(most, alwaysRead + asksFor(whole, standing, chances));
};

const asking = (situation: Situation): Asking[] => {
  const { candidates, policy, belief, channel, now, surplus } = situation;
  const [day, time] = local(now);
  const windowMinutes = windowLeft(policy, surplus.usableUntil, now);
  return candidates.map((candidate) => {
    const trait = { band: ageBandOf(candidate.birthDate, day), hour: hourOf(time), channel };
    return {
      candidate,
      rank: rankOf(policy, candidate, day),
      chance: chanceOf(belief, trait),
      windowMinutes,
    };
  });
};

/** Whoever stands above somebody asked already is asked too, however many that is: nobody is passed over. */
const overtaken = (people: readonly Asking[], live: readonly Asked[]): number => {
  const last = live.reduce((least, { rank }) => (rank > least ? rank : least), "");
  return people.filter(({ rank }) => rank < last).length;
};

/**
 * What is to be done for one surplus now: whose time is over, whose yes is promised, who is not needed any more, and
 * who is asked next, in the authority's order: for as many as there are doses that nobody else can claim a dose is
 * held, the others stand by.
 */
export const decide = (situation: Situation): Decision => {
  const { surplus, policy, now } = situation;
  const standing = settled(situation);
  const people = asking(situation).slice(0, mayAsk(situation, standing));
  const chances = people.map(({ chance }) => chance);
  const passedOver = policy.standby ? overtaken(people, standing.live) : 0;
  const count = Math.max(asksFor(situation, standing, chances), passedOver);
  const asked = people.slice(0, count);
  const unclaimed = Math.max(0, standing.free - standing.live.length);
  const waits = standing.live.flatMap(({ state, windowEndsAt, leaveBy }) =>
    state === "open" && windowEndsAt ? [windowEndsAt] : state === "decided" ? [leaveBy] : [],
  );
  if (asked.length > 0) waits.push(plusMinutes(now, policy.leaveWithinMinutes));
  const end = answersUntil(policy, surplus.usableUntil);
  if (end > now) waits.push(end);
  if (standing.free > 0 && standing.minutesLeft > 0)
    waits.push((unclaimed === 0 && asked.length === 0 && heardBy(situation)) || nextMinute(now));
  return {
    promote: standing.promote,
    hold: asked.slice(0, unclaimed),
    standby: asked.slice(unclaimed),
    release: standing.release,
    nextWakeAt: earliest(surplus.usableUntil, ...waits),
  };
};
