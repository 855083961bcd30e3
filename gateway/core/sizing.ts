import { type Instant, plusMinutes } from "../../schema/primitives.ts";
import { type Belief, type Mood, moodOf } from "./belief.ts";
import { minutesBetween } from "./hours.ts";
import { answeredWithin, stillComing } from "./response.ts";
import { shortfall } from "./shortfall.ts";

/** What the evening's count of yeses needs of an invitation. */
export type Heard = {
  /** How likely a yes was thought when the person was asked. */
  chance: number;
  takenAt?: Instant;
  /** When they said yes, whatever became of it. */
  yesAt?: Instant;
  /** When the question was taken back: no answer could come afterwards. */
  askedUntil?: Instant;
  /** Whether a yes may still come: asked, and silent so far, within the window or after it. */
  maySayYes: boolean;
};

/**
 * How likely a shortfall may be left standing, by the minutes in which more can still be asked. With hours left,
 * whoever is not asked now can be asked later, knowing more, and a message saved is worth more than certainty; at the
 * end nothing can be mended. `docs/every-dose.md` shows the search that found these figures.
 */
export type Patience = { end: number; far: number; tau: number };
export const patience: Patience = { end: 0.002, far: 0.8, tau: 90 };

export const tolerated = ({ end, far, tau }: Patience, minutesLeft: number): number =>
  far - (far - end) * Math.exp(-Math.max(0, minutesLeft) / tau);

/**
 * Until when a wave is heard before the next is sent, unless a dose has nobody left to claim it: a ninth of the time
 * that was left, ten minutes at the most. What few minutes of silence mean is not known: people read at other speeds
 * than the curve has it, and a platform tells of answers only when it is asked.
 */
export const heardUntil = ({ askedAt, end }: { askedAt: Instant; end: Instant }): Instant =>
  plusMinutes(askedAt, Math.min(10, Math.max(0, minutesBetween(askedAt, end)) / 9));

type Outlook = { mood: Mood; mean: number; variance: number };

/** How many of those asked may still say yes in the time left, and how this evening answers so far. */
export const outlook = (
  asked: readonly Heard[],
  { belief, now, minutesLeft }: { belief: Belief; now: Instant; minutesLeft: number },
): Outlook => {
  let [yes, expected] = [0, 0];
  for (const each of asked) {
    if (each.yesAt) yes += 1;
    if (!each.takenAt) continue;
    const heardFor = minutesBetween(each.takenAt, each.askedUntil ?? now);
    expected += each.chance * answeredWithin(belief.curve, heardFor);
  }
  const mood = moodOf(belief, { yes, expected });
  let [mean, variance] = [0, 0];
  for (const each of asked) {
    if (!each.maySayYes) continue;
    const minutes = each.takenAt ? minutesBetween(each.takenAt, now) : 0;
    const chance = Math.min(0.95, each.chance * mood.factor);
    const coming = stillComing(belief.curve, { chance, minutes }, minutesLeft);
    mean += coming;
    variance += coming * (1 - coming);
  }
  return { mood, mean, variance };
};

/**
 * How many people more must be asked, the first of `chances` first, so that a shortfall of yeses becomes no likelier
 * than tolerated; all of them where that is not enough.
 */
export const moreToAsk = (
  chances: readonly number[],
  {
    wanted,
    coming: { mood, ...coming },
    belief,
    minutesLeft,
    tolerance,
  }: { wanted: number; coming: Outlook; belief: Belief; minutesLeft: number; tolerance: number },
): number => {
  const answers = answeredWithin(belief.curve, minutesLeft);
  let { mean, variance } = coming;
  const isEnough = () =>
    shortfall(wanted, { mean, variance: variance + mean * mean * mood.variance }) <= tolerance;
  let count = 0;
  while (count < chances.length && !isEnough()) {
    const more = Math.min(0.95, (chances[count] ?? 0) * mood.factor) * answers;
    mean += more;
    variance += more * (1 - more);
    count += 1;
  }
  return count;
};
