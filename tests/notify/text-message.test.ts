import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type Addressed, NotifyError } from "../../gateway/notify/channel.ts";
import {
  createHttpProvider,
  createTextMessages,
  HttpTextOptions,
} from "../../gateway/notify/text-message.ts";
import { openPostOffice } from "../../gateway/sandbox/post-office.ts";
import { instant } from "../../schema/primitives.ts";

const to = "+32470123456";
const letter: Addressed = { to, reference: "r1", subject: "", body: "long", short: "Zoë? Une dose à 16:42" };
const now = () => instant(Date.parse("2021-04-06T16:30:00Z"));
const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const textMessages = (options: { url: string; key?: string; timeoutMs?: number }) => {
  const parsed = HttpTextOptions.parse({ key: "sandbox-sms", ...options });
  const channel = createTextMessages(createHttpProvider(parsed, now));
  open.push(() => channel.close());
  return channel;
};

const providerThat = async (answers: (request: IncomingMessage, reply: ServerResponse) => void) => {
  const server = createServer(answers).listen(0, "127.0.0.1");
  open.push(() => server.close() && server.closeAllConnections());
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}/v1/messages`;
};

const faultOf = async (
  channel: ReturnType<typeof textMessages>,
  signal = new AbortController().signal,
): Promise<NotifyError> => {
  const fault: unknown = await channel.send(letter, signal).catch((error: unknown) => error);
  if (!(fault instanceof NotifyError)) throw new Error("it was sent, or failed in another way");
  expect(`${fault.stack} ${JSON.stringify(fault)} ${String(fault.cause)}`).not.toContain("470123456");
  return fault;
};

const sandbox = async () => {
  const office = await openPostOffice({ now, sleep: async () => {} });
  open.push(() => office.close());
  return office;
};

describe("a text message", () => {
  it("arrives in its short form", async () => {
    const office = await sandbox();
    await textMessages(office.sms).send(letter, new AbortController().signal);
    expect(office.list()).toMatchObject([{ channel: "sms", to, subject: "", text: letter.short, at: now() }]);
  });

  it("arrives once, however often its reply was lost", async () => {
    const office = await sandbox();
    const channel = textMessages(office.sms);
    for (const _ of [1, 2, 3]) await channel.send(letter, new AbortController().signal);
    expect(office.list()).toHaveLength(1);
  });
});

describe("what a provider answers", () => {
  it.each([
    [400, "refused"],
    [410, "refused"],
    [422, "refused"],
    [401, "unavailable"],
    [403, "unavailable"],
    [404, "unavailable"],
    [302, "unavailable"],
    [429, "unavailable"],
    [500, "unavailable"],
    [503, "unavailable"],
  ])("status %i is %s", async (status, fault) => {
    const url = await providerThat((_request, reply) => reply.writeHead(status).end(`{"number":"${to}"}`));
    expect(await faultOf(textMessages({ url }))).toMatchObject({ fault, message: `sms: status ${status}` });
  });

  it.each([
    ["120", 120],
    ["Tue, 06 Apr 2021 16:31:30 GMT", 90],
    ["Tue, 06 Apr 2021 16:00:00 GMT", 0],
    ["soon", undefined],
  ])("Retry-After: %s is %s seconds", async (header, seconds) => {
    const url = await providerThat((_request, reply) =>
      reply.writeHead(429, { "retry-after": header }).end(),
    );
    expect((await faultOf(textMessages({ url }))).retryAfterSeconds).toBe(seconds);
  });

  it("the sandbox refuses a number that is none, and does not know another key", async () => {
    const { sms } = await sandbox();
    const strange = textMessages(sms).send({ ...letter, to: "0470" }, new AbortController().signal);
    await expect(strange).rejects.toMatchObject({ fault: "refused" });
    expect(await faultOf(textMessages({ ...sms, key: "another key" }))).toMatchObject({
      message: "sms: status 401",
    });
  });
});

describe("a provider that does not answer", () => {
  it("is unavailable when nobody listens", async () => {
    const office = await sandbox();
    await office.close();
    open.pop();
    expect(await faultOf(textMessages(office.sms))).toMatchObject({ message: "sms: ECONNREFUSED" });
  });

  it("is unavailable when its time is over", async () => {
    const url = await providerThat(() => {});
    const fault = await faultOf(textMessages({ url, timeoutMs: 100 }));
    expect(fault).toMatchObject({ fault: "unavailable", message: "sms: UND_ERR_HEADERS_TIMEOUT" });
  });

  it("is given up when the signal says so", async () => {
    const limit = new AbortController();
    const url = await providerThat(() => limit.abort());
    expect((await faultOf(textMessages({ url }), limit.signal)).fault).toBe("unavailable");
  });
});
