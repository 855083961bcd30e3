import { Agent, request } from "node:http";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Door, openDoor } from "../../gateway/http/door.ts";
import { listenOn } from "../../gateway/listen.ts";
import { Problem } from "../../schema/errors.ts";

/** Everything that the application was asked, behind a door that is closed until it is opened. */
const served: string[] = [];
let waitSeconds: number | undefined;
const door: Door = openDoor({ turnedAway: () => waitSeconds });
const app = {
  fetch: async (asked: Request) => {
    served.push(`${asked.method} ${new URL(asked.url).pathname} ${(await asked.text()).length}`);
    return new Response("served");
  },
};

let listening: Awaited<ReturnType<typeof listenOn>>;
beforeAll(async () => {
  listening = await listenOn({ app, door }, { host: "127.0.0.1", port: 0 });
});
afterAll(() => new Promise((closed) => listening.server.close(closed)));

/** One connection, on which one thing is asked after the other. */
const line = () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return (method: string, path: string, body = "", headers: Record<string, string> = {}) =>
    new Promise<{ status?: number; headers: NodeJS.Dict<string | string[]>; text: string; reused: boolean }>(
      (resolve, reject) => {
        const asked = request({ port: listening.port, agent, method, path, headers }, (reply) => {
          let text = "";
          reply.setEncoding("utf8").on("data", (piece: string) => {
            text += piece;
          });
          reply.on("end", () =>
            resolve({ status: reply.statusCode, headers: reply.headers, text, reused: asked.reusedSocket }),
          );
        });
        asked.on("error", reject).end(body);
      },
    );
};

test("F01: while nobody can be taken in, who registers is refused before the application is asked, and told when to come", async () => {
  served.length = 0;
  waitSeconds = 2.2;
  const ask = line();
  const refused = await ask("POST", "/v1/volunteers", "x".repeat(200_000));
  expect(refused.status).toBe(503);
  expect(refused.headers).toMatchObject({
    "content-type": "application/problem+json",
    "retry-after": "3",
    "cache-control": "no-store",
  });
  const problem = Problem.parse(JSON.parse(refused.text));
  expect(problem).toMatchObject({ code: "overloaded", status: 503, retry: true });
  expect(refused.headers["x-request-id"]).toBe(problem.requestId);
  expect(served).toEqual([]);

  // The same connection serves what is asked next: what was sent and not read is not taken for it.
  const chunked = await ask("POST", "/v1/volunteers", "y".repeat(10), { "transfer-encoding": "chunked" });
  expect([chunked.status, chunked.reused]).toEqual([503, true]);
  const health = await ask("GET", "/health");
  expect([health.text, health.reused]).toEqual(["served", true]);
  expect(served).toEqual(["GET /health 0"]);
});

test("everybody else is let through while it is closed, and all when it is open", async () => {
  served.length = 0;
  waitSeconds = 1;
  const ask = line();
  for (const [method, path] of [
    ["GET", "/v1/volunteers"],
    ["POST", "/v1/volunteers/recover"],
    ["POST", "/v1/surpluses"],
  ] as const)
    expect((await ask(method, path, method === "POST" ? "{}" : "")).text).toBe("served");
  waitSeconds = undefined;
  expect((await ask("POST", "/v1/volunteers", "{}")).text).toBe("served");
  expect(served).toEqual([
    "GET /v1/volunteers 0",
    "POST /v1/volunteers/recover 2",
    "POST /v1/surpluses 2",
    "POST /v1/volunteers 2",
  ]);
});
