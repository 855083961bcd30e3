import { randomUUID } from "node:crypto";
import type { Log } from "../schema/adapter.ts";
import type { Instant } from "../schema/primitives.ts";
import type { Federation } from "./config/federation.ts";
import type { Platform } from "./config/platforms.ts";
import type { Provider } from "./config/sign-in.ts";
import { type GivenKey, issueKeys } from "./flows/authorise.ts";
import { begin, type Kind } from "./flows/begin.ts";
import { openDataKeys } from "./flows/data-keys/open.ts";
import type { Deps } from "./flows/deps.ts";
import { openDriftBook } from "./flows/drifts.ts";
import { openIntake } from "./flows/intake/gather.ts";
import { configure } from "./flows/places.ts";
import type { SlotLimits } from "./flows/slots/limits.ts";
import { baseOf, createApp } from "./http/app.ts";
import { type Door, openDoor } from "./http/door.ts";
import type { LimitsGiven } from "./http/limits.ts";
import type { SignIn } from "./identity/sign-in.ts";
import type { Notifier } from "./notify/notifier.ts";
import { announcePresence } from "./presence.ts";
import { connect } from "./registry.ts";
import { createPost } from "./sender/post.ts";
import { createChance } from "./store/chance.ts";
import type { Custody } from "./store/custody.ts";
import type { Database } from "./store/db.ts";
import { migrate } from "./store/migrate.ts";
import type { Vault } from "./store/vault.ts";
import { createWorker, type Worker } from "./worker/loop.ts";
import { orderRecurring } from "./worker/recurring.ts";
import { createWebhookLoop, type WebhookLoop } from "./worker/webhooks.ts";

type GatewayWorld = {
  kind: Kind;
  database: Database;
  vault: Vault;
  /** Who wraps the data keys; without one there are none, and the operator's own keys do it all. */
  custody?: Custody;
  federation: Omit<Federation, "platforms">;
  platforms: readonly Platform[];
  notifier: Notifier;
  keys: readonly GivenKey[];
  publicUrl: string;
  log: Log;
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  /** How long a worker may hold an order, on the gateway's clock. */
  leaseMs?: number;
  /** For how long every gateway has known a key before it is used. */
  settleSeconds?: number;
  pullEveryMinutes?: number;
  slots?: Partial<SlotLimits>;
  limits?: LimitsGiven;
  /** Networks beside the public internet to which events may be sent. */
  webhookNetworks?: readonly string[];
};

type Gateway = {
  app: ReturnType<typeof createApp>;
  /** Stands before the application. */
  door: Door;
  deps: Deps;
  /** Both loops start and stop with it. */
  worker: Worker;
  webhooks: WebhookLoop;
  /** How people sign in to the pages. */
  signIn: SignIn;
  close(): Promise<void>;
};

/** Where the simulators listen. */
const ownMachine = ["127.0.0.0/8"];

/** Loaded where there are any: most of what it takes is cryptography. */
const accessTokensOf = async (given: { providers: readonly Provider[]; now(): Instant; log: Log }) => {
  const { openAccessTokens } = await import("./identity/access-tokens.ts");
  return openAccessTokens(given);
};

/**
 * Wires everything once: storage, platforms, worker, API. The worker stands still until it is started. Throws
 * `OtherBeginning` where the database began with other keys, or as another kind.
 */
export const createGateway = async (world: GatewayWorld): Promise<Gateway> => {
  const { database, vault, log, now, sleep } = world;
  await migrate(database.sql);
  const chance = createChance();
  const { openSignIn } = await import("./identity/sign-in.ts");
  const providers = world.federation.signIn;
  const deps: Deps = {
    db: database.orm,
    ...{ vault, now },
    ...(providers.length > 0 && { accessTokens: await accessTokensOf({ providers, now, log }) }),
    uuid: () => randomUUID(),
    token: () => chance(24).toString("base64url"),
    nudge: () => worker.nudge(),
  };
  await begin(deps, world.kind);
  const dataKeys = world.custody && (await openDataKeys(deps, world.custody));
  const replica = randomUUID();
  let presence: Awaited<ReturnType<typeof announcePresence>> | undefined;
  const drifts = openDriftBook(deps, log);
  const { platforms, close } = await connect(world.platforms, {
    ...{ now, sleep, log, drifts: drifts.of },
    sharers: () => presence?.living() ?? 1,
    networks: world.kind === "sandbox" ? ownMachine : [],
  });
  const worker = createWorker({
    deps,
    platforms,
    notify: (letter) => world.notifier.notify(letter),
    publicUrl: world.publicUrl,
    pullEveryMinutes: world.pullEveryMinutes ?? 1,
    ...{ leaseMs: world.leaseMs, settleSeconds: world.settleSeconds, replica },
    random: Math.random,
    log,
  });
  const { post, close: closePost } = createPost({
    networks: [...(world.kind === "sandbox" ? ownMachine : []), ...(world.webhookNetworks ?? [])],
    now,
  });
  const base = baseOf(world);
  const webhooks = createWebhookLoop({ deps, post, base, replica, random: Math.random, log });
  await configure(deps, world.federation);
  await issueKeys(deps, world.keys);
  await orderRecurring({ deps, platforms, hasDataKeys: dataKeys !== undefined });
  presence = await announcePresence({ db: deps.db, id: replica, keys: dataKeys, log });
  const keysGiven = world.keys.map(({ caller }) => caller.label);
  const intake = openIntake({ ...deps, db: database.intake }, { log });
  const app = createApp({
    ...{ deps, platforms, keysGiven, intake, limits: world.limits, log },
    publisher: world.federation.publisher,
    ...{ isSecure: world.publicUrl.startsWith("https:"), publicUrl: world.publicUrl, post },
    slots: { deadlineMs: 1500, ...world.slots },
  });
  return {
    app,
    door: openDoor(intake),
    deps,
    worker: {
      ...worker,
      start: () => {
        worker.start();
        webhooks.start();
      },
      stop: async () => {
        await Promise.all([worker.stop(), webhooks.stop()]);
      },
    },
    webhooks,
    signIn: openSignIn({ keysFor: vault.keysFor, providers, now, log }),
    close: async () => {
      await Promise.all([worker.stop(), webhooks.stop()]);
      await closePost();
      await close();
      await drifts.settled();
      await presence?.close();
    },
  };
};
