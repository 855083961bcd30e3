import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import simulator from "../../adapters/doctena/simulator.ts";
import { runPlatform } from "../../adapters/kit/platform.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { centresOf } from "../../gateway/sandbox/bound-centres.ts";
import { openPostOffice } from "../../gateway/sandbox/post-office.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { instant, PlatformName } from "../../schema/primitives.ts";
import { always } from "../../schema/volunteer.ts";
import type { TestDatabase } from "../support/postgres.ts";
import type { Workers } from "./workers.ts";

/* For killed.test.ts: what lies around gateways that are killed, who calls them, and who kills them. */

const belgium = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
const ring = (fill: number) => [{ version: 1, key: Buffer.alloc(32, fill) }];
export const vault = createVault({ sealing: ring(1), digest: ring(2) });
export const key = "f".repeat(64);
const now = () => instant(Date.now());

/** Where the gateways find everything. */
export type Surroundings = {
  databaseUrl: string;
  mail: { host: string; port: number };
  platform: string;
  port: number;
};

/** A mail server and Brussels' booking platform. */
export const openSurroundings = async () => {
  const world = { now, sleep, random: () => 0.5, deliver: async () => undefined };
  const centres = centresOf(loadFederation(belgium), PlatformName.parse("doctena"));
  const platform = await runPlatform({ simulator, world: { ...world, centres } });
  const postOffice = await openPostOffice({ now, sleep });
  const close = async () => {
    await Promise.all([platform.close(), postOffice.close()]);
  };
  return { platform, postOffice, close };
};

export const someone = (nth: number) => ({
  ...{ givenName: "An", familyName: `Peeters ${nth}`, birthDate: `19${40 + (nth % 40)}-03-15` },
  ...{ region: "brussels", postcode: "1000", language: "nl", availability: always },
  ...{ centres: [nth % 2 ? "pacheco" : "heysel"], contact: { email: `p${nth}@example.org` } },
  consent: { textVersion: "2021-04", given: true },
});

const Body = z.record(z.string(), z.unknown());
type Asked = { path: string; bearer?: string; json?: unknown; idempotencyKey?: string };

/** A client as people are: it asks again, with the same key, until somebody answers for good. */
export const createPatient = (url: string) => {
  let repeats = 0;
  const once = ({ path, bearer, json, idempotencyKey }: Asked) =>
    fetch(url + path, {
      method: "POST",
      body: JSON.stringify(json ?? {}),
      headers: {
        "content-type": "application/json",
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(idempotencyKey ? { "idempotency-key": `"${idempotencyKey}"` } : {}),
      },
      signal: AbortSignal.timeout(15_000),
    });
  const post = async (asked: Asked): Promise<{ status: number; body: Record<string, unknown> }> => {
    for (;;) {
      try {
        const reply = await once(asked);
        const body = Body.parse(await reply.json());
        // A repeat that comes while the first is still under way is told to come back.
        if (reply.status < 500 && body.code !== "idempotency_in_flight")
          return { status: reply.status, body };
      } catch {
        // Whoever had it is dead, and what became of it is not known.
      }
      repeats += 1;
      await sleep(100);
    }
  };
  return { post, repeats: () => repeats };
};

/** Whenever all three live, kills one or two of them at a random moment; at most so many. */
export const createReaper = (
  { pids }: Workers,
  { sql, chance, most }: { sql: TestDatabase["sql"]; chance(): number; most: number },
) => {
  let over = false;
  let killed = 0;
  const strike = (pids: number[]) => {
    for (const pid of pids) process.kill(pid, "SIGKILL");
    killed += pids.length;
  };
  const living = async () =>
    (await sql`select from replicas where seen_at > clock_timestamp() - interval '3 seconds'`).length;
  const reap = async () => {
    while (!over && killed < most) {
      // Long enough for the dead not to be taken for living.
      await sleep(3_000 + chance() * 1_000);
      const all = pids();
      if (over || all.length < 3 || (await living()) < 3) continue;
      strike(all.toSorted(() => chance() - 0.5).slice(0, chance() < 0.5 ? 1 : 2));
    }
  };
  const reaping = reap();
  return {
    killed: () => killed,
    /** One more, now. */
    strike: () => strike(pids().slice(0, 1)),
    stop: async () => {
      over = true;
      await reaping;
    },
  };
};
