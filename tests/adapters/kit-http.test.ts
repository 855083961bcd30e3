import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ClosableHttpClient, createHttp, type HttpSettings } from "../../adapters/kit/http.ts";
import { createLine } from "../../adapters/kit/line.ts";
import { parseReply } from "../../adapters/kit/reply.ts";
import type { AdapterError } from "../../schema/adapter.ts";
import type { HttpReply } from "../../schema/http.ts";
import { instant } from "../../schema/primitives.ts";

const opened: { client?: ClosableHttpClient; server?: Server }[] = [];
afterEach(async () => {
  for (const { client, server } of opened.splice(0)) {
    await client?.close();
    server?.closeAllConnections();
    server?.close();
  }
});

const platform = async (answer: (reply: ServerResponse, path: string) => void): Promise<string> => {
  const server = createServer((request, reply) => answer(reply, request.url ?? ""));
  opened.push({ server });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const log = { info: () => undefined, warn: () => undefined };
const clientOf = (baseUrl: string, more: Partial<HttpSettings> = {}): ClosableHttpClient => {
  const now = () => instant(Date.UTC(2021, 4, 18, 16));
  const client = createHttp({ baseUrl, now, log, ...more });
  opened.push({ client });
  return client;
};

describe.each([
  ["undici", {}],
  ["fetch", { fetch }],
] as const)("through %s", (_, mode) => {
  test("every status that an adapter must interpret is answered, with its headers", async () => {
    const url = await platform((reply, path) =>
      reply.writeHead(Number(path.slice(-3)), { "x-seen": path }).end("{}"),
    );
    const client = clientOf(`${url}/v1/`, mode);
    for (const status of [200, 202, 302, 404, 409]) {
      const reply = await client.request({ method: "GET", path: `/${status}` });
      expect(reply).toMatchObject({ status, text: "{}", headers: { "x-seen": `/v1/${status}` } });
    }
  });

  test("429 is throttled, with Retry-After in seconds or as a date", async () => {
    const url = await platform((reply, path) => {
      const after = path === "/date" ? "Tue, 18 May 2021 16:00:30 GMT" : "17";
      reply.writeHead(429, { "retry-after": after }).end();
    });
    const client = clientOf(url, mode);
    const ask = (path: string) => client.request({ method: "POST", path });
    await expect(ask("/seconds")).rejects.toMatchObject({ fault: "throttled", retryAfterSeconds: 17 });
    await expect(ask("/date")).rejects.toMatchObject({ fault: "throttled", retryAfterSeconds: 30 });
  });

  test("a status above 500 leaves open whether a POST was carried out, but not with 503", async () => {
    const url = await platform((reply, path) => reply.writeHead(Number(path.slice(-3))).end());
    const client = clientOf(url, mode);
    const ask = (method: "GET" | "POST", path: string) => client.request({ method, path });
    await expect(ask("GET", "/500")).rejects.toMatchObject({ fault: "unavailable" });
    await expect(ask("POST", "/500")).rejects.toMatchObject({ fault: "unknown" });
    await expect(ask("POST", "/503")).rejects.toMatchObject({ fault: "unavailable" });
  });

  test("a body cut short and a connection that ends are lost replies", async () => {
    const url = await platform((reply, path) => {
      if (path === "/cut") reply.writeHead(200, { "content-length": "100" }).write("{");
      setImmediate(() => reply.destroy());
    });
    const client = clientOf(url, mode);
    for (const path of ["/cut", "/gone"]) {
      await expect(client.request({ method: "GET", path })).rejects.toMatchObject({ fault: "unavailable" });
      await expect(client.request({ method: "POST", path })).rejects.toMatchObject({ fault: "unknown" });
      const safe = client.request({ method: "POST", path, safe: true });
      await expect(safe).rejects.toMatchObject({ fault: "unavailable" });
    }
  });

  test("time over and a caller that gives up are lost replies", async () => {
    const url = await platform(() => undefined);
    const client = clientOf(url, mode);
    const late = client.request({ method: "POST", path: "/", timeoutMs: 20 });
    await expect(late).rejects.toMatchObject({ fault: "unknown" });
    const signal = AbortSignal.abort();
    await expect(client.request({ method: "GET", path: "/", signal })).rejects.toMatchObject({
      fault: "unavailable",
    });
  });

  test("no connection means that nothing happened, even to a POST", async () => {
    const url = await platform(() => undefined);
    await new Promise((resolve) => opened[0]?.server?.close(resolve));
    const client = clientOf(url, mode);
    await expect(client.request({ method: "POST", path: "/" })).rejects.toMatchObject({
      fault: "unavailable",
    });
  });

  test("a body longer than 8 MiB is not read to its end", async () => {
    const url = await platform((reply) => reply.writeHead(200).end(Buffer.alloc(9 * 1024 * 1024)));
    const client = clientOf(url, mode);
    await expect(client.request({ method: "GET", path: "/" })).rejects.toMatchObject({ fault: "drifted" });
  });
});

describe("a line to a platform with limits", () => {
  const limits = { requestsPerSecond: 1_000, burst: 1_000, atOnce: 4 };
  const lineOf = (now = () => instant(Date.UTC(2021, 4, 18, 16))) =>
    createLine({ limits, now, sleep: async () => undefined });

  test("asks again where that is harmless, twice at most, and a tenth of all requests for long", async () => {
    let asked = 0;
    const url = await platform((reply) => {
      asked += 1;
      reply.writeHead(500).end();
    });
    const line = lineOf();
    const client = clientOf(url, { line });
    const ask = (method: "GET" | "POST") =>
      client.request({ method, path: "/" }).catch(({ fault }: AdapterError) => fault);
    expect(await ask("POST")).toBe("unknown");
    expect(asked).toBe(1);
    expect(await ask("GET")).toBe("unavailable");
    expect(asked).toBe(4);
    for (let more = 0; more < 98; more += 1) await ask("GET");
    expect(asked).toBeGreaterThan(110);
    expect(asked).toBeLessThanOrEqual(120);
    expect(line.state()?.repeats).toBe(asked - 100);
  });

  test("meets one 429 and no second: nobody asks before its Retry-After", async () => {
    let asked = 0;
    const url = await platform((reply) => {
      asked += 1;
      reply.writeHead(429, { "retry-after": "60" }).end();
    });
    const client = clientOf(url, { line: lineOf() });
    for (let tries = 0; tries < 3; tries += 1)
      await expect(client.request({ method: "GET", path: "/" })).rejects.toMatchObject({
        fault: "throttled",
        retryAfterSeconds: 60,
      });
    expect(asked).toBe(1);
  });

  test("has no more requests under way than the platform may get at once", async () => {
    let [running, most] = [0, 0];
    const url = await platform((reply) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        reply.end("{}");
      }, 5);
    });
    const client = clientOf(url, { line: lineOf() });
    await Promise.all(Array.from({ length: 40 }, () => client.request({ method: "GET", path: "/" })));
    expect(most).toBe(4);
  });

  test("hears how far a platform's clock is off", async () => {
    const url = await platform((reply) => {
      reply.writeHead(200, { date: "Tue, 18 May 2021 17:00:00 GMT" }).end("{}");
    });
    const line = lineOf();
    await clientOf(url, { line }).request({ method: "GET", path: "/" });
    expect(line.skew.ms()).toBe(3_600_000);
  });
});

describe("babble", () => {
  test.each([
    [
      "headers without end",
      (reply: ServerResponse) => reply.writeHead(200, { "x-much": "a".repeat(70_000) }).end(),
    ],
    ["no HTTP at all", (reply: ServerResponse) => reply.socket?.end("hello hello hello\r\n\r\n")],
    [
      "a body without end",
      (reply: ServerResponse) => {
        const go = () => {
          if (reply.destroyed) return;
          reply.write("[".repeat(65_536));
          setImmediate(go);
        };
        go();
      },
    ],
  ])("%s is a drift, and is not listened to for long", async (_, babble) => {
    const client = clientOf(await platform((reply) => void babble(reply)));
    await expect(client.request({ method: "GET", path: "/" })).rejects.toMatchObject({ fault: "drifted" });
  });

  test("a body that drips without end is over at the deadline", async () => {
    const url = await platform((reply) => {
      const drip = setInterval(() => reply.write(" "), 5);
      reply.on("close", () => clearInterval(drip));
    });
    const dripping = clientOf(url).request({ method: "GET", path: "/", timeoutMs: 60 });
    await expect(dripping).rejects.toMatchObject({ fault: "unavailable" });
  });

  test("letters that are none are no text, and become nobody's name", async () => {
    const json = { "content-type": "application/json" };
    const url = await platform((reply) => reply.writeHead(200, json).end(Buffer.from([0x22, 0xe9, 0x22])));
    const reply = await clientOf(url).request({ method: "GET", path: "/" });
    expect(() => parseReply(z.string(), reply)).toThrow(expect.objectContaining({ fault: "drifted" }));
  });
});

describe("parseReply", () => {
  const shape = z.object({ person: z.object({ name: z.string() }) });
  const json = { "content-type": "application/json; charset=utf-8" };
  const reply = (text: string, headers: Record<string, string> = json): HttpReply => {
    return { status: 200, headers, text, bytes: new TextEncoder().encode(text) };
  };

  test("gives what the document describes", () => {
    expect(parseReply(shape, reply('{"person":{"name":"An"}}'))).toEqual({ person: { name: "An" } });
  });

  test.each([
    ["an HTML page", reply("<h1>Secret</h1>", { "content-type": "text/html" })],
    ["no content type", reply("{}", {})],
    ["no JSON", reply('{"person":{"name":"Secret"')],
    ["another shape", reply('{"person":{"name":["Secret"]}}')],
  ])("%s is a drift that does not repeat what was written", (_, drifted) => {
    expect(() => parseReply(shape, drifted)).toThrow(expect.objectContaining({ fault: "drifted" }));
    expect(() => parseReply(shape, drifted)).not.toThrow(/Secret/);
  });
});
