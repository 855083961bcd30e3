import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { createContext } from "../../adapters/kit/context.ts";
import { serve } from "../../adapters/kit/serve.ts";
import adapter from "../../adapters/qvax/adapter.ts";
import type { components } from "../../schema/platforms/qvax.gen.ts";
import { ExternalId } from "../../schema/primitives.ts";
import { entry, evening, invitation, numbers } from "./qvax-scene.ts";

const registration: components["schemas"]["Registration"] = {
  registrationId: "QX-2345BCDF",
  nationalNumber: numbers.an,
  givenName: "An",
  familyName: "Peeters",
  email: "an@example.org",
  mobile: null,
  state: "off",
  centreCode: "charleroi",
  updatedAt: "2021-05-18T17:30:00+02:00",
};
const page = {
  asOf: "2021-05-18T18:00:00+02:00",
  total: 1,
  items: [registration],
  cursor: "c1",
  more: false,
};

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** The adapter against a Qvax that answers everything as told. */
const against = async (answer: (request: Request) => Response | Promise<Response>) => {
  const serving = await serve(new Hono().all("*", (c) => answer(c.req.raw)));
  const log = { info: () => undefined, warn: () => undefined };
  const ctx = createContext({ now: () => evening, sleep: async () => undefined, log });
  opened.push(ctx.close, serving.close);
  const options = adapter.options.parse({ baseUrl: `${serving.url}/v2`, apiKey: "a-partner-key" });
  return adapter.connect(options, ctx);
};

const id = ExternalId.parse("QX-2345BCDF");

describe("a reply", () => {
  test("with fields that the document does not have is read all the same", async () => {
    const more = { ...page, items: [{ ...registration, loyaltyPoints: 3 }], sponsor: "nobody" };
    const { records } = await (await against(() => Response.json(more))).roster.pull({});
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({
      value: { externalId: id, state: "paused" },
      changedAt: "2021-05-18T15:30:00.000Z",
      validAt: "2021-05-18T16:00:00.000Z",
    });
    expect(JSON.stringify(records)).not.toContain("loyaltyPoints");
  });

  test.each(["registrationId", "nationalNumber", "familyName", "mobile", "state", "centreCode", "updatedAt"])(
    "without %s has drifted, and the fault does not repeat what was written",
    async (field) => {
      const items = [{ ...registration, [field]: undefined }];
      const pulled = (await against(() => Response.json({ ...page, items }))).roster.pull({});
      await expect(pulled).rejects.toMatchObject({
        fault: "drifted",
        message: expect.not.stringMatching(/Peeters|50011599795|example\.org/),
      });
    },
  );

  test.each(["asOf", "total", "items", "cursor", "more"])(
    "whose page lacks %s has drifted",
    async (field) => {
      const { roster } = await against(() => Response.json({ ...page, [field]: undefined }));
      await expect(roster.pull({})).rejects.toMatchObject({ fault: "drifted" });
    },
  );

  test("404 that is not Qvax's own is a wrong address, not a person who is gone", async () => {
    const { roster, invite } = await against(() => new Response("no such page", { status: 404 }));
    await expect(roster.close({ externalId: id, reason: "withdrawn" })).rejects.toMatchObject({
      fault: "drifted",
    });
    await expect(invite.revoke(invitation(1))).rejects.toMatchObject({ fault: "drifted" });
    await expect(invite.send(invitation(1))).rejects.toMatchObject({ fault: "drifted" });
  });

  test("401 is a refusal", async () => {
    const error = { code: "wrong-key", message: "A partner's key is needed" };
    const { roster } = await against(() => Response.json(error, { status: 401 }));
    await expect(roster.pull({})).rejects.toMatchObject({ fault: "rejected" });
  });

  test("429 says how long to wait", async () => {
    const { roster } = await against(
      () => new Response(null, { status: 429, headers: { "retry-after": "17" } }),
    );
    await expect(roster.pull({})).rejects.toMatchObject({ fault: "throttled", retryAfterSeconds: 17 });
  });
});

test("a request carries the key, and nobody's number in its address (F12)", async () => {
  const seen: { url: string; key: string | null }[] = [];
  const { roster, invite } = await against(async (request) => {
    seen.push({ url: request.url, key: request.headers.get("x-api-key") });
    const sent = { externalId: invitation(1).invitation, registrationId: id, state: "sent" };
    return request.url.includes("/invitations")
      ? Response.json({ ...sent, sentAt: page.asOf, windowEndsAt: page.asOf })
      : Response.json(registration, { status: request.method === "POST" ? 201 : 200 });
  });
  await roster.put(entry(numbers.an));
  await roster.put(entry(numbers.an, { externalId: id }));
  await invite.send(invitation(1));
  expect(seen.map(({ key }) => key)).toEqual(Array(3).fill("a-partner-key"));
  expect(seen.map(({ url }) => url).join()).not.toContain(numbers.an);
});

test("a number that keeps moving between registrations ends in a fault, not in a loop", async () => {
  let asked = 0;
  const { roster } = await against(() => {
    asked += 1;
    const error = { code: "number-known", message: "known", registrationId: `QX-${asked}` };
    return Response.json(error, { status: 409 });
  });
  await expect(roster.put(entry(numbers.an))).rejects.toMatchObject({ fault: "unavailable" });
  expect(asked).toBe(2);
});
