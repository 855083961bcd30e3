import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openCustody } from "../../gateway/custody/custody.ts";
import { CustodyError } from "../../gateway/store/custody.ts";
import { openTransit } from "./transit-server.ts";

const token = "a-token-of-the-service";
let transit: Awaited<ReturnType<typeof openTransit>>;
beforeAll(async () => {
  transit = await openTransit(token);
});
afterAll(() => transit.close());

const ring = [
  { version: 2, key: randomBytes(32) },
  { version: 1, key: randomBytes(32) },
];
const opened = async (given: Parameters<typeof openCustody>[0]) => {
  const custody = await openCustody(given);
  onTestFinished(() => custody.close());
  return custody;
};
const service = (settings: object = {}) => ({ url: transit.url, name: "everydose", token, ...settings });

test.each(["the operator's own key", "a key-management service"])(
  "a key wrapped by %s comes back under its own label alone, and not altered",
  async (by) => {
    const custody = await opened(
      by === "the operator's own key" ? { ring } : { ring: [], service: service() },
    );
    const key = randomBytes(32);
    const wrapped = await custody.current.wrap(key, "everydose names 10001");
    expect(Buffer.from(wrapped).includes(key)).toBe(false);
    expect(Buffer.from(wrapped).includes(key.toString("base64"))).toBe(false);
    expect(await custody.current.unwrap(wrapped, "everydose names 10001")).toEqual(key);
    await expect(custody.current.unwrap(wrapped, "everydose numbers 10001")).rejects.toThrow(CustodyError);
    const altered = Buffer.from(wrapped);
    altered.writeUInt8(altered.readUInt8(altered.length - 3) ^ 1, altered.length - 3);
    await expect(custody.current.unwrap(altered, "everydose names 10001")).rejects.toThrow(CustodyError);
  },
);

test("the newest of the operator's keys wraps, each unwraps what it wrapped, and a service comes before them", async () => {
  const own = await opened({ ring });
  expect(own.current.name).toBe("ring 2");
  const wrapped = await own.named("ring 1")?.wrap(Buffer.from("a key"), "label");
  const both = await opened({ ring, service: service() });
  expect(both.current.name).toBe("transit everydose");
  expect(await both.named("ring 1")?.unwrap(wrapped ?? Buffer.of(), "label")).toEqual(Buffer.from("a key"));
  await expect(both.named("ring 2")?.unwrap(wrapped ?? Buffer.of(), "label")).rejects.toThrow(CustodyError);
  expect(both.named("ring 3")).toBeUndefined();
});

test("what the service wrapped before its key was rotated still comes back", async () => {
  const { current } = await opened({ ring: [], service: service({ name: "rotated" }) });
  const before = await current.wrap(Buffer.from("a key"), "label");
  transit.rotate("rotated");
  expect(await current.unwrap(before, "label")).toEqual(Buffer.from("a key"));
  expect(Buffer.from(await current.wrap(Buffer.from("a key"), "label")).toString()).toMatch(/^vault:v2:/);
});

test.each([
  ["a wrong token", { token: "another-token-of-nobody" }, "encrypt everydose: status 403"],
  [
    "a service that is not there",
    { url: "http://127.0.0.1:1/v1/transit" },
    "encrypt everydose: ECONNREFUSED",
  ],
  ["a path where no engine is", { url: "transit.url" }, "encrypt everydose: status 404"],
])("%s is told without key and token", async (_, settings: { url?: string; token?: string }, told) => {
  const url = settings.url === "transit.url" ? `${transit.url}-elsewhere` : (settings.url ?? transit.url);
  const { current } = await opened({ ring: [], service: service({ ...settings, url }) });
  const key = randomBytes(32);
  const error: unknown = await current.wrap(key, "label").catch((each: unknown) => each);
  expect(error).toBeInstanceOf(CustodyError);
  expect(String(error)).toContain(told);
  expect(String(error)).not.toContain(settings.token ?? token);
});
