import { type Evening, type Left, minutesAfter } from "../evening.ts";
import type { Outcome } from "../outcome.ts";
import { createAsking } from "./asking.ts";

const messages = 3;
const halfHour = 30;

/**
 * Three messages for each dose; whoever says yes first has it. After half an hour, three more for each dose that is
 * still free: the "Impfbrücke" of Duisburg in 2021.
 *
 * - Three people for each dose, and the first yes gets it: General-Anzeiger, March 2021,
 *   ga.de/region/sieg-und-rhein/siegburg/uebrig-gebliebene-impfdosen-rhein-sieg-kreis-will-impfbruecke-nicht-einsetzen_aid-56578511
 * - Half an hour to answer: bild.de, March 2021, duisburg-verschickt-impf-termine-per-sms-75706870.bild.html
 *
 * There the three were drawn by lot; here they are the next in order, as for every strategy. A late yes still counts
 * while a dose is free.
 */
export const triple = (evening: Evening): Promise<Outcome> => {
  const asking = createAsking(evening);

  const round = (left: Left, doses: number) => {
    if (!asking.mayAsk(left)) return;
    for (let count = 0; count < messages * doses; count += 1) asking.ask(left, halfHour);
  };
  const rounds = (left: Left) => {
    round(left, asking.freeOf(left));
    if (asking.mayAsk(left))
      asking.clock.plan(minutesAfter(asking.clock.now(), halfHour), () => rounds(left));
  };
  return asking.play(rounds, { yes: asking.promise, missed: (left) => round(left, 1) });
};
