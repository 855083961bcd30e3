import { Agent, get } from "node:http";
import { loadavg } from "node:os";
import postgres from "postgres";
import { key, openGateway, type openStore } from "../intake/store.ts";
import { start } from "../station.ts";
import type { Day, Told } from "./crowd.ts";
import { asksAgain } from "./habits.ts";
import { type Spread, spreadOf } from "./spread.ts";

/* The day, the database afterwards, and what staff noticed of it. */

export type Given = { people: number; seconds: number; lines: number; works?: boolean; waiting?: number };

/** In milliseconds: whoever gets no answer for so long has got none. */
const patienceMs = 30_000;

type Question = { path: string; agent: false | Agent; headers?: Record<string, string> };
/** 0: no answer. */
const statusOf = (url: string, { path, agent, headers }: Question): Promise<number> =>
  new Promise((resolve) => {
    const signal = AbortSignal.timeout(patienceMs);
    get(url + path, { headers, agent, signal }, (reply) => {
      reply.on("end", () => resolve(reply.statusCode ?? 0)).resume();
    }).on("error", () => resolve(0));
  });

/**
 * Staff ask all the while on a line that stays open, and a load balancer on a new one each time; somebody opens the form,
 * and somebody else their invitation.
 */
const watch = (url: string) => {
  const took = {
    health: [] as number[],
    staff: [] as number[],
    form: [] as number[],
    answer: [] as number[],
  };
  const open = new Agent({ keepAlive: true });
  let failed = 0;
  let isOver = false;
  const ask = async (name: keyof typeof took, question: Question) => {
    const sent = performance.now();
    const status = await statusOf(url, question);
    took[name].push(performance.now() - sent);
    if (status !== 200) failed += 1;
  };
  const watching = (async () => {
    while (!isOver) {
      await Promise.all([
        ask("health", { path: "/health", agent: false }),
        ask("staff", {
          ...{ path: "/v1/surpluses", agent: open },
          headers: { authorization: `Bearer ${key}` },
        }),
        ask("form", { path: "/register?lang=fr&postcode=6000", agent: false }),
        ask("answer", { path: "/answer?lang=nl", agent: false }),
      ]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  return async (): Promise<Record<keyof typeof took, Spread> & { failed: number }> => {
    isOver = true;
    await watching;
    open.destroy();
    const [health, staff] = [spreadOf(took.health), spreadOf(took.staff)];
    return { health, staff, form: spreadOf(took.form), answer: spreadOf(took.answer), failed };
  };
};

/** In megabytes, twice a second. */
const weigh = (ask: () => Promise<number>) => {
  const seen: number[] = [];
  let isOver = false;
  const weighing = (async () => {
    while (!isOver) {
      seen.push(await ask());
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  return async () => {
    isOver = true;
    await weighing;
    const at = (share: number) => Math.round(seen[Math.floor((seen.length - 1) * share)] ?? Number.NaN);
    return {
      start: at(0),
      quarter: at(0.25),
      half: at(0.5),
      end: at(1),
      peak: Math.round(Math.max(...seen)),
    };
  };
};

/** What is written, beside what people were told. All but `people` and `repeats` should be 0. */
const compare = async (url: string, { ids, again }: Told) => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const second = Object.entries(again).map(([nth, id]) => ({ id, first: ids[Number(nth)] ?? "" }));
  const [row] = await sql`
    with told as (select * from unnest(${ids}::uuid[]) as t (id)),
      second as (select * from unnest(${second.map(({ id }) => id)}::uuid[], ${second.map(({ first }) => first)}::uuid[]) as t (id, first))
    select
      (select count(*)::int from volunteers where repeat_of is null) as people,
      (select count(*)::int from volunteers where repeat_of is not null) as repeats,
      (select count(*)::int from (select id from told group by id having count(*) > 1) t) as twice,
      (select count(*)::int from told where not exists
        (select from volunteers v join tokens t on t.volunteer = v.id where v.id = told.id and v.repeat_of is null)) as lost,
      (select count(*)::int from second where not exists
        (select from volunteers v where v.id = second.id and v.repeat_of = second.first)) as strangers,
      (select count(*)::int from requests where status is null) as unfinished,
      (select count(distinct volunteer)::int from queue) as queued`;
  await sql.end();
  return row as Record<
    "people" | "repeats" | "twice" | "lost" | "strangers" | "unfinished" | "queued",
    number
  >;
};

export const playLaunchDay = async (
  store: Awaited<ReturnType<typeof openStore>>,
  { people, seconds, lines, works, waiting }: Given,
) => {
  const url = await store.database();
  const gateway = await openGateway({ where: { url }, works, waiting });
  const crowd = await start<string, Day, Told>(new URL("crowd.ts", import.meta.url), {});
  const at = gateway.ready.urls.gathers;
  const watched = watch(at);
  const weighed = weigh(() => gateway.tell({ memory: true }));
  const load = loadavg()[0];
  const told = await crowd.tell({ url: at, people, seconds, lines });
  const [staff, memoryMb] = [await watched(), await weighed()];
  const written = await compare(url, told);
  await Promise.all([gateway.close(), crowd.close()]);
  const expected = Array.from({ length: people }, (_, nth) => asksAgain(nth));
  const repeats = expected.filter((how) => how === "other key").length;
  const { lost, twice, strangers, unfinished } = written;
  /** Everybody who came is on the list and waits for a dose, once, and was told so; nobody else is. */
  const exactlyOnce =
    written.people === people &&
    written.queued === people &&
    written.repeats === repeats &&
    lost + twice + strangers + unfinished + told.contradicted === 0;
  return { told, written, staff, memoryMb, load, exactlyOnce };
};
