import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Problem } from "../../schema/errors.ts";
import { Policy } from "../../schema/region.ts";
import { newVolunteer } from "../support/gateway.ts";
import { announced, invited, leftover, openScene, registered, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const problem = async (response: Response | Promise<Response>): Promise<Problem> => {
  const reply = await response;
  expect(reply.headers.get("content-type")).toBe("application/problem+json");
  const told = Problem.parse(await reply.json());
  expect(told).toMatchObject({ status: reply.status, requestId: reply.headers.get("x-request-id") });
  return told;
};
const register = (json: unknown, headers?: Record<string, string>) =>
  problem(scene.send("POST", "/v1/volunteers", { json, headers }));

describe("input", () => {
  test("is told where it is wrong, as a pointer into the body", async () => {
    const contact = { mobile: "0470 12 34 56" };
    const { code, issues } = await register({ ...newVolunteer(), contact, shoe: 43 });
    expect(code).toBe("invalid_input");
    expect(issues).toContainEqual(expect.objectContaining({ in: "body", at: "/contact/mobile" }));
    expect(issues).toContainEqual({ in: "body", at: "/shoe", detail: "not known here" });
    expect(JSON.stringify(issues)).not.toContain("0470");
  });

  test("that is no moment, and what stands in an address, is named likewise", async () => {
    const { issues } = await problem(scene.send("GET", "/v1/slots?from=today&until=2021-04-17T15:00:00Z"));
    expect(issues).toMatchObject([{ in: "query", at: "from" }]);
    const moment = { ...leftover(scene), usableUntil: "this evening" };
    const body = await problem(scene.send("POST", "/v1/surpluses", { as: "staff", json: moment }));
    expect(body.issues).toMatchObject([{ in: "body", at: "/usableUntil" }]);
    const path = await problem(scene.send("GET", "/v1/surpluses/1", { as: "staff" }));
    expect(path.issues).toMatchObject([{ in: "path", at: "id" }]);
  });

  test("with a day in the year 0, which the database does not know, is named and not a fault of ours", async () => {
    const { availability } = newVolunteer();
    const never = "0000-01-01";
    const once = { ...availability, from: never, repeats: false };
    const but = { ...availability, exceptions: [{ day: never, parts: [] }] };
    for (const [told, at] of [
      [{ lastDoseOn: never }, "/lastDoseOn"],
      [{ availability: once }, "/availability/from"],
      [{ availability: but }, "/availability/exceptions/0/day"],
    ] as const) {
      const { code, issues } = await register({ ...newVolunteer(), ...told });
      expect(code).toBe("invalid_input");
      expect(issues).toMatchObject([{ at }]);
    }
  });

  test("that is no JSON, or says it is not, is refused", async () => {
    const send = (type: string) =>
      scene.app.request("/v1/volunteers", { method: "POST", headers: { "content-type": type }, body: "{" });
    expect((await problem(send("application/json"))).code).toBe("invalid_input");
    expect((await problem(send("text/plain"))).code).toBe("unsupported_media");
  });

  test("beyond a mebibyte is refused, but for a list", async () => {
    const body = "x".repeat(1024 * 1024 + 1);
    const headers = { "content-type": "application/json" };
    const large = await problem(scene.app.request("/v1/volunteers", { method: "POST", headers, body }));
    expect(large.code).toBe("body_too_large");
    const authorization = "Bearer key-lead";
    const list = { method: "POST", headers: { authorization, "content-type": "text/csv" }, body };
    const length = { "content-length": String(body.length) };
    const told = { ...list, headers: { ...list.headers, ...length } };
    const read = await problem(scene.app.request("/v1/centres/binche/imports", told));
    expect(read.code).toBe("spreadsheet_unreadable");
  });

  test("is told what it should have been: a PDF is no list, half a body no JSON, a centre that is none", async () => {
    const authorization = "Bearer key-lead";
    const pdf = { method: "POST", headers: { authorization, "content-type": "text/csv" }, body: "%PDF-1.4" };
    expect((await problem(scene.app.request("/v1/centres/binche/imports", pdf))).detail).toContain("PDF");
    const half = { method: "POST", headers: { "content-type": "application/json" }, body: '{"region":' };
    expect((await problem(scene.app.request("/v1/volunteers", half))).detail).toContain("JSON");
    const nowhere = await problem(scene.app.request("/v1/centres/nowhere"));
    expect(nowhere.detail).toBe("there is no such centre");
  });

  test("that the policy does not allow is refused with the field to mend", async () => {
    const { code, issues } = await register({
      ...newVolunteer(),
      nationalNumber: undefined,
      birthDate: undefined,
    });
    expect([code, issues?.length]).not.toEqual(["invalid_input", 0]);
    expect(code).toBe("policy_refuses");
  });
});

describe("an idempotency key", () => {
  test("that is not a quoted string is refused, and nobody is registered", async () => {
    const { issues } = await register(newVolunteer({ born: "1951-01-01" }), {
      "Idempotency-Key": "8e03978e",
    });
    expect(issues).toMatchObject([{ in: "header", at: "Idempotency-Key" }]);
  });

  test("is for one request; used for another it is refused", async () => {
    const headers = { "Idempotency-Key": '"twice"' };
    await scene.send("POST", "/v1/volunteers", { json: newVolunteer({ born: "1951-02-01" }), headers });
    const other = await register(newVolunteer({ born: "1951-03-01" }), headers);
    expect(other.code).toBe("idempotency_reused");
  });

  test("is free again after a request that was refused", async () => {
    const headers = { "Idempotency-Key": '"again"' };
    const json = { ...leftover(scene), doses: 499 };
    const refused = await problem(scene.send("POST", "/v1/surpluses", { as: "staff", json, headers }));
    expect(refused.code).toBe("policy_refuses");
    const mended = { as: "staff", json: leftover(scene), headers } as const;
    expect((await scene.send("POST", "/v1/surpluses", mended)).status).toBe(201);
  });
});

describe("what is not there", () => {
  test("is not found, or not by that method", async () => {
    expect((await problem(scene.send("GET", "/v1/nothing"))).code).toBe("not_found");
    expect((await problem(scene.send("GET", "/v1/centres/atlantis"))).code).toBe("not_found");
    const reply = await scene.send("DELETE", "/v1/volunteer");
    expect(reply.headers.get("allow")).toBe("GET, PATCH");
    expect((await problem(reply)).code).toBe("method_not_allowed");
  });

  test("is a list in a file, where a centre keeps its list elsewhere", async () => {
    const none = await problem(scene.send("GET", "/v1/centres/charleroi/exports", { as: "lead" }));
    expect(none.code).toBe("not_found");
  });
});

test("an answer comes once", async () => {
  await registered(scene, newVolunteer({ born: "1930-01-01" }));
  const { token } = await invited(scene, (await announced(scene)).id);
  await scene.send("POST", "/v1/invitation/decline", { token });
  const { code, retry } = await problem(scene.send("POST", "/v1/invitation/accept", { token }));
  expect([code, retry]).toEqual(["invitation_answered", false]);
});

test("a policy of another campaign is refused", async () => {
  const { rules } = await scene.read(Policy, "GET", "/v1/regions/wallonia/policy");
  const json = { rules: { ...rules, campaign: "flu-2021" } };
  const refused = await problem(scene.send("POST", "/v1/regions/wallonia/policies", { as: "agency", json }));
  expect(refused.issues).toMatchObject([{ at: "/rules/campaign" }]);
});

test("a rehearsal of doses without an end stopped the gateway", async () => {
  const json = { ...leftover(scene), usableUntil: "9999-12-31T00:00:00Z" };
  const endless = await problem(scene.send("POST", "/v1/policies/dry-run", { as: "staff", json }));
  expect([endless.code, endless.issues]).toMatchObject([
    "invalid_input",
    [{ in: "body", at: "/usableUntil" }],
  ]);
});

test.each([
  "x",
  "",
  "2021-04-16T14:30:00.000Z",
  "275760-09-13~0f8fad5b-d9cb-469f-a165-70867728950e",
  "0000-01-01T00:00:00.000Z~0f8fad5b-d9cb-469f-a165-70867728950e",
  "9999-12-31T23:59:59.999-14:00~0f8fad5b-d9cb-469f-a165-70867728950e",
  `2021-01-01T00:00:00.000Z~${"-".repeat(36)}`,
  "2021-01-01T00:00:00.000Z~0f8fad5b-d9cb-469f-a165-70867728950e~",
])("a forged cursor was answered as a fault of the gateway: %s", async (cursor) => {
  const forged = `/v1/surpluses?cursor=${encodeURIComponent(cursor)}`;
  const { code, issues } = await problem(scene.send("GET", forged, { as: "staff" }));
  expect([code, issues]).toMatchObject(["invalid_input", [{ in: "query", at: "cursor" }]]);
});

test.each(["\0", "\ud800"])(
  "a policy with a word that no database stores was a fault of the gateway: %j",
  async (word) => {
    const { rules } = await scene.read(Policy, "GET", "/v1/regions/wallonia/policy");
    const order = [{ name: word }];
    const json = { rules: { ...rules, consentText: word, order } };
    const refused = await problem(
      scene.send("POST", "/v1/regions/wallonia/policies", { as: "agency", json }),
    );
    const places = ["/rules/consentText", "/rules/order/0/name"].map((at) => ({ in: "body", at }));
    expect([refused.code, refused.issues]).toMatchObject(["invalid_input", places]);
  },
);

test("a delivery that is not signed right changes nothing", async () => {
  const forged = await problem(scene.send("POST", "/v1/platforms/posting/events", { json: [] }));
  expect(forged.code).toBe("signature_not_valid");
  const deaf = await problem(scene.send("POST", "/v1/platforms/local-list/events", { json: [] }));
  expect(deaf.code).toBe("not_found");
});

test("a signed delivery that is not JSON was asked for again for ever", async () => {
  const headers = { signature: "right" };
  const sent = { method: "POST", headers, body: "<html>" };
  const { code, retry, detail } = await problem(scene.app.request("/v1/platforms/posting/events", sent));
  expect([code, retry, detail]).toEqual(["invalid_input", false, "the delivery is not JSON"]);
});

test("anybody could have every platform searched for a month", async () => {
  const asked = (days: number, as?: "reporting") =>
    scene.send("GET", `/v1/slots?from=2021-04-01T00:00:00Z&until=2021-04-0${1 + days}T00:00:00Z`, { as });
  expect((await asked(7)).status).toBe(200);
  const { code, issues } = await problem(asked(8));
  expect([code, issues]).toMatchObject(["invalid_input", [{ in: "query", at: "until" }]]);
  expect((await asked(8, "reporting")).status).toBe(200);
  const guessed = "/v1/slots?from=2021-04-01T00:00:00Z&until=2021-04-02T00:00:00Z";
  expect((await scene.send("GET", guessed, { token: "key-guessed" })).status).toBe(401);
});

test("what nobody foresaw says nothing, and is logged without data", async () => {
  const broken = await openScene();
  onTestFinished(() => broken.close());
  await broken.database.sql`drop table volunteers cascade`;
  const reply = await broken.send("POST", "/v1/volunteers", { json: newVolunteer() });
  const told = await problem(reply);
  expect([told.code, told.detail, told.issues]).toEqual(["internal", undefined, undefined]);
  const logged = JSON.stringify(broken.logged);
  expect(logged).toContain(told.requestId);
  expect(logged).not.toMatch(/Dupont|example\.org|select|insert/);
});
