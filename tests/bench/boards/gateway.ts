import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadFederation } from "../../../gateway/config/federation.ts";
import { createGateway } from "../../../gateway/gateway.ts";
import { listenOn } from "../../../gateway/listen.ts";
import { createNotifier } from "../../../gateway/notify/notifier.ts";
import { openDb } from "../../../gateway/store/db.ts";
import { createVault } from "../../../gateway/store/vault.ts";
import { instant } from "../../../schema/primitives.ts";
import { quiet } from "../../support/quiet.ts";
import { given, processorTime, serveOrders } from "../station.ts";

/* The gateway of the boards, as `npm start` has it, without platforms. To each order it says what it has spent. */

const { databaseUrl, key } = given<{ databaseUrl: string; key: string }>();
const now = () => instant(Date.now());
const federation = loadFederation(fileURLToPath(new URL("../../../gateway/belgium-2021", import.meta.url)));
const ring = () => [{ version: 1, key: randomBytes(32) }];
const database = await openDb({ url: databaseUrl }, quiet);
const notifier = createNotifier({ channels: [], now, log: quiet });
const gateway = await createGateway({
  ...{ kind: "sandbox", database, notifier, now, sleep, log: quiet },
  vault: createVault({ sealing: ring(), digest: ring() }),
  federation: { ...federation, bindings: [] },
  platforms: [],
  publicUrl: "https://dose.example.org",
  keys: [{ key, caller: { label: "staff", role: "staff", regions: [], centres: [] } }],
});
const { server, port } = await listenOn(
  { app: gateway.app, door: gateway.door },
  { host: "127.0.0.1", port: 0 },
);
gateway.worker.start();

serveOrders({ port }, processorTime, async () => {
  server.closeAllConnections();
  server.close();
  await gateway.close();
  await notifier.close();
  await database.close();
});
