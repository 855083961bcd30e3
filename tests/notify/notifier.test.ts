import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotifyError, type Outgoing } from "../../gateway/notify/channel.ts";
import { createEmail, EmailOptions } from "../../gateway/notify/email.ts";
import { createNotifier, type Notifier, UndeliveredError } from "../../gateway/notify/notifier.ts";
import {
  createHttpProvider,
  createTextMessages,
  HttpTextOptions,
} from "../../gateway/notify/text-message.ts";
import { openPostOffice, type PostOffice } from "../../gateway/sandbox/post-office.ts";
import { instant } from "../../schema/primitives.ts";
import type { MessageKind } from "../../schema/surplus.ts";

const contact = { email: "an.peeters@example.org", mobile: "+32470123456" };
let clock = 0;
let firstTaken: () => void;
/** Every look at the clock is a second later, so that it shows who was first. */
const now = () => {
  clock += 1000;
  firstTaken();
  return instant(clock);
};
let office: PostOffice;
let notifier: Notifier;
let logged: string[];
let release: () => void;

beforeEach(async () => {
  [clock, logged, firstTaken] = [0, [], () => {}];
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  office = await openPostOffice({ now: () => instant(0), sleep: () => held });
  const note = (facts: Record<string, unknown>, message: string) => {
    logged.push(JSON.stringify({ ...facts, message }));
  };
  const from = { from: "reserve@example.org", security: "none", timeoutMs: 5000 };
  notifier = createNotifier({
    channels: [
      createEmail(EmailOptions.parse({ ...office.email, ...from })),
      createTextMessages(createHttpProvider(HttpTextOptions.parse(office.sms), () => instant(0))),
    ],
    now,
    log: { info: note, warn: note },
    deadlineMs: 5000,
  });
});
afterEach(async () => {
  release();
  await notifier.close();
  await office.close();
});

const letter = (about: MessageKind): Outgoing => ({
  ...{ about, reference: `r.${about}`, subject: "s", body: "b", short: "t" },
});
const undelivered = async (ask: Parameters<Notifier["notify"]>[0]): Promise<UndeliveredError> => {
  const error: unknown = await notifier.notify(ask).catch((thrown: unknown) => thrown);
  if (!(error instanceof UndeliveredError)) throw new Error("it was delivered, or failed in another way");
  return error;
};
const channels = () => office.list().map(({ channel }) => channel);

describe("which channel", () => {
  it.each(["invitation", "accepted", "released", "revoked", "booking-cancelled", "booking-moved"] as const)(
    "%s leaves by both at once",
    async (about) => {
      const told = await notifier.notify({ contact, letter: letter(about) });
      expect(new Set(channels())).toEqual(new Set(["email", "sms"]));
      expect(channels()).toHaveLength(2);
      expect(told.outcomes).toMatchObject([{ state: "taken" }, { state: "taken" }]);
    },
  );

  it.each(["registered", "registered-again", "recovery", "lapsed"] as const)(
    "%s leaves by e-mail alone",
    async (about) => {
      const told = await notifier.notify({ contact, letter: letter(about) });
      expect(channels()).toEqual(["email"]);
      expect(told).toEqual({ channel: "email", at: instant(1000), outcomes: [{ ...told.outcomes[0] }] });
    },
  );

  it("takes the one there is", async () => {
    const { mobile, email } = contact;
    expect((await notifier.notify({ contact: { mobile }, letter: letter("lapsed") })).channel).toBe("sms");
    expect((await notifier.notify({ contact: { email }, letter: letter("invitation") })).channel).toBe(
      "email",
    );
  });

  it("F03: the first channel that takes an invitation starts its window", async () => {
    office.break("email", { delayMs: 60_000 });
    // The mail server thinks until the text message has been taken.
    firstTaken = () => release();
    const told = await notifier.notify({ contact, letter: letter("invitation") });
    expect(told).toMatchObject({ channel: "sms", at: instant(1000) });
    expect(told.outcomes).toMatchObject([
      { channel: "email", state: "taken", at: instant(2000) },
      { channel: "sms", state: "taken", at: instant(1000) },
    ]);
  });
});

describe("a channel that fails", () => {
  it("leaves the letter to the other", async () => {
    office.break("email", { down: true });
    const told = await notifier.notify({ contact, letter: letter("registered") });
    expect(told).toMatchObject({ channel: "sms" });
    expect(told.outcomes).toMatchObject([{ channel: "email", state: "unavailable" }, { state: "taken" }]);
  });

  it("does not hold up an invitation on the other", async () => {
    office.break("sms", { down: true });
    const told = await notifier.notify({ contact, letter: letter("invitation") });
    expect(told.channel).toBe("email");
    expect(told.outcomes).toMatchObject([{ state: "taken" }, { channel: "sms", state: "unavailable" }]);
  });

  it("with the other failing too is told as both outcomes, to be tried later", async () => {
    office.break("email", { down: true });
    office.break("sms", { down: true });
    for (const about of ["registered", "invitation"] as const) {
      const error = await undelivered({ contact, letter: letter(about) });
      expect(error).toMatchObject({ fault: "unavailable", retryAfterSeconds: undefined });
      expect(error.outcomes).toEqual([
        { channel: "email", state: "unavailable" },
        { channel: "sms", state: "unavailable" },
      ]);
    }
  });

  it("is refused for good only where every address is", async () => {
    const wrong = { mobile: "0470" };
    expect((await undelivered({ contact: wrong, letter: letter("invitation") })).fault).toBe("refused");
    office.break("email", { down: true });
    const both = { ...wrong, email: contact.email };
    expect((await undelivered({ contact: both, letter: letter("invitation") })).fault).toBe("unavailable");
  });
});

it("waits as long as it was told, but no longer than the channel that named no wait", async () => {
  const asked = async (waits: { email?: number; sms?: number }) => {
    const channels = (["email", "sms"] as const).map((name) => ({
      name,
      send: async () => {
        throw new NotifyError("unavailable", name, { retryAfterSeconds: waits[name] });
      },
      close: async () => {},
    }));
    const log = { info: () => {}, warn: () => {} };
    const both = createNotifier({ channels, now, log });
    const error: unknown = await both.notify({ contact, letter: letter("lapsed") }).catch((thrown) => thrown);
    return error instanceof UndeliveredError ? error.retryAfterSeconds : "delivered";
  };
  expect(await asked({ email: 300, sms: 120 })).toBe(120);
  expect(await asked({ sms: 120 })).toBeUndefined();
});

it("F12: neither a log nor an error names an address or a number", async () => {
  office.break("email", { down: true });
  office.break("sms", { down: true });
  const error = await undelivered({ contact, letter: letter("invitation") });
  expect(logged).toHaveLength(2);
  expect(`${logged.join()} ${error.stack} ${JSON.stringify(error)}`).not.toMatch(/peeters|470123456/);
});
