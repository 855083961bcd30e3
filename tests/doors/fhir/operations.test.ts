import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Appointment, Bundle, Resource } from "@medplum/fhirtypes";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plusMinutes } from "../../../schema/primitives.ts";
import { dataFile, noData } from "../../support/data.ts";
import { newVolunteer } from "../../support/gateway.ts";
import { faultsIn } from "./judges.ts";
import { base, inBundle, invited, openScene, type Scene, saidIn } from "./scene.ts";

/* $find, $hold and $book of IHE ITI Scheduling. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

type Parameter = { name: string; [value: string]: unknown };
const operate = (name: string, parameter: Parameter[], sent: Parameters<Scene["ask"]>[2] = {}) =>
  scene.ask("POST", `/Appointment/$${name}`, { ...sent, json: { resourceType: "Parameters", parameter } });
const reference = (id: string | undefined): Parameter => ({
  name: "appointment-reference",
  valueReference: { reference: `Appointment/${id}` },
});
const resource = (appointment: object): Parameter => ({
  name: "appointment-resource",
  resource: appointment,
});

/** What the profiles of IHE ask for beyond R4: both judges know R4 alone. */
const keepsToIhe = (bundle: Bundle) => {
  expect(bundle).toMatchObject({ type: "searchset", total: expect.any(Number) });
  expect(bundle.entry?.length).toBeGreaterThan(0);
  for (const { resource: each, search } of bundle.entry ?? []) {
    expect(search?.mode).toBe(each?.resourceType === "OperationOutcome" ? "outcome" : "match");
    if (each?.resourceType !== "Appointment") continue;
    expect([each.start, each.end].every(Boolean)).toBe(true);
    expect(each.requestedPeriod).toHaveLength(1);
    for (const { actor } of each.participant) expect(actor).toBeDefined();
  }
};

const asked = (born: string) => invited(scene, born);
const statuses = (bundle: Bundle) => inBundle(bundle, "Appointment").map(({ status }) => status);
const outcomes = (bundle: Bundle) => inBundle(bundle, "OperationOutcome").flatMap(saidIn);

describe("$find", () => {
  test("proposes what is open, by an address or by parameters, at whichever of the centres", async () => {
    const query =
      "start=2021-04-16&end=2021-04-18&location-reference=Location/charleroi&location-reference=Location/mons";
    const found = await scene.ask("GET", `/Appointment/$find?${query}`);
    keepsToIhe(found);
    expect([found.total, new Set(statuses(found))]).toEqual([6, new Set(["proposed"])]);
    const posted = await operate("find", [
      { name: "start", valueDateTime: "2021-04-16" },
      { name: "end", valueDateTime: "2021-04-18" },
      { name: "location-reference", valueReference: { reference: `${base}/Location/charleroi` } },
      { name: "location-reference", valueReference: { identifier: { value: "mons" } } },
    ]);
    expect(inBundle(posted, "Appointment")).toEqual(inBundle(found, "Appointment"));
  });

  test.each([
    ["location-string=Charleroi", 3],
    ["location-string=6000&visit-type=http://snomed.info/sct|33879002", 3],
    ["location-string=Charleroi&_count=1", 3],
    ["location-string=Charleroi&end=2021-04-16T18:00:00%2B02:00", 2],
    ["location-string=nowhere", 0],
    ["visit-type=http://snomed.info/sct|40701008", 0],
    ["specialty=http://snomed.info/sct|394814009", 0],
    ["practitioner=Practitioner/dr-y", 0],
  ])("%s", async (query, total) => {
    const found = await scene.ask("GET", `/Appointment/$find?${query}`);
    keepsToIhe(found);
    expect(found.total).toBe(total);
    if (query.includes("_count=1")) expect(statuses(found)).toEqual(["proposed"]);
  });
});

describe("$hold and $book", () => {
  test("the dose that somebody is asked for is proposed to them, held, booked and called off", async () => {
    const { id, token } = await asked("1950-01-15");
    const found = await operate("find", [{ name: "start", valueDateTime: "2021-04-16" }], { token });
    expect(inBundle(found, "Appointment").map((each) => [each.id, each.status])).toEqual([[id, "proposed"]]);
    const held = await operate("hold", [reference(id)], { token });
    const booked = await operate(
      "book",
      [reference(id), { name: "comment", valueString: "by the side door" }],
      { token },
    );
    const ended = await operate(
      "book",
      [resource({ ...inBundle(booked, "Appointment")[0], status: "cancelled" })],
      { token },
    );
    for (const each of [found, held, booked, ended]) keepsToIhe(each);
    expect([held, booked, ended].flatMap(statuses)).toEqual(["pending", "booked", "cancelled"]);
  });

  test("a pending appointment as a whole is booked, and its hour is moved by the centre alone", async () => {
    const { id, token } = await asked("1951-01-15");
    const [held] = inBundle(await operate("hold", [reference(id)], { token }), "Appointment");
    const booked = await operate("book", [resource({ ...held })], { token });
    const [one] = inBundle(booked, "Appointment");
    expect(one?.status).toBe("booked");
    const moved = { ...one, start: plusMinutes(scene.clock.now(), 100) } as Appointment;
    const parameter = [resource(moved)];
    const json = { resourceType: "Parameters", parameter };
    expect(saidIn(await scene.refused("POST", "/Appointment/$book", { token, json }, 422))).toEqual([
      ["business-rule", "caller"],
    ]);
    const [after] = inBundle(await operate("book", parameter, { as: "staff" }), "Appointment");
    expect([after?.status, after?.start]).toEqual(["booked", moved.start]);
    const cancelled = await operate("book", [resource({ ...after, status: "cancelled" })], { as: "staff" });
    expect(statuses(cancelled)).toEqual(["cancelled"]);
  });

  test("an open slot is rejected as IHE has it: its platform books it", async () => {
    const [one] = inBundle(await scene.ask("GET", "/Appointment/$find?location-string=Mons"), "Appointment");
    for (const answer of [
      await operate("hold", [reference(one?.id)]),
      await operate("book", [reference(one?.id)]),
      await operate("book", [resource({ ...one, status: "pending" })]),
    ]) {
      keepsToIhe(answer);
      expect([statuses(answer), outcomes(answer)]).toEqual([["cancelled"], [["business-rule", "caller"]]]);
    }
  });

  test("somebody is registered by a booking on the waitlist, with the patient beside it", async () => {
    const patient = {
      ...{ resourceType: "Patient", birthDate: "1940-04-04" },
      identifier: [
        {
          system: "https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/ssin",
          value: newVolunteer({ born: "1940-04-04" }).nationalNumber,
        },
      ],
      name: [{ family: "Maes", given: ["Jan"] }],
      telecom: [
        { system: "phone", value: "+32 470 98 76 54" },
        { system: "email", value: "jan@example.org" },
      ],
      address: [{ postalCode: "6000" }],
      communication: [{ language: { coding: [{ code: "fr" }] } }],
    };
    const appointment = {
      ...{ resourceType: "Appointment", id: "new", status: "waitlist" },
      extension: [{ url: `${base}/StructureDefinition/consent-text`, valueString: "2021-04" }],
      participant: [{ actor: { display: "Jan" }, status: "accepted" }],
    };
    const made = await operate("book", [
      resource(appointment),
      { name: "patient-resource", resource: patient },
    ]);
    expect(statuses(made)).toEqual(["waitlist"]);
  });

  test.each([
    ["hold", [], "required"],
    ["book", [], "required"],
    ["book", [reference("1"), resource({ resourceType: "Appointment", status: "pending" })], "required"],
    ["book", [resource({ resourceType: "Appointment", status: "pending" })], "required"],
    [
      "hold",
      [
        {
          name: "appointment-reference",
          valueReference: { reference: "http://elsewhere.example/Appointment/1" },
        },
      ],
      "value",
    ],
    ["book", [resource({ resourceType: "Appointment" })], "structure"],
  ])("$%s of %j is refused: %s", async (name, parameter, code) => {
    const json = { resourceType: "Parameters", parameter };
    expect(saidIn(await scene.refused("POST", `/Appointment/$${name}`, { json }, 400))[0]?.[0]).toBe(code);
  });
});

const folder = dataFile("ihe-scheduling") ?? "";
const example = <Of extends Resource>(name: string): Of =>
  JSON.parse(readFileSync(join(folder, `example-${name}.json`), "utf8")) as Of;

describe.skipIf(folder === "")(`the examples of IHE (${folder ? "there" : noData})`, () => {
  test.each(["appointment", "iti-scheduling-bundle", "patient", "practitioner"])(
    "%s is taken by both judges",
    (name) => {
      expect(faultsIn(scene.judges, example(name))).toEqual([]);
    },
  );

  test("its bundle keeps to what is asked of ours", () => {
    keepsToIhe(example<Bundle>("iti-scheduling-bundle"));
  });

  test("a search with its patient, its practitioner and its place is understood", async () => {
    const given = [
      { name: "start", valueDateTime: "2021-04-16T00:00:00Z" },
      { name: "end", valueDateTime: "2021-04-17T00:00:00Z" },
      { name: "patient-resource", resource: example("patient") },
    ];
    const found = await operate("find", given);
    keepsToIhe(found);
    expect(found.total).toBeGreaterThan(0);
    expect(JSON.stringify(inBundle(found, "OperationOutcome"))).toContain("patient-resource");
    const nobody = await operate("find", [
      ...given,
      { name: "practitioner", valueReference: { reference: "Practitioner/dr-y" } },
    ]);
    keepsToIhe(nobody);
    expect(nobody.total).toBe(0);
  });

  test("its appointment, of another server, is read and not found here: to move, to cancel, or to book", async () => {
    const theirs = example<Appointment>("appointment");
    for (const status of ["booked", "cancelled", "pending"]) {
      const parameter = [
        resource({ ...theirs, status }),
        { name: "patient-resource", resource: example("patient") },
      ];
      const json = { resourceType: "Parameters", parameter };
      expect(saidIn(await scene.refused("POST", "/Appointment/$book", { json }, 404))).toEqual([
        ["not-found", "caller"],
      ]);
    }
    for (const proposed of inBundle(example<Bundle>("iti-scheduling-bundle"), "Appointment"))
      for (const name of ["hold", "book"]) {
        const json = { resourceType: "Parameters", parameter: [reference(proposed.id)] };
        await scene.refused("POST", `/Appointment/$${name}`, { json }, 404);
      }
  });

  test("its appointment with an id of ours moves, and is cancelled", async () => {
    const { id, token } = await asked("1939-01-15");
    await operate("book", [reference(id)], { token });
    const start = plusMinutes(scene.clock.now(), 60);
    const moved = await operate("book", [resource({ ...example("appointment"), id, start })], {
      as: "staff",
    });
    expect(inBundle(moved, "Appointment")[0]).toMatchObject({ id, status: "booked", start });
    const ended = await operate("book", [resource({ ...example("appointment"), id, status: "cancelled" })], {
      as: "staff",
    });
    expect(statuses(ended)).toEqual(["cancelled"]);
  });
});
