import type { Server } from "node:http";
import { connect } from "node:net";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerProblems } from "../../gateway/http/problem.ts";
import { newRouter } from "../../gateway/http/router.ts";
import { listenOn } from "../../gateway/listen.ts";

let server: Server;
let port: number;
beforeEach(async () => {
  const app = new Hono().post("/", async (c) => c.text(await c.req.text()));
  const listening = await listenOn({ app }, { host: "127.0.0.1", port: 0 });
  port = listening.port;
  server = listening.server;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** What is heard on a connection until the gateway ends it. */
const heardOf = (text: string): Promise<string> =>
  new Promise((resolve) => {
    const line = connect(port, "127.0.0.1");
    let heard = "";
    line.on("data", (part) => {
      heard += String(part);
    });
    line.on("error", () => undefined);
    line.on("close", () => resolve(heard));
    line.write(text);
  });

test("whoever does not come to an end has as long as an honest one on a slow line needs", () => {
  // 16 MiB take a minute at 2 Mbit/s.
  expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 120_000]);
});

test("and loses the connection then, whether in the headers or in the body", async () => {
  server.headersTimeout = 300;
  server.requestTimeout = 600;
  const headers = await heardOf("POST / HTTP/1.1\r\nhost: x\r\nx-slow: ");
  const body = await heardOf("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc");
  expect([headers, body].map((each) => each.slice(0, 12))).toEqual(["HTTP/1.1 408", "HTTP/1.1 408"]);
});

test("whoever hangs up in the middle of a body leaves nothing in the log", async () => {
  const logged: unknown[] = [];
  const log = { info: () => undefined, warn: (...line: unknown[]) => void logged.push(line) };
  const told = new Promise<void>((resolve) => {
    const app = newRouter();
    app.onError((error, c) => {
      resolve();
      return answerProblems(log)(error, c);
    });
    app.post("/", async (c) => c.text(await c.req.text()));
    void listenOn({ app }, { host: "127.0.0.1", port: 0 }).then((listening) => {
      server.close();
      server = listening.server;
      const line = connect(listening.port, "127.0.0.1");
      line.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc", () => {
        setTimeout(() => line.destroy(), 100);
      });
    });
  });
  await told;
  expect(logged).toEqual([]);
});

test("headers without end are refused", async () => {
  const heard = await heardOf(`POST / HTTP/1.1\r\nhost: x\r\nx-long: ${"x".repeat(20_000)}\r\n\r\n`);
  expect(heard.slice(0, 12)).toBe("HTTP/1.1 431");
});
