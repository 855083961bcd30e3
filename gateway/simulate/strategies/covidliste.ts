import { answeredWithin, france2021 } from "../../core/response.ts";
import { type Evening, inMinutes, type Left, minutesAfter } from "../evening.ts";
import type { Outcome, Question } from "../outcome.ts";
import { createAsking } from "./asking.ts";

/** Of https://github.com/hostolab/covidliste, app/models/campaign.rb and app/jobs/run_campaign_v3_job.rb, May 2021. */
const overbooking = 20;
const slowAdjustment = 0.25;
const leastConversion = 0.002;
/** Minutes between two waves, and the most messages for a dose, as the rule is described: its own code has no cap. */
const wave = 10;
const mostMessages = 200;

/** How many yeses those so far announce: each stands for as many as the response curve says are still to come. */
const projected = (confirmed: readonly Question[], now: number): number =>
  confirmed.reduce(
    (sum, { askedAt }) => sum + 1 / Math.max(1e-3, answeredWithin(france2021, inMinutes(askedAt, now))),
    0,
  );

/** How many the next wave asks: of those that the yeses so far do not cover, a quarter, at the rate seen so far. */
const waveSize = (doses: number, { sent, expected }: { sent: number; expected: number }): number => {
  const conversion =
    sent === 0 ? 1 / (doses * overbooking) : Math.max(Math.min(expected, sent) / sent, leastConversion);
  const wanted = Math.floor(((doses - expected) / conversion) * slowAdjustment);
  return Math.max(0, Math.min(wanted, doses * mostMessages - sent));
};

/**
 * Covidliste's third algorithm: a wave every ten minutes, sized by the yeses so far and the response curve; the first
 * to click have the doses, and whoever clicks later is told that there are none. Nobody asks who stayed away. Its
 * first wave grows with the square of the doses, as its code has it; people are in the authority's order here, who
 * were the nearest and longest waiting there.
 */
export const covidliste = (evening: Evening): Promise<Outcome> => {
  const asking = createAsking(evening);
  const { clock } = asking;
  const confirmed = evening.left.map((): Question[] => []);
  const sent = evening.left.map(() => 0);

  const tick = (left: Left) => {
    const { index, doses } = left;
    const said = confirmed[index] ?? [];
    if (said.length >= doses || !asking.mayAsk(left)) return;
    const expected = projected(said, clock.now());
    const size = waveSize(doses, { sent: sent[index] ?? 0, expected });
    for (let count = 0; count < size; count += 1) {
      if (!asking.ask(left, inMinutes(clock.now(), left.deadline))) break;
      sent[index] = (sent[index] ?? 0) + 1;
    }
    clock.plan(minutesAfter(clock.now(), wave), () => tick(left));
  };

  return asking.play(tick, {
    yes: (question) => {
      const said = confirmed[question.left.index];
      if (said && said.length < question.left.doses && asking.promise(question)) said.push(question);
    },
  });
};
