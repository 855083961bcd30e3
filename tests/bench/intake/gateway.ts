import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadFederation } from "../../../gateway/config/federation.ts";
import { pages } from "../../../gateway/console/pages.tsx";
import { keepDirectory } from "../../../gateway/flows/intake/directory.ts";
import { openIntake } from "../../../gateway/flows/intake/gather.ts";
import type { Place } from "../../../gateway/flows/intake/take-in.ts";
import { createGateway } from "../../../gateway/gateway.ts";
import { createApp } from "../../../gateway/http/app.ts";
import { type Door, openDoor } from "../../../gateway/http/door.ts";
import { listenOn } from "../../../gateway/listen.ts";
import { createNotifier } from "../../../gateway/notify/notifier.ts";
import { openDb } from "../../../gateway/store/db.ts";
import { createVault } from "../../../gateway/store/vault.ts";
import { instant } from "../../../schema/primitives.ts";
import { quiet } from "../../support/quiet.ts";
import { given, processorTime, serveOrders } from "../station.ts";

/* The whole gateway, and beside it the same server with another way of storing. */

/**
 * `gathers`: as it is. `floor`: all but that nothing is looked up or stored. `each`: a transaction for each
 * registration, as many at once as there are connections to the database.
 */
export type Way = "gathers" | "floor" | "each";
export type GatewayGiven = {
  where: { url: string } | { directory: string };
  sealing: string;
  digest: string;
  key: string;
  /** Whether its worker does what follows from the registrations at the same time. */
  works?: boolean;
  /** Lets so many wait and no more, to see what becomes of the others. */
  waiting?: number;
};
export type GatewayReady = { urls: Record<Way, string> };

const { where, sealing, digest, key, works, waiting } = given<GatewayGiven>();
const now = () => instant(Date.now());
const ring = (text: string) => [{ version: 1, key: Buffer.from(text, "base64") }];

const database = await openDb(where, quiet);
const notifier = createNotifier({ channels: [], now, log: quiet });
const federation = loadFederation(fileURLToPath(new URL("../../../gateway/belgium-2021", import.meta.url)));
const gateway = await createGateway({
  kind: "sandbox",
  ...{ database, notifier, now, sleep, log: quiet },
  federation: { ...federation, bindings: [] },
  platforms: [],
  vault: createVault({ sealing: ring(sealing), digest: ring(digest) }),
  keys: [{ key, caller: { label: "bench", role: "operator", regions: [], centres: [] } }],
  publicUrl: "https://dose.example.org",
});
const { deps } = gateway;
const directory = keepDirectory(deps.db);
const nowhere: Place = {
  look: async () => ({ version: 1, people: () => [], endings: () => [], requests: new Map() }),
  write: async () => new Set(),
  abandon: async () => undefined,
  directory: async () => kept,
};
const kept = await directory(1);

const listen = async (app: Parameters<typeof listenOn>[0]["app"], door?: Door): Promise<string> => {
  const { port } = await listenOn({ app, door }, { host: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${port}`;
};
const other = { deps, platforms: [], slots: { deadlineMs: 1500 }, log: quiet };
const few = { ...other, intake: openIntake({ ...deps, db: database.intake }, { pressure: { waiting } }) };
/** With the pages in front, as it is started. */
const whole = (app: ReturnType<typeof createApp>) => pages({ api: app.request }).route("/", app);
const urls = {
  gathers: await (waiting === undefined
    ? listen(whole(gateway.app), gateway.door)
    : listen(whole(createApp(few)), openDoor(few.intake))),
  floor: await listen(createApp({ ...other, intake: openIntake(deps, {}, nowhere) })),
  each: await listen(createApp({ ...other, intake: openIntake(deps, { flushes: 10, atOnce: 1 }) })),
};
if (works) gateway.worker.start();

const close = async () => {
  await gateway.close();
  await notifier.close();
  await database.close();
};
/** Megabytes of memory where that is asked, else processor time. */
const figure = (order: object) => ("memory" in order ? process.memoryUsage().rss / 1e6 : processorTime());
serveOrders<object, number>({ urls }, figure, close);
