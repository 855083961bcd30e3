import { afterAll, beforeAll, expect, test } from "vitest";
import { RegistrationResults } from "../../schema/volunteer.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const batch = async (registrations: object[]) => {
  const sent = { as: "agency", json: { registrations } } as const;
  return (await scene.read(RegistrationResults, "POST", "/v1/volunteers/batch", sent)).results;
};

test("each of a batch is answered for itself: registered, at fault, refused by the policy, or out of reach", async () => {
  const [one, other] = newVolunteers(2);
  const results = await batch([
    { volunteer: one },
    { volunteer: { ...other, contact: { mobile: "0470" } } },
    { volunteer: { ...other, consent: { textVersion: "1999-01", given: true } } },
    { volunteer: { ...other, region: "brussels", centres: ["pacheco"] } },
    { volunteer: other },
  ]);
  expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual([
    ...[201, "invalid_input", "policy_refuses", "not_allowed", 201],
  ]);
  expect(results[1]?.problem?.issues).toMatchObject([{ at: "/contact/mobile" }]);
  const token = results[4]?.registered?.token;
  expect((await scene.send("GET", "/v1/volunteer", { token })).status).toBe(200);
});

test("a registration sent again under its key, in another batch, has its first answer", async () => {
  const [same, another] = newVolunteers(2, { born: "1951-01-01" });
  const [first] = await batch([{ key: "a", volunteer: same }]);
  const again = await batch([
    { key: "b", volunteer: another },
    { key: "a", volunteer: same },
  ]);
  expect(again.map(({ replayed }) => replayed)).toEqual([false, true]);
  expect(again[1]?.registered).toEqual(first?.registered);
});

test.each(["a\u0000b", "a\ud800"])("a key that nobody could find again is refused: %j", async (key) => {
  const [one, other] = newVolunteers(2, { born: "1952-01-01" });
  const json = { registrations: [{ volunteer: one }, { key, volunteer: other }] };
  const reply = await scene.send("POST", "/v1/volunteers/batch", { as: "agency", json });
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({
    code: "invalid_input",
    issues: [{ at: "/registrations/1/key", detail: "without control characters" }],
  });
});

test("a batch is for a platform's key, and for at most 500", async () => {
  const json = { registrations: [{ volunteer: newVolunteer() }] };
  expect((await scene.send("POST", "/v1/volunteers/batch", { json })).status).toBe(401);
  expect((await scene.send("POST", "/v1/volunteers/batch", { as: "reporting", json })).status).toBe(403);
  const many = { registrations: Array.from({ length: 501 }, () => ({ volunteer: {} })) };
  expect((await scene.send("POST", "/v1/volunteers/batch", { as: "agency", json: many })).status).toBe(400);
});
