import { fileURLToPath } from "node:url";
import { serve } from "../../adapters/kit/serve.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { openGateway } from "../../gateway/sandbox/gateway.ts";
import { openDb } from "../../gateway/store/db.ts";
import { instant } from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";

/* A program for restart.test.ts to kill: the gateway in that folder, on a clock that starts at that moment. */

const [directory = "", moment = ""] = process.argv.slice(2);
const ahead = Date.parse(moment) - Date.now();
const database = await openDb({ directory }, quiet);
let url = "";
const { app, gateway, sandbox } = await openGateway({
  ...{ directory, database, log: quiet },
  federation: loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url))),
  publicUrl: "https://dose.example.org",
  gatewayUrl: () => url,
  now: () => instant(Date.now() + ahead),
  sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
});
({ url } = await serve(app));
gateway.worker.start();
const { key } = sandbox.keys.find(({ caller }) => caller.role === "operator") ?? {};
process.stdout.write(JSON.stringify({ url, key }));
