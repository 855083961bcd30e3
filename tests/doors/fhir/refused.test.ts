import type { OperationOutcome } from "@medplum/fhirtypes";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { serve } from "../../../adapters/kit/serve.ts";
import { fhirDoor } from "../../../gateway/doors/fhir/door.ts";
import { failing, openScene, publicUrl, type Scene, saidIn } from "./scene.ts";

/* What is refused, and who is said to have failed. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const bundle = { resourceType: "Bundle", type: "transaction" };
const somebody = { resourceType: "Appointment", status: "waitlist" };

test.each([
  ["a type that there is not", "GET", "/Nonsense", {}, 404, "not-supported"],
  ["a type that is not served", "GET", "/Observation/1", {}, 404, "not-supported"],
  ["the bare address", "GET", "/", {}, 404, "not-supported"],
  ["a transaction", "POST", "/", { json: bundle }, 404, "not-supported"],
  ["a history", "GET", "/Location/charleroi/_history", {}, 404, "not-supported"],
  ["a centre that there is not", "GET", "/Location/nowhere", {}, 404, "not-found"],
  ["an id that is none", "GET", "/Location/%22", {}, 404, "not-found"],
  ["a slot that there is not", "GET", "/Slot/1", {}, 404, "not-found"],
  ["what is not deleted", "DELETE", "/Appointment/1", {}, 405, "not-supported"],
  ["what is not created", "POST", "/Location", { json: { resourceType: "Location" } }, 405, "not-supported"],
  ["an operation that there is not", "POST", "/Appointment/$nonsense", { json: {} }, 404, "not-supported"],
  ["a hold by an address", "GET", "/Appointment/$hold", {}, 405, "not-supported"],
  ["XML", "GET", "/Location", { headers: { accept: "application/fhir+xml" } }, 406, "not-supported"],
  ["XML by a parameter", "GET", "/Location?_format=xml", {}, 406, "not-supported"],
  [
    "another version of FHIR",
    "GET",
    "/Location",
    { headers: { accept: "application/fhir+json; fhirVersion=5.0" } },
    406,
    "not-supported",
  ],
  [
    "a body of another type",
    "POST",
    "/Appointment",
    { json: somebody, headers: { "content-type": "text/plain" } },
    415,
    "not-supported",
  ],
  [
    "no JSON",
    "POST",
    "/Appointment/$find",
    { form: "{", headers: { "content-type": "application/fhir+json" } },
    400,
    "structure",
  ],
  ["another resource", "POST", "/Appointment", { json: { resourceType: "Patient" } }, 400, "structure"],
  ["a resource that is none", "POST", "/Appointment", { json: [1] }, 400, "structure"],
  [
    "a participant that is none",
    "POST",
    "/Appointment",
    { json: { ...somebody, participant: "x" } },
    400,
    "structure",
  ],
  [
    "a body too long",
    "POST",
    "/Appointment",
    { json: { ...somebody, comment: "x".repeat(300_000) } },
    413,
    "too-long",
  ],
  [
    "a creation that asks whether it is there",
    "POST",
    "/Appointment",
    { json: somebody, headers: { "if-none-exist": "a=b" } },
    400,
    "not-supported",
  ],
  ["a date that is none", "GET", "/Slot?start=soon", {}, 400, "value"],
  ["a 30 February", "GET", "/Slot?start=2021-02-30", {}, 400, "value"],
  ["a count that is none", "GET", "/Location?_count=many", {}, 400, "value"],
  ["a cursor that is made up", "GET", "/Location?_cursor=!!", {}, 400, "value"],
  [
    "a cursor of the API's that is made up",
    "GET",
    "/Appointment?_cursor=YQ",
    { as: "staff" },
    400,
    "invalid",
  ],
  ["a narrowing that is not done here", "GET", "/Slot?specialty=1", {}, 400, "not-supported"],
  ["a modifier that is not known", "GET", "/Location?name:missing=true", {}, 400, "not-supported"],
  [
    "whose appointments, by a centre",
    "GET",
    "/Appointment?patient=Patient/1",
    { as: "staff" },
    400,
    "not-supported",
  ],
  ["a person, by a centre", "GET", "/Patient/1", { as: "staff" }, 403, "forbidden"],
  ["a person, by nobody", "GET", "/Patient", {}, 401, "login"],
  ["a key that opens nothing", "GET", "/Appointment", { token: "nonsense" }, 401, "login"],
  ["a token that opens nothing", "GET", "/Appointment", { token: "a".repeat(32) }, 401, "login"],
  [
    "what nobody knows, strictly",
    "GET",
    "/Location?colour=red",
    { headers: { prefer: "handling=strict" } },
    400,
    "not-supported",
  ],
  ["a search posted as JSON", "POST", "/Location/_search", { json: {} }, 415, "not-supported"],
] as const)("%s is refused as the caller's failure", async (_, method, path, sent, status, code) => {
  const outcome = await scene.refused(method, path, sent, status);
  expect(saidIn(outcome)[0]).toEqual([code, "caller"]);
  expect(outcome.issue[0]?.diagnostics).toMatch(/request [\w-]+/);
});

test("what nobody knows is left out, and told", async () => {
  const found = await scene.ask("GET", "/Location?colour=red&name=CEME");
  expect([found.total, found.link?.[0]?.url]).toEqual([1, `${publicUrl}/fhir/Location?name=CEME`]);
  expect(found.entry?.at(-1)?.resource).toMatchObject({
    issue: [{ severity: "warning", code: "not-supported" }],
  });
});

test.each([
  "application/fhir+json",
  "application/json",
  "application/xml;q=0.9, */*;q=0.8",
  'application/fhir+json; fhirVersion="4.0"',
])("%s is answered", async (accept) => {
  await scene.ask("GET", "/Location/charleroi", { headers: { accept } });
});
test("a format in the address goes before the header, and is pretty where that is wanted", async () => {
  const reply = await scene.send("GET", "/Location/charleroi?_format=application/fhir+json&_pretty=true", {
    headers: { accept: "text/turtle" },
  });
  expect(await reply.text()).toContain('\n  "resourceType": "Location"');
});

test("a 401 says how to come in, and a 405 what the address takes", async () => {
  expect((await scene.send("GET", "/Appointment")).headers.get("www-authenticate")).toBe("Bearer");
  expect((await scene.send("DELETE", "/Slot/1")).headers.get("allow")).toBe("GET");
});

test("a platform that cannot be asked about a slot is the platform's failure", async () => {
  const found = await scene.ask("GET", "/Slot?schedule=mons");
  const [slot] = found.entry ?? [];
  scene.mood.fails = failing("drifted");
  scene.clock.advance(20);
  const gone = await scene.refused("GET", `/Slot/${slot?.resource?.id}`, {}, 503);
  expect(saidIn(gone)).toEqual([["transient", "platform"]]);
  scene.mood.fails = undefined;
});

test("what fails in the gateway is the gateway's failure, and nothing of it is told", async () => {
  const api = vi.fn<() => Response>();
  const door = fhirDoor({
    api,
    publicUrl,
    now: scene.clock.now,
    log: { info: () => undefined, warn: () => undefined },
  });
  const said = async (reply: Response | Error) => {
    if (reply instanceof Error)
      api.mockImplementation(() => {
        throw reply;
      });
    else api.mockReturnValue(reply);
    const answer = await door.request("/Location");
    const outcome = (await answer.json()) as OperationOutcome;
    expect(JSON.stringify(outcome)).not.toContain("secret");
    return [answer.status, ...saidIn(outcome), answer.headers.get("retry-after")];
  };
  const problem = (code: string, status: number) =>
    Response.json(
      { type: "x", title: "No", status, code, retry: true, requestId: "1" },
      { status, headers: { "content-type": "application/problem+json", "retry-after": "7" } },
    );
  expect(await said(new Error("a secret"))).toEqual([500, ["exception", "gateway"], null]);
  expect(await said(problem("internal", 500))).toEqual([500, ["exception", "gateway"], "7"]);
  expect(await said(problem("overloaded", 503))).toEqual([503, ["throttled", "gateway"], "7"]);
  expect(await said(problem("database_unavailable", 503))).toEqual([503, ["no-store", "gateway"], "7"]);
  expect(await said(problem("too_many_requests", 429))).toEqual([429, ["throttled", "gateway"], "7"]);
  expect(await said(problem("platform_unavailable", 503))).toEqual([503, ["transient", "platform"], "7"]);
});

test("over HTTP it is found below its address, and HEAD is GET without a body", async () => {
  const { Hono } = await import("hono");
  const served = await serve(new Hono().route("/fhir", scene.door));
  const reply = await fetch(`${served.url}/fhir/Location/charleroi`, { method: "HEAD" });
  expect([reply.status, await reply.text()]).toEqual([200, ""]);
  expect(reply.headers.get("content-type")).toMatch(/^application\/fhir\+json/);
  expect((await fetch(`${served.url}/fhir`)).status).toBe(404);
  expect((await fetch(`${served.url}/fhir/metadata`)).status).toBe(200);
  await served.close();
});
