import { once } from "node:events";
import { createServer, type Server as TcpServer } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { type Addressed, type Channel, NotifyError } from "../../gateway/notify/channel.ts";
import { createEmail, EmailOptions } from "../../gateway/notify/email.ts";
import { openPostOffice } from "../../gateway/sandbox/post-office.ts";
import { instant } from "../../schema/primitives.ts";

const to = "an.peeters@example.org";
const letter: Addressed = {
  ...{ to, reference: "0f8fad5b.invitation", subject: "Une dose vous est réservée : 16:42" },
  ...{
    body: `Bonjour Zoë,\n\nhttps://reserve.example.be/answer#${"k".repeat(80)}\n\nÀ bientôt`,
    short: "short",
  },
};
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const email = (port: number, more: Partial<EmailOptions> = {}): Channel => {
  const base = { host: "127.0.0.1", port, security: "none", from: "reserve@example.org", timeoutMs: 2000 };
  const channel = createEmail(EmailOptions.parse({ ...base, ...more }));
  open.push(() => channel.close());
  return channel;
};

const listening = async (server: TcpServer): Promise<number> => {
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
};

/** A mail server of the test's own, for answers that the sandbox never gives. */
const mailServer = async (options: SMTPServerOptions): Promise<number> => {
  const server = new SMTPServer({
    ...{ authOptional: true, disableReverseLookup: true, logger: false, closeTimeout: 50 },
    ...options,
  });
  server.on("error", () => undefined);
  open.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return listening(server.listen(0, "127.0.0.1"));
};

const answering = (responseCode: number, text: string) =>
  Object.assign(new Error(`${text} <${to}>`), { responseCode });

const faultOf = async (channel: Channel, signal = new AbortController().signal): Promise<NotifyError> => {
  const fault: unknown = await channel.send(letter, signal).catch((error: unknown) => error);
  if (!(fault instanceof NotifyError)) throw new Error("it was sent, or failed in another way");
  expect(`${fault.stack} ${JSON.stringify(fault)} ${String(fault.cause)}`).not.toContain("peeters");
  return fault;
};

const sandbox = async () => {
  const office = await openPostOffice({ now: () => instant(0), sleep: async () => {} });
  open.push(() => office.close());
  return office;
};

describe("a letter by e-mail", () => {
  it("arrives as it was written", async () => {
    const office = await sandbox();
    await email(office.email.port).send(letter, new AbortController().signal);
    const [message] = office.list({ to });
    expect(message).toMatchObject({ channel: "email", to, subject: letter.subject, text: letter.body });
  });

  it("leaves by few connections, however many there are", async () => {
    const office = await sandbox();
    const channel = email(office.email.port, { connections: 2 });
    const each = Array.from({ length: 40 }, (_, n) => ({
      ...letter,
      reference: `r${n}`,
      to: `v${n}@example.org`,
    }));
    await Promise.all(each.map((one) => channel.send(one, new AbortController().signal)));
    expect(new Set(office.list().map((message) => message.to)).size).toBe(40);
  });

  it("goes on over the same channel once the server is well again", async () => {
    const office = await sandbox();
    const channel = email(office.email.port);
    await channel.send(letter, new AbortController().signal);
    office.break("email", { down: true });
    expect((await faultOf(channel)).fault).toBe("unavailable");
    office.break("email", {});
    await channel.send(letter, new AbortController().signal);
    expect(office.list()).toHaveLength(2);
  });
});

describe("an address that will never work", () => {
  it.each([550, 551, 553])("is refused where the server answers %i to it", async (code) => {
    const port = await mailServer({
      onRcptTo: (_address, _session, done) => done(answering(code, "no such user")),
    });
    const fault = await faultOf(email(port));
    expect(fault.fault).toBe("refused");
    expect(fault.message).toBe(`email: ${code}`);
  });
});

describe("a server that cannot, or will not have us", () => {
  it.each([
    ["greylists the address", { onRcptTo: (_a, _s, done) => done(answering(451, "later")) }],
    [
      "blocks us, which it says to the address",
      { onRcptTo: (_a, _s, done) => done(answering(550, "5.7.1 blocked")) },
    ],
    ["turns down our sender", { onMailFrom: (_a, _s, done) => done(answering(553, "who are you")) }],
    [
      "turns down the letter",
      { onData: (stream, _s, done) => stream.resume().on("end", () => done(answering(554, "spam"))) },
    ],
    [
      "turns down our login",
      { allowInsecureAuth: true, onAuth: (_auth, _s, done) => done(answering(535, "no")) },
    ],
    ["hangs after the letter", { onData: (stream) => void stream.resume() }],
  ] satisfies [string, SMTPServerOptions][])(
    "is unavailable when it %s",
    async (_what, options: SMTPServerOptions) => {
      const port = await mailServer(options);
      const login = { user: "everydose", password: "correct horse" };
      const channel = email(port, { timeoutMs: 200, ...("onAuth" in options ? { login } : {}) });
      expect((await faultOf(channel)).fault).toBe("unavailable");
    },
  );

  it("is unavailable when nobody listens", async () => {
    const probe = createServer().listen(0, "127.0.0.1");
    const port = await listening(probe);
    probe.close();
    await once(probe, "close");
    expect((await faultOf(email(port))).fault).toBe("unavailable");
  });

  it("is unavailable when it never greets", async () => {
    const mute = createServer().listen(0, "127.0.0.1");
    open.push(async () => mute.close());
    const fault = await faultOf(email(await listening(mute), { timeoutMs: 100 }));
    expect(fault).toMatchObject({ fault: "unavailable", message: "email: ETIMEDOUT" });
  });

  it("is given up when the signal says so", async () => {
    const mute = createServer().listen(0, "127.0.0.1");
    open.push(async () => mute.close());
    const limit = new AbortController();
    mute.once("connection", () => limit.abort());
    const fault = await faultOf(email(await listening(mute), { timeoutMs: 60_000 }), limit.signal);
    expect(fault).toMatchObject({ fault: "unavailable", message: "email: EABORT" });
  });

  it("never gets a letter unencrypted where encryption is asked for", async () => {
    const office = await sandbox();
    expect((await faultOf(email(office.email.port, { security: "starttls" }))).fault).toBe("unavailable");
    expect((await faultOf(email(office.email.port, { security: "tls" }))).fault).toBe("unavailable");
    expect(office.list()).toEqual([]);
  });

  it("never gets a letter where its certificate proves nothing", async () => {
    let heard = false;
    const port = await mailServer({
      onMailFrom: (_address, _session, done) => {
        heard = true;
        done();
      },
    });
    expect((await faultOf(email(port, { security: "starttls" }))).fault).toBe("unavailable");
    expect(heard).toBe(false);
  });
});
