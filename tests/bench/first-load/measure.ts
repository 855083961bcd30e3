import { setTimeout as pause } from "node:timers/promises";
import { request } from "undici";
import type { PlatformState, Reading } from "../../../schema/platform.ts";
import { round, shares } from "../figures.ts";
import { start } from "../station.ts";
import type { GatewayGiven, GatewayOrder, GatewayReady, Usage } from "./gateway.ts";
import type { ListOrder } from "./list.ts";

/*
 * The first load of a long list: list and gateway each in a process of its own, over HTTP, with a real store, while
 * somebody asks the gateway how its platforms are ten times a second.
 */

export type Figures = {
  people: number;
  volunteers: number;
  seconds: number;
  perSecond: number;
  idleMb: number;
  peakMb: number;
  aboveIdleMb: number;
  /** Of an answer of the API while the list was read, and how many were asked. */
  p50Ms: number;
  p99Ms: number;
  answers: number;
  cpuMsPerPerson: number;
};

const file = (name: string) => new URL(name, import.meta.url);
const centres = ["charleroi", "mons", "namur"];

type Asked = { took: number; reading?: Reading };

const asker =
  ({ url, key }: GatewayReady) =>
  async (): Promise<Asked> => {
    const sent = performance.now();
    const { body } = await request(`${url}/v1/platforms`, { headers: { authorization: `Bearer ${key}` } });
    const { items } = (await body.json()) as { items: PlatformState[] };
    return { took: performance.now() - sent, reading: items[0]?.reading };
  };

/** As one that has run for a while: what is compiled, is compiled. */
const warmUp = async (ask: () => Promise<Asked>) => {
  for (let nth = 0; nth < 50; nth += 1) await ask();
  await pause(1_000);
};

const follow = async (ask: () => Promise<Asked>, tell?: (reading: Reading) => void) => {
  const took: number[] = [];
  let said = -1;
  for (;;) {
    const next = pause(100);
    const asked = await ask();
    took.push(asked.took);
    const { reading } = asked;
    if (reading?.endedAt) return took;
    if (reading?.perSecond !== undefined && reading.done - said >= reading.perSecond * 5) {
      said = reading.done;
      tell?.(reading);
    }
    await next;
  }
};

const figuresOf = (
  people: number,
  { idle, end, took, ms }: { idle: Usage; end: Usage; took: number[]; ms: number },
): Figures => {
  const at = shares(took);
  return {
    ...{ people, volunteers: end.volunteers },
    ...{ seconds: round(ms / 1000), perSecond: Math.round((people / ms) * 1000) },
    ...{ idleMb: round(idle.rssMb), peakMb: round(end.peakMb), aboveIdleMb: round(end.peakMb - idle.rssMb) },
    ...{ p50Ms: round(at(0.5)), p99Ms: round(at(0.99)), answers: took.length },
    cpuMsPerPerson: round((end.cpuMs - idle.cpuMs) / people),
  };
};

/** Reads a list of so many people in, and measures it. `databaseUrl`: an empty database; PGlite without one. */
export const measureFirstLoad = async (
  { people, databaseUrl, execArgv = [] }: { people: number; databaseUrl?: string; execArgv?: string[] },
  tell?: (reading: Reading) => void,
): Promise<Figures> => {
  const list = await start<string, ListOrder, string>(file("list.ts"), { people, centres });
  const given: GatewayGiven = { list: list.ready, databaseUrl };
  const gateway = await start<GatewayReady, GatewayOrder, Usage>(file("gateway.ts"), given, execArgv);
  try {
    const ask = asker(gateway.ready);
    await warmUp(ask);
    const idle = await gateway.tell({});
    const began = performance.now();
    await gateway.tell({ begin: true });
    const took = await follow(ask, tell);
    const ms = performance.now() - began;
    return figuresOf(people, { idle, end: await gateway.tell({}), took, ms });
  } finally {
    await gateway.close();
    await list.close();
  }
};
