import { randomBytes, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { person } from "../../adapters/kit/people.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { orderCampaign, readCampaign } from "../../gateway/flows/campaigns/order.ts";
import { rehearseCampaign } from "../../gateway/flows/campaigns/rehearse.ts";
import { acceptRenewal } from "../../gateway/flows/campaigns/renew.ts";
import type { Deps } from "../../gateway/flows/deps.ts";
import { configure } from "../../gateway/flows/places.ts";
import { takePage } from "../../gateway/flows/sync/take.ts";
import { openDb } from "../../gateway/store/db.ts";
import { migrate } from "../../gateway/store/migrate.ts";
import { createVault } from "../../gateway/store/vault.ts";
import { createWorker } from "../../gateway/worker/loop.ts";
import type { NewCampaign } from "../../schema/campaign.ts";
import {
  type CampaignId,
  type CentreId,
  instant,
  PlatformName,
  type RegionId,
} from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";
import { createDatabase, openServer } from "./databases.ts";

/* `npm run bench:campaign -- --people 50000`: how long asking everybody takes, with a channel that takes all at once. */

const { values: options } = parseArgs({
  options: { people: { type: "string", default: "50000" }, yes: { type: "string", default: "500" } },
});
const [people, answers] = [Number(options.people), Number(options.yes)];
const now = () => instant(Date.now());
const ring = () => [{ version: 1, key: randomBytes(32) }];
const qvax = PlatformName.parse("qvax");

const server = await openServer();
const { url, drop } = await createDatabase(server.url);
const database = await openDb({ url }, quiet);
await migrate(database.sql);
const deps: Deps = {
  ...{ db: database.orm, vault: createVault({ sealing: ring(), digest: ring() }), now, uuid: randomUUID },
  token: () => randomBytes(24).toString("base64url"),
  nudge: () => undefined,
};
await configure(deps, loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url))));

const fill = async () => {
  const at = now();
  for (let from = 0; from < people; from += 1000) {
    const records = Array.from({ length: Math.min(1000, people - from) }, (_, index) => {
      const { nationalNumber: _number, ...value } = person(from + index, "charleroi" as CentreId);
      return {
        value: { ...value, externalId: `bench-${from + index}` as never },
        checkedAt: at,
        validAt: at,
      };
    });
    await takePage(deps, { platform: qvax, records });
  }
};

const timed = async <Result>(work: () => Promise<Result>): Promise<[seconds: number, result: Result]> => {
  const start = performance.now();
  const result = await work();
  return [(performance.now() - start) / 1000, result];
};

const input: NewCampaign = {
  ...{ id: "booster" as CampaignId, regions: ["wallonia" as RegionId], startsAt: now() },
  name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
  policy: { consentText: "2021-11", intervalDays: 120 },
};

const tokens: string[] = [];
let peakMb = 0;
const worker = createWorker({
  ...{ deps, log: quiet, random: Math.random, publicUrl: "https://dose.example.org", pullEveryMinutes: 1 },
  platforms: [],
  notify: async ({ letter: { about, body } }) => {
    const token = about === "renewal" ? /renew#(\S+)/.exec(body)?.[1] : undefined;
    if (token) tokens.push(token);
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1_048_576);
    return { at: now(), channel: "email" };
  },
});

const [filling] = await timed(fill);
const [rehearsing, rehearsal] = await timed(() => rehearseCampaign(deps, input));
await orderCampaign(deps, input, "bench");
const [asking] = await timed(() => worker.drain());
const [reading, campaign] = await timed(() => readCampaign(deps, input.id));
const consent = { textVersion: "2021-11", given: true } as const;
const [answering] = await timed(async () => {
  for (const token of tokens.slice(0, answers)) await acceptRenewal(deps, token, consent);
});
const figures = {
  ...{ people, filledInSeconds: filling, rehearsalSeconds: rehearsing, asked: rehearsal.asked },
  ...{ askingSeconds: asking, lettersPerSecond: tokens.length / asking, peakMb },
  ...{ written: campaign.asking?.written, twice: tokens.length - new Set(tokens).size },
  ...{ progressMs: reading * 1000, yesPerSecond: Math.min(answers, tokens.length) / answering },
};
for (const [what, figure] of Object.entries(figures))
  process.stdout.write(`${what}  ${typeof figure === "number" ? Math.round(figure * 10) / 10 : figure}\n`);

await database.close();
await drop();
await server.stop();
