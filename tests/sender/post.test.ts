import type { lookup } from "node:dns";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createPost } from "../../gateway/sender/post.ts";
import { instant } from "../../schema/primitives.ts";

/* How events get out: real connections, to this machine. */

const now = () => instant(new Date("2021-04-16T14:30:00Z"));
const own = ["127.0.0.0/8"];

const serving = async (answer: RequestListener): Promise<string> => {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(
    () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?key=1`;
};

/** A resolver that says these addresses of every name. */
const resolving = (...addresses: string[]) =>
  ((_: string, __: unknown, tell: (error: null, found: { address: string; family: number }[]) => void) =>
    tell(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    )) as unknown as typeof lookup;

const posting = (given: Partial<Parameters<typeof createPost>[0]> = {}) => {
  const { post, close } = createPost({ networks: own, now, ...given });
  onTestFinished(close);
  return post;
};

const letter = (address: string) => ({
  ...{
    address,
    headers: { "webhook-id": "evt_1", "content-type": "application/cloudevents+json" },
    body: '{"a":"é"}',
  },
});

test("a body goes out as it is, with its headers, to the whole of its address", async () => {
  const got: { url?: string; id?: unknown; body: string }[] = [];
  const address = await serving((request, reply) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part) => (body += part));
    request.on("end", () => {
      got.push({ url: request.url ?? "", id: request.headers["webhook-id"], body });
      reply.writeHead(202).end("thanks");
    });
  });
  expect(await posting().send(letter(address))).toEqual({ status: 202 });
  expect(got).toEqual([{ url: "/in?key=1", id: "evt_1", body: '{"a":"é"}' }]);
});

test("no redirect is followed, and what an answer asks for is read as seconds or as a date", async () => {
  let asked = 0;
  const answers: [number, Record<string, string>][] = [
    [302, { location: "/elsewhere" }],
    [503, { "retry-after": "120" }],
    [429, { "retry-after": "Fri, 16 Apr 2021 14:31:30 GMT" }],
    [500, { "retry-after": "soon" }],
  ];
  const address = await serving((_, reply) => {
    const [status, headers] = answers[asked] ?? [204, {}];
    asked += 1;
    reply.writeHead(status, headers).end();
  });
  const post = posting();
  expect(await post.send(letter(address))).toEqual({ status: 302 });
  expect(await post.send(letter(address))).toEqual({ status: 503, retryAfterSeconds: 120 });
  expect(await post.send(letter(address))).toEqual({ status: 429, retryAfterSeconds: 90 });
  expect(await post.send(letter(address))).toEqual({ status: 500 });
  expect(asked).toBe(4);
});

test("who answers too late, hangs up or is not there is told by a code, without the address", async () => {
  const silent = await serving(() => undefined);
  expect(await posting({ timeoutMs: 200 }).send(letter(silent))).toEqual({ fault: "timeout" });
  const rude = await serving((request) => void request.socket.destroy());
  expect((await posting().send(letter(rude))).fault).toMatch(/^[A-Z_]+$/);
  expect((await posting().send(letter("http://127.0.0.1:9/in"))).fault).toBe("ECONNREFUSED");
});

test("an answer without end costs no more than its time", async () => {
  const babbling = await serving((_, reply) => {
    reply.writeHead(200);
    const more = setInterval(() => reply.write("x".repeat(100_000)), 1);
    reply.on("close", () => clearInterval(more));
  });
  expect(await posting({ timeoutMs: 5_000 }).send(letter(babbling))).toEqual({ status: 200 });
});

describe("an address that leads inside", () => {
  const inside = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "192.168.1.1",
    "::1",
    "fd00::1",
    "::ffff:10.0.0.1",
  ];

  test.each(inside)("is refused, and not connected to: %s", async (address) => {
    const post = posting({ networks: [], resolve: resolving(address) });
    expect(await post.refusal("https://innocent.example.org/in")).toContain("network of its own");
    expect(await post.send(letter("https://innocent.example.org/in"))).toEqual({ fault: "forbidden" });
  });

  test("is refused also where it is written as an address, or leads elsewhere at another time", async () => {
    const post = posting({ networks: [], resolve: resolving("10.0.0.1") });
    for (const host of ["127.0.0.1", "[::1]", "2130706433"])
      expect(await post.send(letter(`http://${host}/in`)), host).toEqual({ fault: "forbidden" });
    const mixed = posting({ networks: [], resolve: resolving("93.184.216.34", "10.0.0.1") });
    expect(await mixed.send(letter("https://innocent.example.org/in"))).toEqual({ fault: "forbidden" });
  });
});

test("an address is one of https on the internet, or any of a network that the operator names", async () => {
  const outside = posting({ networks: [], resolve: resolving("93.184.216.34") });
  expect(await outside.refusal("https://reports.example.org/in")).toBeUndefined();
  expect(await outside.refusal("http://reports.example.org/in")).toBe("an address of https");
  expect(await outside.refusal("https://user:word@reports.example.org/in")).toContain("without a name");
  expect(await outside.refusal("https://reports.example.org/in#part")).toContain("without #");
  const named = posting({ networks: ["10.0.0.0/8"], resolve: resolving("10.1.2.3") });
  expect(await named.refusal("http://reports.internal/in")).toBeUndefined();
});
