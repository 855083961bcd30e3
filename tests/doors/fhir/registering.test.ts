import type { Appointment, Patient } from "@medplum/fhirtypes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newVolunteer } from "../../support/gateway.ts";
import { base, inBundle, openScene, registered, type Scene, saidIn } from "./scene.ts";

/* A registration on the waitlist: one's own, and how it is made. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const read = (id: string, sent: Parameters<Scene["ask"]>[2]) =>
  scene.ask<Appointment>("GET", `/Appointment/${id}`, sent);

describe("one's own registration", () => {
  test("is on the waitlist, with the days on which one can come", async () => {
    const { volunteer, token } = await registered(scene, "1960-02-02");
    const found = await scene.ask("GET", "/Appointment?status=waitlist&_include=Appointment:patient", {
      token,
    });
    const [own] = inBundle(found, "Appointment");
    expect(own).toMatchObject({ id: volunteer.id, status: "waitlist" });
    expect(own?.requestedPeriod).toHaveLength(1);
    const [oneself] = inBundle(found, "Patient");
    expect(oneself).toMatchObject({ id: volunteer.id, birthDate: "1960-02-02" });
    expect(JSON.stringify(found)).not.toContain("nationalNumber");
    expect(await scene.ask("GET", `/Patient/${volunteer.id}`, { token })).toEqual(oneself);
    expect((await scene.ask("GET", "/Patient", { token })).total).toBe(1);
    expect((await scene.ask("GET", `/Appointment?patient=Patient/${volunteer.id}`, { token })).total).toBe(1);
    expect((await scene.ask("GET", "/Appointment?patient=Patient/another", { token })).total).toBe(0);
  });

  test("shows each day in parts, merged where one follows on another", async () => {
    const { token } = await registered(scene, "1961-02-02");
    const week = Object.fromEntries(
      ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((day) => [day, []]),
    );
    const availability = {
      from: "2021-04-16",
      week: { ...week, friday: ["evening"], saturday: ["morning", "afternoon"] },
      repeats: false,
      exceptions: [],
    };
    await scene.api("PATCH", "/v1/volunteer", { token, json: { availability } });
    const [own] = inBundle(await scene.ask("GET", "/Appointment", { token }), "Appointment");
    expect(own?.requestedPeriod).toEqual([
      { start: "2021-04-16T15:00:00.000Z", end: "2021-04-17T15:00:00.000Z" },
    ]);
  });

  test("ends by cancelling it", async () => {
    const { volunteer, token } = await registered(scene, "1962-02-02");
    const own = await read(volunteer.id, { token });
    const left = await scene.ask<Appointment>("PUT", `/Appointment/${volunteer.id}`, {
      token,
      json: { ...own, status: "cancelled" },
    });
    expect(left.status).toBe("cancelled");
    expect(saidIn(await scene.refused("GET", "/Appointment", { token }, 401))).toEqual([["login", "caller"]]);
  });

  test("is made by whoever sends somebody on the waitlist, with the days that they can come, and once", async () => {
    const json = {
      resourceType: "Appointment",
      status: "waitlist",
      extension: [{ url: `${base}/StructureDefinition/consent-text`, valueString: "2021-04" }],
      contained: [
        {
          ...{ resourceType: "Patient", id: "who", birthDate: "1949-03-03" },
          identifier: [
            {
              system: "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/ssin",
              value: newVolunteer({ born: "1949-03-03" }).nationalNumber,
            },
          ],
          name: [{ family: "Lambert", given: ["Marie", "Anne"] }],
          telecom: [
            { system: "phone", use: "mobile", value: "0470 12 34 56" },
            { system: "email", value: "m@example.org" },
          ],
          address: [{ postalCode: "6000" }],
          communication: [{ language: { coding: [{ system: "urn:ietf:bcp:47", code: "fr-BE" }] } }],
        },
      ],
      participant: [{ actor: { reference: "#who" }, status: "accepted" }],
      requestedPeriod: [
        { start: "2021-04-20", end: "2021-04-20" },
        { start: "2021-04-21T12:00:00+02:00", end: "2021-04-21T17:00:00+02:00" },
      ],
    };
    const headers = { "idempotency-key": '"once"' };
    const made = await scene.ask<Appointment>("POST", "/Appointment", { json, headers }, 201);
    const again = await scene.ask<Appointment>("POST", "/Appointment", { json, headers }, 201);
    expect(again).toEqual(made);
    const token = made.extension?.find(({ url }) => url?.endsWith("/token"))?.valueString ?? "";
    const own = await scene.ask<Patient>("GET", `/Patient/${made.id}`, { token });
    expect(own).toMatchObject({
      name: [{ family: "Lambert", given: ["Marie Anne"] }],
      telecom: [{ value: "+32470123456" }, { value: "m@example.org" }],
    });
    expect((await read(made.id ?? "", { token })).requestedPeriod).toEqual([
      { start: "2021-04-19T22:00:00.000Z", end: "2021-04-20T22:00:00.000Z" },
      { start: "2021-04-21T10:00:00.000Z", end: "2021-04-21T15:00:00.000Z" },
    ]);
    const short = await scene.refused(
      "POST",
      "/Appointment",
      {
        json: {
          ...json,
          extension: [],
          contained: [{ resourceType: "Patient", id: "who", address: [{ postalCode: "6000" }] }],
        },
      },
      400,
    );
    expect(short.issue.map(({ expression }) => expression?.[0])).toEqual([
      "Patient.name",
      "Patient.communication.language",
      "Appointment.extension",
    ]);
    expect(short.issue[2]?.details?.text).toContain('"2021-04"');
    const contained = json.contained.map((each) => ({
      ...each,
      identifier: each.identifier.map((one) => ({ ...one, value: "12345678901" })),
    }));
    const wrong = { ...json, contained };
    const refused = await scene.refused("POST", "/Appointment", { json: wrong }, 400);
    expect(refused.issue.some(({ expression }) => expression?.[0] === "Patient.identifier")).toBe(true);
    expect(JSON.stringify(refused)).not.toContain("12345678901");
  });
});
