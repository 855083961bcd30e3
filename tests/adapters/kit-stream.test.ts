import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type ClosableHttpClient, createHttp, type HttpSettings } from "../../adapters/kit/http.ts";
import type { HttpStream } from "../../schema/http.ts";
import { instant } from "../../schema/primitives.ts";

/* Bodies too long to hold, read line by line. */

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
const clientOf = (baseUrl: string, mode: Partial<HttpSettings>): ClosableHttpClient => {
  const now = () => instant(Date.UTC(2021, 4, 18, 16));
  const client = createHttp({ baseUrl, now, log, ...mode });
  opened.push({ client });
  return client;
};

const all = async ({ lines }: HttpStream): Promise<string[]> => {
  const read: string[] = [];
  for await (const line of lines) read.push(line);
  return read;
};

/** Writes until the reader has gone. */
const babble = (reply: ServerResponse, chunk: Buffer): void => {
  while (!reply.destroyed && reply.write(chunk));
  if (!reply.destroyed) reply.once("drain", () => babble(reply, chunk));
};

describe.each([
  ["undici", {}],
  ["fetch", { fetch }],
] as const)("through %s", (_, mode) => {
  test("lines come whole, whatever the chunks, the ends of lines and the last of them", async () => {
    const chunks = ['{"a":"é', '"}\r\n{"b"', ":1}\n\n", "{}"].map((text) => Buffer.from(text));
    const [first = Buffer.alloc(0)] = chunks;
    const split = [first.subarray(0, -1), first.subarray(-1), ...chunks.slice(1)];
    const url = await platform(async (reply) => {
      for (const chunk of split) {
        reply.write(chunk);
        await new Promise((resolve) => setImmediate(resolve));
      }
      reply.end();
    });
    const read = await clientOf(url, mode).stream({ method: "GET", path: "/" }, all);
    expect(read).toEqual(['{"a":"é"}', '{"b":1}', "", "{}"]);
  });

  test("a status that the adapter must interpret comes with its headers, and need not be read", async () => {
    const url = await platform((reply, path) =>
      reply.writeHead(Number(path.slice(1)), { etag: '"1"' }).end(path === "/304" ? undefined : "gone\n"),
    );
    const client = clientOf(url, mode);
    for (const status of [200, 304, 404]) {
      const seen = client.stream(
        { method: "GET", path: `/${status}` },
        async ({ lines: _, ...head }) => head,
      );
      expect(await seen).toMatchObject({ status, headers: { etag: '"1"' } });
    }
  });

  test("what no platform means is thrown before anything is read", async () => {
    const url = await platform((reply, path) => reply.writeHead(Number(path.slice(1))).end("busy"));
    const read = vi.fn(all);
    const client = clientOf(url, mode);
    const ask = (path: string) => client.stream({ method: "GET", path }, read);
    await expect(ask("/429")).rejects.toMatchObject({ fault: "throttled" });
    await expect(ask("/503")).rejects.toMatchObject({ fault: "unavailable" });
    expect(read).not.toHaveBeenCalled();
  });

  test("a body cut short and one that stops coming are lost replies, after the lines that came", async () => {
    const url = await platform((reply, path) => {
      reply.writeHead(200, { "content-length": "100" }).write("one\ntwo\nthr");
      if (path === "/cut") setTimeout(() => reply.destroy(), 20);
    });
    const client = clientOf(url, mode);
    for (const path of ["/cut", "/hangs"]) {
      const seen: string[] = [];
      const reading = client.stream({ method: "GET", path, timeoutMs: 300 }, async ({ lines }) => {
        for await (const line of lines) seen.push(line);
      });
      await expect(reading).rejects.toMatchObject({ name: "AdapterError", fault: "unavailable" });
      expect(seen).toEqual(["one", "two"]);
    }
  });

  test("neither an endless line nor an endless body is read to its end", async () => {
    const url = await platform((reply, path) =>
      babble(reply, Buffer.from("x".repeat(65_535) + (path === "/line" ? "x" : "\n"))),
    );
    const client = clientOf(url, mode);
    const count = async ({ lines }: HttpStream) => {
      let counted = 0;
      for await (const _ of lines) counted += 1;
      return counted;
    };
    for (const path of ["/line", "/body"]) {
      const reading = client.stream({ method: "GET", path, timeoutMs: 120_000 }, count);
      await expect(reading).rejects.toMatchObject({ fault: "drifted" });
    }
  });

  test("a reader that has enough ends the connection, and one that fails says its own fault", async () => {
    const closed = vi.fn();
    const url = await platform((reply) => {
      reply.once("close", closed);
      babble(reply, Buffer.from("x\n".repeat(32_768)));
    });
    const client = clientOf(url, mode);
    const first = await client.stream({ method: "GET", path: "/" }, async ({ lines }) => {
      for await (const line of lines) return line;
    });
    expect(first).toBe("x");
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1));
    const failing = client.stream({ method: "GET", path: "/" }, async () => {
      throw new RangeError("its own");
    });
    await expect(failing).rejects.toThrow(RangeError);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(2));
  });
});
