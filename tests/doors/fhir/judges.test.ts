import type { Appointment, Resource } from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import { openJudges } from "./judges.ts";

/* That each judge finds what is wrong, and what the other does not. */

const judges = openJudges();
const right: Appointment = {
  ...{ resourceType: "Appointment", id: "1", status: "booked" },
  ...{ start: "2021-04-16T14:30:00.000Z", end: "2021-04-16T15:00:00.000Z" },
  participant: [{ actor: { reference: "Location/charleroi" }, status: "accepted" }],
};
const found = (change: object) => {
  const resource = { ...right, ...change } as Resource;
  return Object.entries(judges).flatMap(([name, judge]) => (judge(resource).length > 0 ? [name] : []));
};

test("both take what is right", () => {
  expect(found({})).toEqual([]);
});

test.each([
  ["an hour missing of what is booked, which an invariant asks for", { start: undefined }, ["medplum"]],
  [
    "a participant of nobody, which an invariant forbids",
    { participant: [{ status: "accepted" }] },
    ["medplum"],
  ],
  ["a status that there is not", { status: "perhaps" }, ["hl7"]],
  ["a name that there is not", { statuss: "booked" }, ["medplum", "hl7"]],
  ["an id of letters that FHIR does not know", { id: "a b" }, ["hl7"]],
  ["nobody who takes part", { participant: undefined }, ["medplum", "hl7"]],
])("%s is found by whom it is found", (_, change, by) => {
  expect(found(change)).toEqual(expect.arrayContaining(by));
});

test("each finds something that the other does not", () => {
  expect(found({ start: undefined })).toEqual(["medplum"]);
  expect(found({ status: "perhaps" })).toEqual(["hl7"]);
});
