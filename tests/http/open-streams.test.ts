import { EventEmitter } from "node:events";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { openStreams } from "../../gateway/http/open-streams.ts";
import { answerProblems } from "../../gateway/http/problem.ts";
import { newRouter } from "../../gateway/http/router.ts";
import { quiet } from "../support/quiet.ts";

/* Streams that one caller has open at once. */

const opened = () => {
  const app = newRouter();
  app.onError(answerProblems(quiet));
  app.use("/live", openStreams({ streams: { address: 3, key: 2 } }));
  app.get("/live", (c) => c.text("here"));
  const whole = new Hono().route("/", app);
  return async (remoteAddress: string, key?: string) => {
    const outgoing = new EventEmitter();
    const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
    const env = { incoming: { headers: {}, socket: { remoteAddress } }, outgoing };
    const reply = await whole.request("/live", { headers }, env);
    return { status: reply.status, close: () => outgoing.emit("close"), reply };
  };
};

test("one address opens no more than its share, and another once one of them is closed", async () => {
  const open = opened();
  const [first, , third] = [
    await open("193.191.210.7"),
    await open("193.191.210.7"),
    await open("193.191.210.7"),
  ];
  expect(third.status).toBe(200);
  const refused = await open("193.191.210.7");
  expect([refused.status, refused.reply.headers.get("retry-after")]).toEqual([429, "30"]);
  refused.close();
  expect((await open("193.191.210.8")).status).toBe(200);
  first.close();
  expect((await open("193.191.210.7")).status).toBe(200);
  expect((await open("193.191.210.7")).status).toBe(429);
});

test("one key opens no more from many addresses, however it is written", async () => {
  const open = opened();
  for (const nth of [1, 2]) expect((await open(`193.191.210.${nth}`, "key-staff")).status).toBe(200);
  expect((await open("193.191.210.3", " key-staff")).status).toBe(429);
  expect((await open("193.191.210.4", "another-key")).status).toBe(200);
});

test("callers on this machine are not counted", async () => {
  const open = opened();
  for (let nth = 0; nth < 10; nth += 1) expect((await open("127.0.0.1", "key")).status).toBe(200);
});
