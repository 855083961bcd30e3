import type { Log } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import type { Federation } from "../config/federation.ts";
import { pages } from "../console/pages.tsx";
import { openCustody } from "../custody/custody.ts";
import { catalogueDoor } from "../doors/dcat/door.ts";
import { fhirDoor } from "../doors/fhir/door.ts";
import type { SlotLimits } from "../flows/slots/limits.ts";
import { createGateway } from "../gateway.ts";
import type { LimitsGiven } from "../http/limits.ts";
import type { Database } from "../store/db.ts";
import { createVault } from "../store/vault.ts";
import { signInAt } from "./identity/people.ts";
import { notifierOf } from "./notifier.ts";
import { openSandbox } from "./sandbox.ts";

/**
 * The gateway with its sandbox around it, and the pages in front; the worker stands still until it is started.
 * `close` leaves the database to whoever opened it.
 */
export const openGateway = async (given: {
  /** Keys and the simulators' states lie here, and outlive a restart. */
  directory: string;
  database: Database;
  federation: Federation;
  publicUrl: string;
  /** Asked at each delivery of a platform, since it is known only once the gateway is served. */
  gatewayUrl(): string;
  signInPort?: number;
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  random?(): number;
  log: Log;
  leaseMs?: number;
  pullEveryMinutes?: number;
  slots?: Partial<SlotLimits>;
  limits?: LimitsGiven;
  webhookNetworks?: readonly string[];
}) => {
  const sandbox = await openSandbox(given);
  const notifier = notifierOf(sandbox.postOffice, { now: given.now, log: given.log });
  const around = async () => {
    await notifier.close();
    await sandbox.close();
  };
  const gateway = await createGateway({
    ...given,
    federation: { ...given.federation, signIn: [signInAt(sandbox.identityProvider.issuer)] },
    kind: "sandbox",
    notifier,
    vault: createVault(sandbox.vaultRings),
    custody: await openCustody({ ring: sandbox.vaultRings.sealing }),
    platforms: sandbox.platforms,
    keys: sandbox.keys,
  }).catch(async (error: unknown) => {
    await around();
    throw error;
  });
  const app = pages({
    api: gateway.app.request,
    ...{ signIn: gateway.signIn, publicUrl: given.publicUrl, log: given.log },
    sandbox: { list: sandbox.postOffice.list },
  });
  app.route("/fhir", fhirDoor({ ...given, api: gateway.app.request }));
  app.route("/", catalogueDoor({ api: gateway.app.request, publicUrl: given.publicUrl }));
  app.route("/", gateway.app);
  const close = async () => {
    await gateway.close();
    await around();
  };
  return { app, gateway, sandbox, close };
};
