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
import { instant, PlatformName } from "../../../schema/primitives.ts";
import { quiet } from "../../support/quiet.ts";
import { given, processorTime, serveOrders } from "../station.ts";

/* The whole gateway, with Belgium's centres; the slots of each region lie with a platform of the benchmark. */

const { upstreams } = given<{ upstreams: string[] }>();
const now = () => instant(Date.now());
const ring = () => [{ version: 1, key: randomBytes(32) }];

const federation = loadFederation(fileURLToPath(new URL("../../../gateway/belgium-2021", import.meta.url)));
const adapter = fileURLToPath(new URL("platform.ts", import.meta.url));
const platforms = upstreams.map((baseUrl, nth) => ({
  name: PlatformName.parse(`platform-${nth + 1}`),
  adapter,
  options: { baseUrl },
  // What is measured is the gateway, not an operator's agreement with a platform.
  limits: { requestsPerSecond: 10_000, burst: 10_000, atOnce: 200 },
}));
const bindings = platforms.flatMap(({ name }, nth) => {
  const region = federation.regions[nth]?.id;
  return region ? [{ region, role: "slots" as const, platform: name }] : [];
});

const directory = await mkdtemp(join(tmpdir(), "everydose-bench-"));
const database = await openDb({ directory }, quiet);
const notifier = createNotifier({ channels: [], now, log: quiet });
const gateway = await createGateway({
  kind: "sandbox",
  ...{ database, notifier, platforms, now, sleep },
  federation: { ...federation, bindings },
  vault: createVault({ sealing: ring(), digest: ring() }),
  keys: [],
  publicUrl: "https://dose.example.org",
  log: quiet,
});

const close = async () => {
  await gateway.close();
  await notifier.close();
  await database.close();
  await rm(directory, { recursive: true, force: true });
};
const centres = federation.regions.map(
  ({ id }) => federation.centres.find(({ region }) => region === id)?.id,
);

serve({ fetch: gateway.app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  serveOrders({ url: `http://127.0.0.1:${port}`, centres, deadlineMs: 1500 }, processorTime, close),
);
