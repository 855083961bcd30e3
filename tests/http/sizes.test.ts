import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { listenOn } from "../../gateway/listen.ts";
import { Problem } from "../../schema/errors.ts";
import { newVolunteer } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
let port: number;
let stop: () => void;
beforeAll(async () => {
  scene = await openScene();
  const app = pages({ api: scene.app.request, sandbox: { list: () => [] } });
  app.route("/", scene.app);
  const { server, port: own } = await listenOn({ app }, { host: "127.0.0.1", port: 0 });
  port = own;
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterAll(async () => {
  stop();
  await scene.close();
});

const json = { "content-type": "application/json" };
const sent = async (path: string, body: string, headers: Record<string, string> = json) => {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body });
  return { status: reply.status, problem: Problem.safeParse(await reply.json()).data };
};
const letters = (count: number) => JSON.stringify({ x: "x".repeat(count) });

describe("a body is refused once it is larger than anything that is meant there", () => {
  test.each([
    ["/v1/volunteers", 32],
    ["/v1/volunteers/recover", 32],
    ["/v1/invitation/accept", 32],
    ["/v1/surpluses", 256],
    ["/v1/volunteers/batch", 1024],
    ["/v1/platforms/posting/events", 1024],
  ])("%s, over %i KiB", async (path, kibibytes) => {
    const authorization = "Bearer key-operator";
    const [under, over] = [kibibytes * 1024 - 20, kibibytes * 1024];
    expect((await sent(path, letters(under), { ...json, authorization })).status).not.toBe(413);
    const { status, problem } = await sent(path, letters(over), { ...json, authorization });
    expect([status, problem?.code]).toEqual([413, "body_too_large"]);
    expect(problem?.detail).toContain(`${kibibytes} KiB`);
  });

  test("and the largest registration that there can be is far below", () => {
    const day = (at: number) => new Date(Date.UTC(2021, 3, at)).toISOString().slice(0, 10);
    const parts = ["morning", "afternoon", "evening"] as const;
    const volunteer = newVolunteer();
    const exceptions = Array.from({ length: 60 }, (_, at) => ({ day: day(at + 1), parts: [...parts] }));
    const availability = { ...volunteer.availability, exceptions };
    const full = { ...volunteer, availability, givenName: "é".repeat(100), familyName: "é".repeat(100) };
    expect(Buffer.byteLength(JSON.stringify(full))).toBeLessThan(8 * 1024);
  });
});

test("a length that is not told is read no further than a mebibyte, not even of a list", async () => {
  const chunk = "x".repeat(64 * 1024);
  const status = await new Promise<number | undefined>((resolve) => {
    const authorization = "Bearer key-staff";
    const path = "/v1/centres/binche/imports";
    const headers = { authorization, "content-type": "text/csv", "transfer-encoding": "chunked" };
    const asked = request({ port, host: "127.0.0.1", method: "POST", path, headers }, (reply) =>
      resolve(reply.statusCode),
    );
    asked.on("error", () => resolve(undefined));
    for (let at = 0; at < 20; at += 1) asked.write(chunk);
    asked.end();
  });
  expect(status).toBe(413);
});

test.each(["/v1/regions", "/", "/register", "/docs", "/sandbox/messages"])(
  "a GET of %s with a body was read for as long as it came",
  async (path) => {
    const heard = await new Promise<string>((resolve) => {
      const line = connect(port, "127.0.0.1");
      let text = "";
      line.on("data", (part) => {
        text += String(part);
      });
      line.on("error", () => undefined);
      line.on("close", () => resolve(text));
      line.write(`GET ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 100000000\r\n\r\n`);
      line.write("x".repeat(100_000));
    });
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    expect(heard.toLowerCase()).toContain("connection: close");
  },
);

test.each(["PUT", "PROPFIND", "OPTIONS", "DELETE"])(
  "the method %s is told which there are",
  async (method) => {
    const reply = await fetch(`http://127.0.0.1:${port}/v1/volunteers`, { method });
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "POST"]);
  },
);

test.each([
  ["text/plain", 415],
  ["application/xml", 415],
  ["multipart/form-data; boundary=x", 415],
  ["application/x-www-form-urlencoded", 415],
  ["application/json; charset=utf-8", 400],
])("a body that says it is %s is answered %i, with what is expected", async (type, expected) => {
  const { status, problem } = await sent("/v1/volunteers", "{}", { "content-type": type });
  expect(status).toBe(expected);
  if (expected === 415) expect(problem?.detail).toContain("application/json");
});
