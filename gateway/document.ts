import { randomBytes, randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import postgres from "postgres";
import { instant } from "../schema/primitives.ts";
import { createApp } from "./http/app.ts";
import { createLog } from "./log.ts";
import { ormOver } from "./store/session.ts";
import { createVault } from "./store/vault.ts";

const file = new URL("../schema/gateway.openapi.json", import.meta.url);

/** The API as its own routes describe it. The app stands on a database that nobody ever connects to. */
const described = async (): Promise<string> => {
  const ring = [{ version: 1, key: randomBytes(32) }];
  const app = createApp({
    deps: {
      db: ormOver(postgres()),
      vault: createVault({ sealing: ring, digest: ring }),
      now: () => instant(Date.now()),
      uuid: () => randomUUID(),
      token: () => randomBytes(24).toString("base64url"),
      nudge: () => undefined,
    },
    platforms: [],
    slots: { deadlineMs: 0 },
    log: createLog("warn"),
  });
  const reply = await app.request("/openapi.json");
  if (!reply.ok) throw new Error(`the app describes itself with ${reply.status}`);
  return `${JSON.stringify(await reply.json(), undefined, 2)}\n`;
};

const checking = process.argv.includes("--check");
const text = await described();
const present = await readFile(file, "utf8").catch(() => undefined);
if (present !== text) {
  if (checking) process.exitCode = 1;
  else await writeFile(file, text);
  process.stdout.write(`schema/gateway.openapi.json ${checking ? "is stale" : "written"}\n`);
}
