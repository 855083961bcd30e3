import { randomUUID } from "node:crypto";
import { afterEach, expect } from "vitest";
import adapter from "../../adapters/doctena/adapter.ts";
import type { State } from "../../adapters/doctena/simulator/state.ts";
import simulator from "../../adapters/doctena/simulator.ts";
import { createClock } from "../../adapters/kit/clock.ts";
import { createContext } from "../../adapters/kit/context.ts";
import { createContract } from "../../adapters/kit/contract.ts";
import { readDocument } from "../../adapters/kit/document.ts";
import { guest } from "../../adapters/kit/people.ts";
import { runPlatform } from "../../adapters/kit/platform.ts";
import type { Delivery } from "../../adapters/kit/simulator.ts";
import type { BookingRequest, Sourced } from "../../schema/adapter.ts";
import { type BookingId, type CentreId, type Instant, instant, millis } from "../../schema/primitives.ts";

export const evening = "2021-05-18T16:00:00.000Z" as Instant;
export const heysel = "brussels-heysel" as CentreId;
export const schaerbeek = "schaerbeek" as CentreId;

/** A request for the nth person, at 19:00 on the wall unless said otherwise. */
export const request = (nth = 1, change: Partial<BookingRequest> = {}): BookingRequest => ({
  booking: randomUUID() as BookingId,
  centre: heysel,
  at: "2021-05-18T17:00:00.000Z" as Instant,
  vaccine: "pfizer",
  guest: guest(nth, heysel),
  ...change,
});

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** The adapter and the simulator on one clock that only the test moves, with a judge between them. */
export const openDoctena = async (start: Instant = evening) => {
  const clock = createClock(start);
  const pass = (minutes: number) => clock.set(instant(millis(clock.now()) + minutes * 60_000));
  const delivered: Delivery[] = [];
  const deliver = async (delivery: Delivery) => void delivered.push(delivery);
  let drawn = 0;
  const random = () => {
    drawn += 1;
    return (drawn * 0.618_033_988_75) % 1;
  };
  const world = { ...clock, random, centres: [heysel, schaerbeek], deliver };
  const document = await readDocument("doctena");
  if (!document) throw new Error("Doctena has no API document");
  const judge = createContract(document).judge();
  const asked: string[] = [];
  const platform = await runPlatform<State>({
    simulator,
    world,
    judge: {
      ...judge,
      middleware: (c, next) => {
        asked.push(`${c.req.method} ${c.req.path}`);
        return judge.middleware(c, next);
      },
    },
  });
  const ctx = createContext({ ...clock, log: { info: () => undefined, warn: () => undefined } });
  opened.push(async () => {
    await ctx.close();
    await platform.close();
    expect(judge.violations).toEqual([]);
  });
  const connect = (url = platform.url, change = {}) =>
    adapter.connect(adapter.options.parse({ ...simulator.options(url), ...change }), ctx);
  return { ...platform, ports: connect(), connect, world, clock, pass, asked, delivered };
};
export type Scene = Awaited<ReturnType<typeof openDoctena>>;

/** Everything up to the page that says that nothing follows, and where to go on from there. */
export const pullOn = async ({ ports }: Scene, from?: string) => {
  const records: Sourced<{ externalId?: string; state: string }>[] = [];
  let page = await ports.roster.pull({ cursor: from });
  records.push(...page.records);
  while (!page.complete) {
    page = await ports.roster.pull({ cursor: page.next });
    records.push(...page.records);
  }
  return { ids: records.map(({ value }) => value.externalId), records, next: page.next };
};

export const signal = () => new AbortController().signal;
