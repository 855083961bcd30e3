import { once } from "node:events";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import * as fc from "fast-check";
import { Pool } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Asked, asking } from "./asking.ts";
import { type Endpoint, endpoints } from "./document.ts";
import { faultsIn, staysAt, watchWrites } from "./whole.ts";
import { freshTokens, knownIn, openWorld, type World } from "./world.ts";

/*
 * Every endpoint of the API document is sent what no client means: none fails for a reason that nobody foresaw, none
 * takes a second, and nothing is half written. The same seed sends the same again: FUZZ_SEED=7 FUZZ_RUNS=1000.
 */

const seed = Number(process.env.FUZZ_SEED ?? 20210518);
const hostile = Number(process.env.FUZZ_RUNS ?? 200);
const fit = 20;
const longestMs = 1_000;
/** Whoever has not been answered by then hangs. */
const patienceMs = 5_000;

let world: World;
let pool: Pool;
let written: () => Promise<string[]>;
beforeAll(async () => {
  world = await openWorld();
  pool = new Pool(world.url, { connections: 2, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  written = await watchWrites(world.scene);
});
afterAll(async () => {
  await pool.destroy();
  await world.close();
});

type Told = { status: number; text: string; ms: number };

const firstMs = 500;
/** A stream that never ends is left once it has told something, and so has written of whom; or has nothing to tell. */
const leave = async (body: Readable) => {
  body.on("error", () => undefined);
  await Promise.race([once(body, "data"), pause(firstMs)]);
  body.destroy();
};

const send = async ({ method, path, headers, body }: Asked): Promise<Told> => {
  const began = performance.now();
  const reply = await pool.request({ method: method as "GET", path, headers, body });
  const endless = reply.headers["content-type"] === "text/event-stream";
  const ms = performance.now() - began;
  if (endless) await leave(reply.body);
  const text = endless ? "" : await reply.body.text();
  return { status: reply.statusCode, text, ms: endless ? ms : performance.now() - began };
};

const shown = ({ method, path, headers, body }: Asked): string =>
  `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${String(body ?? "").slice(0, 600)}`;

/** A machine may be busy with something else: only what is slow each time is slow. */
const isSlowAgain = async (asked: Asked): Promise<boolean> => {
  for (let times = 0; times < 3; times += 1) if ((await send(asked)).ms <= longestMs) return false;
  return true;
};

/** What is wrong with how a request was answered. */
const faultOf = async (asked: Asked): Promise<string | undefined> => {
  const told = await send(asked);
  if (told.status >= 500) return `${told.status} ${told.text.slice(0, 300)}`;
  if (told.ms > longestMs && (await isSlowAgain(asked))) return `took ${Math.round(told.ms)} ms`;
  const may = staysAt[asked.path.split("?")[0] ?? ""] ?? [];
  const left = (await written()).filter((table) => !may.includes(table));
  if (told.status >= 400 && left.length > 0) return `${told.status}, and yet wrote in ${left.join(", ")}`;
  if (told.status >= 400 && !told.text.includes('"urn:problem-type:everydose:'))
    return `${told.status} without a problem: ${told.text.slice(0, 200)}`;
  return undefined;
};

const roles = ["operator", "operator", "lead", "lead", "agency", "staff", "reporting", "platform", "auditor"];
const keys = roles.map((role) => `key-${role}`);

const casesOf = async (endpoint: Endpoint): Promise<Asked[]> => {
  const given = { known: await knownIn(world), tokens: await freshTokens(world), keys };
  await written();
  const drawn = (isHostile: boolean, numRuns: number) =>
    fc.sample(asking(endpoint, given, { hostile: isHostile }), {
      ...{ seed: seed + endpoints.indexOf(endpoint), numRuns },
    });
  return [...drawn(true, hostile), ...drawn(false, fit)];
};

test.each(endpoints)("$method $path", async (endpoint) => {
  const faults: string[] = [];
  for (const asked of await casesOf(endpoint)) {
    const fault = await faultOf(asked).catch((error: unknown) => `no answer: ${String(error)}`);
    if (fault !== undefined) faults.push(`${fault}\n  ${shown(asked)}`);
    if (faults.length >= 3) break;
  }
  faults.push(...(await faultsIn(world.scene)));
  expect(faults, `FUZZ_SEED=${seed}`).toEqual([]);
});
