import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type ClosableHttpClient, createHttp } from "../../adapters/kit/http.ts";
import { mayReach, type Reach } from "../../adapters/kit/reach.ts";
import { instant } from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";

/* A platform's address is the operator's, and where its name leads is whoever's who holds the name. */

describe("without a network of the operator's, nothing is reached at", () => {
  test.each([
    ...["127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "255.255.255.255"],
    ...["169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1"],
    ...["240.0.0.1", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "fe80::1"],
    ...["fec0::1", "fd00:ec2::254", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1"],
    ...["2002:7f00:1::1", "2001::1", "100::1", "2001:db8::1", "nowhere", ""],
  ])("%s", (address) => {
    expect(mayReach(address, [])).toBe(false);
  });
});

test.each(["8.8.8.8", "193.191.210.1", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])(
  "%s is on the internet",
  (address) => {
    expect(mayReach(address, [])).toBe(true);
  },
);

test("a network that the operator names is open, and only that", () => {
  const networks = ["10.20.0.0/16", "fd12::/16"];
  const open = ["10.20.3.4", "::ffff:10.20.3.4", "fd12::1"];
  const shut = ["10.21.0.1", "127.0.0.1", "fd13::1"];
  expect(open.map((each) => mayReach(each, networks))).toEqual([true, true, true]);
  expect(shut.map((each) => mayReach(each, networks))).toEqual([false, false, false]);
});

const opened: { server?: Server; client?: ClosableHttpClient }[] = [];
afterEach(async () => {
  for (const { server, client } of opened.splice(0)) {
    await client?.close();
    server?.closeAllConnections();
    server?.close();
  }
});

const listening = async (host: string, port = 0) => {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? "");
    reply.writeHead(request.url === "/moved" ? 302 : 200, {
      connection: "close",
      ...(request.url === "/moved" ? { location: `http://127.0.0.2:${port}/secret` } : {}),
    });
    reply.end("{}");
  });
  opened.push({ server });
  await new Promise<void>((resolve) => {
    server.listen(port, host, resolve);
  });
  return { asked, port: (server.address() as AddressInfo).port };
};

const clientOf = (baseUrl: string, reach: Reach): ClosableHttpClient => {
  const client = createHttp({ baseUrl, reach, log: quiet, now: () => instant(Date.now()) });
  opened.push({ client });
  return client;
};
const one = { networks: ["127.0.0.1/32"] };

/** A resolver that answers each time with the next of these, and with the last from then on. */
const answering = (...addresses: string[]): NonNullable<Reach["resolve"]> =>
  ((_host: string, _options: object, tell: (error: null, found: object[]) => void) => {
    const address = addresses.length > 1 ? addresses.shift() : addresses[0];
    tell(null, [{ address, family: 4 }]);
  }) as NonNullable<Reach["resolve"]>;

test("a name that leads elsewhere at the second look is followed no further", async () => {
  const platform = await listening("127.0.0.1");
  const inside = await listening("127.0.0.2", platform.port);
  const resolve = answering("127.0.0.1", "127.0.0.2");
  const client = clientOf(`http://platform.example:${platform.port}`, { ...one, resolve });
  const ask = () => client.request({ method: "GET", path: "/slots" });
  expect((await ask()).status).toBe(200);
  await expect(ask()).rejects.toMatchObject({
    fault: "unavailable",
    message: expect.stringContaining("privateNetworks"),
  });
  expect([platform.asked, inside.asked]).toEqual([["/slots"], []]);
});

test("a name with one address outside and one inside is not asked at all", async () => {
  const { asked, port } = await listening("127.0.0.1");
  const both = [
    { address: "127.0.0.1", family: 4 },
    { address: "169.254.169.254", family: 4 },
  ];
  const resolve = ((_host: string, _options: object, tell: (error: null, found: object[]) => void) =>
    tell(null, both)) as NonNullable<Reach["resolve"]>;
  const client = clientOf(`http://platform.example:${port}`, { ...one, resolve });
  await expect(client.request({ method: "GET", path: "/" })).rejects.toMatchObject({ fault: "unavailable" });
  expect(asked).toEqual([]);
});

test.each([
  "http://127.0.0.1",
  "http://2130706433",
  "http://0x7f.1",
  "http://[::ffff:127.0.0.1]",
  "http://localhost",
])("%s is this machine, however it is written", async (origin) => {
  const { asked, port } = await listening("127.0.0.1");
  const client = clientOf(`${origin}:${port}`, { networks: [] });
  await expect(client.request({ method: "GET", path: "/" })).rejects.toMatchObject({ fault: "unavailable" });
  expect(asked).toEqual([]);
});

test("a redirect is told to the adapter, and never followed", async () => {
  const platform = await listening("127.0.0.1");
  const inside = await listening("127.0.0.2", platform.port);
  const client = clientOf(`http://127.0.0.1:${platform.port}`, one);
  const reply = await client.request({ method: "GET", path: "/moved" });
  expect([reply.status, inside.asked]).toEqual([302, []]);
});
