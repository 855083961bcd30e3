import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClock } from "../../adapters/kit/clock.ts";
import { serve } from "../../adapters/kit/serve.ts";

import { type Federation, loadFederation } from "../../gateway/config/federation.ts";
import type { SlotLimits } from "../../gateway/flows/slots/limits.ts";

import { createClient } from "../../gateway/sandbox/demo/client.ts";
import { openGateway } from "../../gateway/sandbox/gateway.ts";
import type { Log } from "../../schema/adapter.ts";
import type { KeyRole } from "../../schema/key.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { afternoon } from "../support/gateway.ts";
import { testDatabase } from "../support/postgres.ts";
import { quiet } from "../support/quiet.ts";

const belgium = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));

/** The gateway and its simulated platforms as real servers, on a clock that the test moves. */
export const openScene = async (
  settings: { federation?: Federation; slots?: Partial<SlotLimits>; log?: Log } = {},
) => {
  const directory = await mkdtemp(join(tmpdir(), "everydose-journey-"));
  const database = await testDatabase();
  const clock = createClock(afternoon);
  const { now, sleep } = clock;
  let url = "";
  const opened = await openGateway({
    ...{ directory, database, now, sleep, log: quiet },
    federation: loadFederation(belgium),
    ...settings,
    publicUrl: "https://dose.example.org",
    gatewayUrl: () => url,
  });
  const serving = await serve(opened.app);
  url = serving.url;
  const { worker } = opened.gateway;
  const keyOf = (role: KeyRole) => opened.sandbox.keys.find(({ caller }) => caller.role === role)?.key ?? "";
  const as = (role: KeyRole) => createClient({ baseUrl: url, key: keyOf(role), now, log: quiet });
  const [client, operator] = [as("lead"), as("operator")];
  return {
    ...opened,
    ...{ client, operator, keyOf, clock, database, now, url },
    platform: (name: string) => {
      const simulator = opened.sandbox.simulators.get(name);
      if (!simulator) throw new Error(`there is no platform ${name}`);
      return simulator;
    },
    /** Lets so much time pass, and the worker do all that is due then. */
    pass: async (minutes: number) => {
      clock.set(plusMinutes(now(), minutes));
      await worker.drain();
    },
    close: async () => {
      await client.close();
      await operator.close();
      await serving.close();
      await opened.close();
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
export type Scene = Awaited<ReturnType<typeof openScene>>;
