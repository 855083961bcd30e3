import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { instant, plusMinutes } from "../../schema/primitives.ts";
import type { Expected, Surplus } from "../../schema/surplus.ts";
import { openBrowser } from "./browser.ts";

/*
 * Plays the beginning of an evening on a new running sandbox and makes docs/running-page.png of its first page:
 *   node --import tsx tests/support/screenshot.ts [http://localhost:8080] [.data]
 */

const [url = "http://localhost:8080", data = ".data"] = process.argv.slice(2);
const picture = fileURLToPath(new URL("../../docs/running-page.png", import.meta.url));
const { api } = JSON.parse(readFileSync(join(data, "sandbox-keys.json"), "utf8"));

const evening = [
  { centre: "lint", doses: 5 },
  { centre: "charleroi", doses: 8 },
  { centre: "pacheco", doses: 12 },
];

const call = async <Reply>(
  method: string,
  path: string,
  given: { key?: string; body?: unknown } = {},
): Promise<Reply> => {
  const reply = await fetch(url + path, {
    method,
    headers: {
      "content-type": "application/json",
      "idempotency-key": `"${randomUUID()}"`,
      ...(given.key && { authorization: `Bearer ${given.key}` }),
    },
    body: given.body === undefined ? undefined : JSON.stringify(given.body),
  });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer as Reply;
};

const announce = ({ centre, doses }: (typeof evening)[number]) => {
  const usableUntil = plusMinutes(instant(Date.now()), 180);
  const body = { centre, vaccine: "pfizer", doses, usableUntil };
  return call<Surplus>("POST", "/v1/surpluses", { key: api.staff, body });
};

/** The tokens of the invitations that have arrived, once there are so many. */
const tokensOf = async (wanted: number): Promise<string[]> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { items } = await call<{ items: { text: string }[] }>("GET", "/sandbox/messages.json?limit=500");
    const tokens = new Set(items.flatMap(({ text }) => /\/answer#(\S+)/.exec(text)?.[1] ?? []));
    if (tokens.size >= wanted) return [...tokens];
    await pause(200);
  }
  throw new Error("no invitations have arrived");
};

const someArrive = async (surplus: string, count: number) => {
  const { items } = await call<{ items: Expected[] }>("GET", `/v1/surpluses/${surplus}/expected`, {
    key: api.staff,
  });
  for (const { booking } of items.slice(0, count))
    await call("PATCH", `/v1/bookings/${booking.id}`, { key: api.staff, body: { outcome: "attended" } });
};

const photograph = async () => {
  const browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  await page.goto(url);
  await page.waitForSelector(".dose.used");
  await page.waitForSelector("tbody tr");
  await page.screenshot({ path: picture, fullPage: true });
  await browser.close();
};

const surpluses: Surplus[] = [];
for (const each of evening) surpluses.push(await announce(each));
const tokens = await tokensOf(10);
for (const token of tokens.slice(0, 7)) await call("POST", "/v1/invitation/accept", { key: token });
for (const { id } of surpluses) await someArrive(id, 4);
await photograph();
process.stdout.write(`${picture}\n`);
