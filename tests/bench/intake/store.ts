import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { startServer } from "../../support/server.ts";
import { createDatabase } from "../databases.ts";
import { type Station, start } from "../station.ts";
import type { GatewayGiven, GatewayReady } from "./gateway.ts";
import type { Load, Measured } from "./load.ts";

/** A PostgreSQL of the benchmark's own, with its own settings for what is on the disk: it is killed in the middle. */
export const openStore = async () => {
  const server = await startServer({ durable: true });
  const database = async (): Promise<string> => (await createDatabase(server.url)).url;
  return { ...server, database };
};

export const key = randomBytes(24).toString("base64url");
const ring = () => randomBytes(32).toString("base64");
const rings = { sealing: ring(), digest: ring() };

export type GatewayStation = Station<object, number> & { ready: GatewayReady };
export const openGateway = (
  given: Pick<GatewayGiven, "where" | "works" | "waiting">,
  execArgv: string[] = [],
): Promise<GatewayStation> =>
  start<GatewayReady, object, number>(
    new URL("gateway.ts", import.meta.url),
    { ...given, ...rings, key } satisfies GatewayGiven,
    execArgv,
  );

export type LoadStation = Station<Load, Measured> & { ready: string };
export const openLoad = (run: string): Promise<LoadStation> =>
  start<string, Load, Measured>(new URL("load.ts", import.meta.url), { run });

/** Of these, those who have no registration, or nothing that opens it. */
const lostOf = async (url: string, acknowledged: readonly { id: string }[]): Promise<number> => {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  const ids = acknowledged.map(({ id }) => id);
  const [row] = await sql<{ lost: number }[]>`
    select count(*)::int as lost from unnest(${ids}::uuid[]) as told (id)
    where not exists (select from volunteers v join tokens t on t.volunteer = v.id where v.id = told.id)`;
  await sql.end();
  return row?.lost ?? Number.NaN;
};

/** Registers, ends gateway and database in the middle, starts both again, and counts who was answered and is gone. */
export const killInTheMiddle = async (
  store: Awaited<ReturnType<typeof openStore>>,
  { connections, seconds }: { connections: number; seconds: number },
) => {
  const url = await store.database();
  const where = { url };
  const gateway = await openGateway({ where });
  const load = await openLoad(randomBytes(4).toString("hex"));
  const told = load.tell({ url: gateway.ready.urls.gathers, from: 0, seconds, connections, names: true });
  await pause((seconds * 1000) / 2);
  await Promise.all([gateway.kill(), store.killAndStart()]);
  const { acknowledged, refused } = await told;
  const again = await openGateway({ where });
  const lost = await lostOf(url, acknowledged);
  return { url, load, gateway: again, acknowledged, refused, lost };
};
