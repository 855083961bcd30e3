import type { IncomingHttpHeaders } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAddressOf } from "../../gateway/http/address.ts";
import { createApp } from "../../gateway/http/app.ts";
import type { LimitsGiven } from "../../gateway/http/limits.ts";
import { Problem } from "../../schema/errors.ts";
import { newVolunteer } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";
import { openScene, registered, type Scene } from "./scene.ts";

/** As the server hands a connection on. */
const from = (remoteAddress: string, headers: IncomingHttpHeaders = {}) => ({
  incoming: { headers, socket: { remoteAddress } },
});

describe("the address that a request counts for", () => {
  const plain = createAddressOf([]);
  const behind = createAddressOf(["10.0.0.0/8", "127.0.0.1/32"]);

  test.each([
    ["193.191.210.7", "193.191.210.7"],
    ["::ffff:193.191.210.7", "193.191.210.7"],
    ["2a02:a03f:1234:5678:9abc:def0:1:2", "2a02:a03f:1234:5678::"],
    ["2a02:a03f:1234:5678::1", "2a02:a03f:1234:5678::"],
  ])("%s: %s", (address, counted) => {
    expect(plain(from(address))).toBe(counted);
  });

  test.each(["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "fd00::1", "100.64.0.1"])(
    "%s: none, for it may be a whole crowd's",
    (address) => {
      expect(plain(from(address))).toBeUndefined();
    },
  );

  test("is not what a stranger says of themselves", () => {
    const said = from("193.191.210.7", { "x-forwarded-for": "8.8.8.8", forwarded: "for=8.8.8.8" });
    expect([plain(said), behind(said)]).toEqual(["193.191.210.7", "193.191.210.7"]);
  });

  test("is whom the last proxy that is trusted names, and nobody before", () => {
    const list = "1.1.1.1, 193.191.210.7, 10.0.0.9";
    expect(behind(from("10.0.0.1", { "x-forwarded-for": list }))).toBe("193.191.210.7");
    const named = 'for=1.1.1.1, for="[2a02:a03f:1234:5678::9]:4711";proto=https, for=10.0.0.9:80';
    expect(behind(from("10.0.0.1", { forwarded: named }))).toBe("2a02:a03f:1234:5678::");
    expect(behind(from("127.0.0.1", { "x-forwarded-for": "193.191.210.7:5000" }))).toBe("193.191.210.7");
    expect(behind(from("10.0.0.1", { "x-forwarded-for": "unknown" }))).toBeUndefined();
    const bracketed = { "x-forwarded-for": "[2a02:a03f:1234:5678::9]:4711" };
    expect(behind(from("10.0.0.1", bracketed))).toBe("2a02:a03f:1234:5678::");
  });

  test("is no other for a header that a stranger wrote and a proxy of the other kind handed on", () => {
    const written = { "x-forwarded-for": "193.191.210.7" };
    for (const forwarded of ["for=8.8.8.8", "for=127.0.0.1", "for=_hidden", ""])
      expect(behind(from("10.0.0.1", { ...written, forwarded }))).toBe("contradicted");
    const both = { ...written, forwarded: "for=193.191.210.7" };
    expect(behind(from("10.0.0.1", both))).toBe("193.191.210.7");
  });
});

let scene: Scene;
let token: string;
beforeAll(async () => {
  scene = await openScene();
  token = (await registered(scene)).token;
});
afterAll(() => scene.close());

const rates = { registrations: 3, recoveries: 2, others: 20, strangers: 3, token: 4, key: 5 };
let app: ReturnType<typeof createApp>;
const opened = (limits: LimitsGiven) =>
  createApp({ deps: scene.deps, platforms: [], slots: { deadlineMs: 500 }, limits, log: quiet });
beforeEach(() => {
  app = opened({ rates });
});

type Sent = { address?: string; bearer?: string; json?: unknown };
const ask = async (method: string, path: string, { address = "193.191.210.7", bearer, json }: Sent = {}) =>
  app.request(
    path,
    {
      method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    },
    from(address),
  );
const statuses = async (times: number, ...asked: Parameters<typeof ask>) => {
  const seen: number[] = [];
  for (let at = 0; at < times; at += 1) seen.push((await ask(...asked)).status);
  return seen;
};

test("whoever registers too often from one address is told when to come back, and what is left before", async () => {
  const json = newVolunteer({ born: "1941-01-01" });
  const first = await ask("POST", "/v1/volunteers", { json });
  expect(first.headers.get("ratelimit-policy")).toBe('"registrations";q=3;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"registrations";r=2;t=\d+$/);
  await statuses(2, "POST", "/v1/volunteers", { json });
  const refused = await ask("POST", "/v1/volunteers", { json });
  const { code, retry } = Problem.parse(await refused.json());
  expect([refused.status, code, retry]).toEqual([429, "too_many_requests", true]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.headers.get("ratelimit")).toMatch(/^"registrations";r=0;/);
  const other = await ask("POST", "/v1/volunteers", { json, address: "193.191.210.8" });
  expect(other.status).toBe(201);
});

test("neighbours of one network of IPv6 are counted together, callers on this machine not at all", async () => {
  const json = newVolunteer({ born: "1942-01-01" });
  for (const last of [1, 2, 3]) await ask("POST", "/v1/volunteers", { json, address: `2a02:a03f::${last}` });
  const fourth = await ask("POST", "/v1/volunteers", { json, address: "2a02:a03f::4" });
  expect(fourth.status).toBe(429);
  expect(new Set(await statuses(9, "POST", "/v1/volunteers", { json, address: "127.0.0.1" }))).toEqual(
    new Set([201]),
  );
});

test("nobody makes the gateway write to people as often as they like", async () => {
  const json = { contact: { email: "an@example.org" } };
  expect(await statuses(3, "POST", "/v1/volunteers/recover", { json })).toEqual([202, 202, 429]);
});

test("a token and a key are counted wherever they come from", async () => {
  const addresses = ["193.191.210.1", "193.191.210.2", "193.191.210.3", "193.191.210.4", "193.191.210.5"];
  const told: number[] = [];
  for (const address of addresses)
    told.push((await ask("GET", "/v1/volunteer", { address, bearer: token })).status);
  expect(told).toEqual([200, 200, 200, 200, 429]);
  expect(await statuses(6, "GET", "/v1/surpluses", { bearer: "key-staff" })).toEqual([
    ...[200, 200, 200, 200, 200],
    429,
  ]);
});

test("a token is one, with however many blanks and in whichever case it is shown", async () => {
  const told: number[] = [];
  for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer ", "Bearer  "]) {
    const headers = { authorization: `${scheme} ${token}` };
    told.push((await app.request("/v1/volunteer", { headers }, from("193.191.210.7"))).status);
  }
  expect(told).toEqual([200, 200, 200, 200, 429]);
});

test("whoever guesses keys is soon asked to wait, with whatever key comes next", async () => {
  const guess = (nth: number) => ask("GET", "/v1/surpluses", { bearer: `guessed-${nth}` });
  const told: number[] = [];
  for (let nth = 0; nth < 4; nth += 1) told.push((await guess(nth)).status);
  expect(told).toEqual([401, 401, 401, 429]);
  expect((await ask("GET", "/v1/surpluses", { bearer: "key-staff" })).status).toBe(429);
  expect((await ask("GET", "/v1/surpluses", { bearer: "key-staff", address: "193.191.210.8" })).status).toBe(
    200,
  );
});

test("what a gateway allows by itself refuses no call centre: a thousand people from one address in a minute", async () => {
  app = opened({});
  const seen = new Set<number>();
  for (let nth = 0; nth < 1_000; nth += 1)
    seen.add((await ask("POST", "/v1/volunteers", { json: {} })).status);
  expect(seen).toEqual(new Set([400]));
});
