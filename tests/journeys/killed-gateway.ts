import cluster from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import simulator from "../../adapters/doctena/simulator.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { createGateway } from "../../gateway/gateway.ts";
import { createEmail, EmailOptions } from "../../gateway/notify/email.ts";
import { createNotifier } from "../../gateway/notify/notifier.ts";
import { openDb } from "../../gateway/store/db.ts";
import { supervise } from "../../gateway/supervise.ts";
import { instant, PlatformName } from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";
import { key, type Surroundings, vault } from "./killed.ts";

/*
 * A program for killed.test.ts: three supervised gateways, as `npm start -- --workers 3` starts them in production, but
 * that their mail server speaks no TLS and their one platform is simulated.
 */

const start = async ({ databaseUrl, mail, platform, port }: Surroundings) => {
  const database = await openDb({ url: databaseUrl }, quiet);
  const now = () => instant(Date.now());
  const email = createEmail(EmailOptions.parse({ ...mail, from: "dose@example.org", security: "none" }));
  const federation = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));
  const doctena = PlatformName.parse("doctena");
  const gateway = await createGateway({
    ...{ kind: "production", database, vault, now, sleep, log: quiet },
    notifier: createNotifier({ channels: [email], now, log: quiet }),
    federation: {
      ...federation,
      bindings: federation.bindings.filter((each) => each.platform === doctena),
    },
    platforms: [
      {
        ...{ name: doctena, adapter: "doctena", options: simulator.options(platform) },
        privateNetworks: ["127.0.0.0/8"],
      },
    ],
    keys: [{ key, caller: { label: "operator", role: "operator", regions: [], centres: [] } }],
    publicUrl: "https://dose.example.org",
  });
  serve({ fetch: gateway.app.fetch, hostname: "127.0.0.1", port }, () => gateway.worker.start());
  process.on("SIGTERM", async () => {
    await gateway.close();
    process.exit(0);
  });
};

if (cluster.isPrimary) await supervise(3);
else await start(JSON.parse(process.argv[2] ?? ""));
