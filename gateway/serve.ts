import cluster from "node:cluster";
import { setTimeout as sleep } from "node:timers/promises";
import { instant } from "../schema/primitives.ts";
import { ConfigRefusal } from "./config/document.ts";
import { type Config, type Production, readConfig, type Sandbox, startedByNpm } from "./config.ts";
import { pages } from "./console/pages.tsx";
import { openCustody } from "./custody/custody.ts";
import { catalogueDoor } from "./doors/dcat/door.ts";
import { fhirDoor } from "./doors/fhir/door.ts";
import { createGateway } from "./gateway.ts";
import { listenOn } from "./listen.ts";
import { createLog } from "./log.ts";
import { createEmail } from "./notify/email.ts";
import { mailOptions } from "./notify/mail-address.ts";
import { createNotifier } from "./notify/notifier.ts";
import { createHttpProvider, createTextMessages, HttpTextOptions } from "./notify/text-message.ts";
import { obstaclesIn } from "./obstacle.ts";
import { whenOrphaned } from "./orphan.ts";
import { find } from "./registry.ts";
import { openDb } from "./store/db.ts";
import { createVault } from "./store/vault.ts";

/* A gateway in this process: reads the settings, wires everything once, and stops cleanly when it is told to. */

const log = createLog();
const now = () => instant(Date.now());

type Ends = (() => Promise<void>)[];

type Served = Parameters<typeof listenOn>[0];
const listen = async (served: Served, { host, port }: Config, ends: Ends): Promise<number> => {
  const listening = await listenOn(served, { host, port });
  const { server } = listening;
  ends.push(
    () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  );
  return listening.port;
};

const runSandbox = async (config: Sandbox, ends: Ends): Promise<void> => {
  const { openGateway } = await import("./sandbox/gateway.ts");
  const { greeting } = await import("./sandbox/greeting.ts");
  const { populateOnce } = await import("./sandbox/seed.ts");
  const { federation, data: directory, databaseUrl } = config;
  const database = await openDb(databaseUrl ? { url: databaseUrl } : { directory }, log);
  ends.push(() => database.close());
  const { app, gateway, sandbox, close } = await openGateway({
    ...{ directory, database, federation, now, sleep, log },
    limits: { trustedProxies: config.trustedProxies },
    webhookNetworks: config.webhookNetworks,
    publicUrl: config.publicUrl ?? `http://localhost:${config.port}`,
    gatewayUrl: () => `http://127.0.0.1:${config.port}`,
    signInPort: config.port === 0 ? 0 : config.port + 1,
  });
  ends.push(close);
  populateOnce(sandbox, federation, new Date().getFullYear());
  const port = await listen({ app, door: gateway.door }, config, ends);
  gateway.worker.start();
  const address = `http://localhost:${port}`;
  const { keys, platforms, identityProvider } = sandbox;
  const { issuer } = identityProvider;
  process.stdout.write(greeting({ address, directory, platforms, keys, issuer }));
};

const runProduction = async (config: Production, ends: Ends): Promise<void> => {
  const database = await openDb({ url: config.databaseUrl }, log);
  ends.push(() => database.close());
  const texts = config.sms
    ? [createTextMessages(createHttpProvider(HttpTextOptions.parse(config.sms), now))]
    : [];
  const notifier = createNotifier({
    channels: [createEmail(mailOptions(config.mail)), ...texts],
    ...{ now, log },
  });
  ends.push(() => notifier.close());
  const operator = { label: "operator", role: "operator" as const, regions: [], centres: [] };
  const { federation, publicUrl } = config;
  const custody = await openCustody({ ring: config.sealing, service: config.keyService });
  ends.push(() => custody.close());
  const gateway = await createGateway({
    kind: "production",
    custody,
    ...{ database, federation, notifier, publicUrl, log, now, sleep },
    vault: createVault({ sealing: config.sealing, digest: config.digest }),
    platforms: federation.platforms,
    limits: { trustedProxies: config.trustedProxies },
    webhookNetworks: config.webhookNetworks,
    keys: [{ key: config.operatorKey, caller: operator }],
  });
  ends.push(() => gateway.close());
  const app = pages({ api: gateway.app.request, signIn: gateway.signIn, publicUrl, isSecure: true, log });
  app.route("/fhir", fhirDoor({ api: gateway.app.request, publicUrl, now, log }));
  app.route("/", catalogueDoor({ api: gateway.app.request, publicUrl }));
  app.route("/", gateway.app);
  const port = await listen({ app, door: gateway.door }, config, ends);
  gateway.worker.start();
  // Whoever supervises several says so once, for all of them.
  if (cluster.isPrimary) process.stdout.write(`everydose serves ${publicUrl} on port ${port}\n`);
};

/** Its database has one connection, and its platforms keep what they know in their own memory: docs/scale.md. */
const oneProcess =
  "--workers: the sandbox runs in one process; leave it out, or set DATABASE_URL and EVERYDOSE_CONFIG for production";

const ends: Ends = [];
let stopping = false;
const stop = async (code: number): Promise<void> => {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(code || 1), 8000).unref();
  for (const end of ends.splice(0).reverse())
    await end().catch((error: unknown) => log.warn({ error: String(error) }, "while stopping"));
  process.exit(code);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
// Started through npm, the gateway belongs to that npm: it does not outlive it. A worker belongs to its supervisor.
if (cluster.isPrimary && startedByNpm()) whenOrphaned(() => void stop(0));

let config: Config | undefined;
try {
  config = await readConfig(find);
  if (cluster.isWorker && config.mode === "sandbox") throw new ConfigRefusal([oneProcess]);
  await (config.mode === "sandbox" ? runSandbox(config, ends) : runProduction(config, ends));
} catch (error) {
  const faults = obstaclesIn(error, config);
  process.stderr.write(
    faults ? `everydose does not start:\n  ${faults.join("\n  ")}\n` : `${String(error)}\n`,
  );
  await stop(1);
}
