import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { loadFederation } from "../../../gateway/config/federation.ts";
import { createGateway } from "../../../gateway/gateway.ts";
import { createNotifier } from "../../../gateway/notify/notifier.ts";
import { openDb } from "../../../gateway/store/db.ts";
import { createVault } from "../../../gateway/store/vault.ts";
import type { Log } from "../../../schema/adapter.ts";
import { instant, PlatformName } from "../../../schema/primitives.ts";
import { given, processorTime, serveOrders } from "../station.ts";

/* The whole gateway, with one platform whose list is long. */

export type GatewayGiven = { list: string; databaseUrl?: string };
export type GatewayReady = { url: string; key: string; platform: string };
/** `begin`: its worker starts, and with it the reading. Every order is answered with how the process is. */
export type GatewayOrder = { begin?: true };
export type Usage = { rssMb: number; peakMb: number; heapMb: number; cpuMs: number; volunteers: number };

const { list, databaseUrl } = given<GatewayGiven>();
const mebibyte = 1024 * 1024;
const rssNow = () => process.memoryUsage.rss() / mebibyte;
const now = () => instant(Date.now());
const ring = () => [{ version: 1, key: randomBytes(32) }];
const write = (facts: Record<string, unknown>, message: string) =>
  void process.stderr.write(`${JSON.stringify({ message, ...facts })}\n`);
const log: Log = { info: write, warn: write };
const key = randomBytes(24).toString("base64url");
const platform = PlatformName.parse("qvax");

const directory = await mkdtemp(join(tmpdir(), "everydose-bench-"));
const database = await openDb(databaseUrl ? { url: databaseUrl } : { directory }, log);
const notifier = createNotifier({ channels: [], now, log });
const federation = loadFederation(fileURLToPath(new URL("../../../gateway/belgium-2021", import.meta.url)));
const bindings = federation.bindings.filter((each) => each.role === "roster" && each.platform === platform);
const gateway = await createGateway({
  kind: "sandbox",
  ...{ database, notifier, now, sleep, log },
  federation: { ...federation, bindings },
  platforms: [
    {
      name: platform,
      adapter: "qvax",
      options: { baseUrl: list, apiKey: "bench-api-key" },
      // What is measured is the gateway, not an operator's agreement with a platform.
      limits: { requestsPerSecond: 10_000, burst: 10_000, atOnce: 200 },
    },
  ],
  vault: createVault({ sealing: ring(), digest: ring() }),
  keys: [{ key, caller: { label: "bench", role: "operator", regions: [], centres: [] } }],
  publicUrl: "https://dose.example.org",
});

let peakMb = rssNow();
setInterval(() => {
  peakMb = Math.max(peakMb, rssNow());
}, 50).unref();

const usage = async (): Promise<Usage> => {
  const [row] = await database.sql<{ count: number }[]>`select count(*)::int as count from volunteers`;
  const { heapUsed } = process.memoryUsage();
  const cpuMs = processorTime();
  return { rssMb: rssNow(), peakMb, heapMb: heapUsed / mebibyte, cpuMs, volunteers: row?.count ?? 0 };
};

const obey = async ({ begin }: GatewayOrder): Promise<Usage> => {
  if (!begin) return usage();
  peakMb = rssNow();
  gateway.worker.start();
  return usage();
};

const close = async () => {
  await gateway.close();
  await notifier.close();
  await database.close();
  await rm(directory, { recursive: true, force: true });
};

serve({ fetch: gateway.app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  serveOrders<GatewayOrder, Usage>({ url: `http://127.0.0.1:${port}`, key, platform }, obey, close),
);
