import { idIn, type Line, openLine, type Reply, registering } from "../intake/line.ts";
import { person } from "../intake/people.ts";
import { serveOrders } from "../station.ts";
import { comeBy } from "./curve.ts";
import { asksAgain, hangsUp, homeOf } from "./habits.ts";
import { type Spread, spreadOf } from "./spread.ts";

/*
 * Half a million people on one day, in less time. Each comes at their hour, whatever became of the others. Who is told
 * to come back does so when it was said, with the key of before; of a hundred, five hang up without waiting for the
 * answer and come back, ten ask the same once more, and ten register again from the beginning, with another key.
 */

export type Day = {
  url: string;
  people: number;
  seconds: number;
  /**
   * Connections that stay open, as those of a proxy do; whoever finds none free waits, and that counts as their wait.
   * Who hangs up has a connection of their own.
   */
  lines: number;
};
export type Told = {
  /** Of each person, by number: the registration that they were told of, and that of the second time. */
  ids: string[];
  again: Record<number, string>;
  /** Asked the same again, and were told of another registration than before. */
  contradicted: number;
  refused: number;
  unanswered: number;
  abandoned: number;
  requests: number;
  seconds: number;
  /** From when somebody came until they had their answer, with all that they were sent away for. */
  wait: Spread;
  /** Of one request that was answered with 201. */
  answer: Spread;
  /** Of one request that was refused. */
  refusal: Spread;
  mostUnderWay: number;
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const lostWaitMs = 1_000;

const playDay = async ({ url, people, seconds, lines }: Day): Promise<Told> => {
  const free = Array.from({ length: lines }, () => openLine(url));
  await Promise.all(free.map((line) => line.open()));
  const ids: string[] = [];
  const again: Told["again"] = {};
  const [waits, answers, refusals] = [[] as number[], [] as number[], [] as number[]];
  const counts = { contradicted: 0, refused: 0, unanswered: 0, abandoned: 0, requests: 0, mostUnderWay: 0 };
  let underWay = 0;
  const outside: ((line: Line) => void)[] = [];

  const withLine = async <Result>(work: (line: Line) => Promise<Result>): Promise<Result> => {
    const line = free.pop() ?? (await new Promise<Line>((handOn) => outside.push(handOn)));
    underWay += 1;
    counts.mostUnderWay = Math.max(counts.mostUnderWay, underWay);
    try {
      return await work(line);
    } finally {
      underWay -= 1;
      const next = outside.shift();
      if (next) next(line);
      else free.push(line);
    }
  };
  const send = (request: string): Promise<Reply> =>
    withLine(async (line) => {
      counts.requests += 1;
      const sent = performance.now();
      const reply = await line.ask(request);
      if (reply.status === 201) answers.push(performance.now() - sent);
      if (reply.status === 503) refusals.push(performance.now() - sent);
      return reply;
    });
  /** Asks until there is an answer, and comes back when it is told to. */
  const insist = async (request: () => string): Promise<string> => {
    for (;;) {
      const { status, head, body } = await send(request());
      if (status === 201) return idIn(body);
      if (status !== 503 && status !== 0) throw new Error(`answered ${status}: ${body}`);
      if (status === 503) counts.refused += 1;
      else counts.unanswered += 1;
      const wait = Number(/\r\nretry-after: (\d+)/i.exec(head)?.[1] ?? 0) * 1000;
      await pause((wait || lostWaitMs) + Math.random() * 500);
    }
  };
  const hangUp = async (request: string): Promise<void> => {
    counts.abandoned += 1;
    counts.requests += 1;
    const line = openLine(url);
    const told = line.ask(request);
    await pause(2 + Math.random() * 30);
    line.end();
    await told;
    await pause(Math.random() * 2_000);
  };
  const visitBy = async (nth: number, due: number): Promise<void> => {
    // Written anew each time: who waits to come back is heavy otherwise, and there are a hundred thousand of them.
    const request = (key: string) => () =>
      registering(url, { key: `"${key}"`, person: person(nth, homeOf(nth)) });
    if (hangsUp(nth)) await hangUp(request(`day-${nth}`)());
    ids[nth] = await insist(request(`day-${nth}`));
    waits.push(performance.now() - due);
    const how = asksAgain(nth);
    if (how === undefined) return;
    await pause(Math.random() * 5_000);
    if (how === "other key") again[nth] = await insist(request(`day-${nth}-again`));
    else if ((await insist(request(`day-${nth}`))) !== ids[nth]) counts.contradicted += 1;
  };

  const began = performance.now();
  const visits = new Set<Promise<void>>();
  let next = 0;
  let failed: unknown;
  while (next < people && failed === undefined) {
    const passed = (performance.now() - began) / 1000;
    for (const due = Math.floor(comeBy(passed / seconds) * people); next < due; next += 1) {
      const visit: Promise<void> = visitBy(next, performance.now())
        .catch((error: unknown) => {
          failed = error;
        })
        .finally(() => visits.delete(visit));
      visits.add(visit);
    }
    await pause(2);
  }
  await Promise.all(visits);
  if (failed !== undefined) throw failed;
  for (const line of free) line.end();
  return {
    ...{ ids, again, ...counts, seconds: (performance.now() - began) / 1000 },
    ...{ wait: spreadOf(waits), answer: spreadOf(answers), refusal: spreadOf(refusals) },
  };
};

serveOrders<Day, Told>("ready", playDay);
