import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seeded } from "../../../adapters/kit/chance.ts";
import { createClock } from "../../../adapters/kit/clock.ts";
import { serve } from "../../../adapters/kit/serve.ts";
import type { Log } from "../../../schema/adapter.ts";
import { type Instant, instant } from "../../../schema/primitives.ts";
import { loadFederation } from "../../config/federation.ts";
import { openDb } from "../../store/db.ts";
import { openGateway } from "../gateway.ts";
import { createClient } from "./client.ts";

/** An hour of that evening, as clocks in Belgium show it. */
export const at = (time: string): Instant => instant(Date.parse(`2021-05-18T${time}:00+02:00`));

/** The gateway of npm start, in a folder of its own, on the morning of that day. */
export const openStage = async (log: Log) => {
  const directory = await mkdtemp(join(tmpdir(), "everydose-demo-"));
  const federation = loadFederation(fileURLToPath(new URL("../../belgium-2021", import.meta.url)));
  const clock = createClock(at("09:00"));
  const { now, sleep } = clock;
  const random = seeded(20210518);
  const database = await openDb({ directory }, log);
  let url = "";
  const opened = await openGateway({
    ...{ directory, database, federation, now, sleep, random, log },
    ...{ publicUrl: "http://everydose.example", gatewayUrl: () => url },
    // Whoever waits for a platform puts the clock forward for all: no order may run out of its claim by that.
    ...{ leaseMs: 3_600_000, pullEveryMinutes: 5 },
  });
  const serving = await serve(opened.app);
  url = serving.url;
  const key = opened.sandbox.keys.find(({ caller }) => caller.role === "lead")?.key ?? "";
  const client = createClient({ baseUrl: url, key, now, log });
  return {
    ...{ clock, random, federation, client },
    ...{ gateway: opened.gateway, sandbox: opened.sandbox },
    close: async () => {
      await client.close();
      await serving.close();
      await opened.close();
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
export type Stage = Awaited<ReturnType<typeof openStage>>;
