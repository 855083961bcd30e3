import { expect, test } from "vitest";
import { createComparison } from "../../adapters/kit/difference.ts";
import { readDocument } from "../../adapters/kit/document.ts";

/* In what a reply differs from a platform's API document: its words, and kinds and names of what came, never a value. */

const documentOf = async (name: string) => {
  const document = await readDocument(name);
  if (!document) throw new Error(`${name} has no document`);
  return document;
};
const doclr = createComparison(await documentOf("doclr"));

const slot = {
  ...{ id: "s-1", centre: "charleroi", date: "18/05/2021", time: "16:00", minutes: 10 },
  ...{ vaccine: "P", free: 2 },
};
const jsonReply = (body: unknown, { status = 200, type = "application/json" } = {}) => ({
  ...{ method: "GET", path: "/slots" },
  reply: { status, headers: { "content-type": type }, body: { text: () => JSON.stringify(body) } },
});
const told = (body: unknown, settings?: { status?: number; type?: string }) =>
  doclr.differencesOf(jsonReply(body, settings));

test("a reply as its document says differs in nothing", () => {
  expect(told({ slots: [slot, slot] })).toEqual([]);
});

test("what is missing, of another type, or no longer one of several is told once for a whole array", () => {
  const changed = { ...slot, time: undefined, beginsAt: slot.time, free: "two", vaccine: "X" };
  const differences = told({ slots: Array.from({ length: 500 }, () => changed) });
  expect(differences).toEqual([
    {
      ...{ operation: "GET /slots", pointer: "/slots/*/time", keyword: "required" },
      ...{ documented: "required", came: "nothing, new: beginsAt" },
    },
    {
      ...{ operation: "GET /slots", pointer: "/slots/*", keyword: "additionalProperties" },
      ...{ documented: "no other properties", came: "others, new: beginsAt" },
    },
    {
      ...{ operation: "GET /slots", pointer: "/slots/*/vaccine", keyword: "enum" },
      ...{ documented: expect.stringContaining("P"), came: "a string that is another" },
    },
    {
      ...{ operation: "GET /slots", pointer: "/slots/*/free", keyword: "type" },
      ...{ documented: "integer", came: "a string" },
    },
  ]);
});

test("what is far down a long list is found too", () => {
  const slots = Array.from({ length: 300 }, (_, nth) => ({ ...slot, ...(nth === 250 && { free: null }) }));
  expect(told({ slots })).toMatchObject([{ pointer: "/slots/*/free", keyword: "type", came: "null" }]);
});

test("no value that came is told, nor a key that may be somebody's name or number", () => {
  const persons = { "85.07.30-033.28": {}, "Peeters, An": {} };
  const differences = told({ slots: [{ ...slot, date: "0470 12 34 56", free: undefined, ...persons }] });
  expect(differences.length).toBeGreaterThan(0);
  expect(JSON.stringify(differences)).not.toMatch(/Peeters|85\.07|0470/);
});

test.each([
  [
    "a page",
    {},
    { type: "text/html" },
    { keyword: "content-type", documented: "application/json", came: "text/html" },
  ],
  ["a status", {}, { status: 302 }, { keyword: "status", came: "302" }],
])("%s that the document does not know is told as such", (_what, body, settings, difference) => {
  expect(told(body, settings)).toMatchObject([{ operation: "GET /slots", pointer: "", ...difference }]);
});

test("an address is told as the document writes it, without what is in its place", () => {
  const exchange = { method: "GET", path: "/jobs/85073003328" };
  expect(doclr.operationOf(exchange)).toBe("GET /jobs/{job}");
  expect(doclr.operationOf({ method: "GET", path: "/elsewhere/85073003328" })).toBeUndefined();
});

test("of a list that comes line by line, the first lines are compared", async () => {
  const links = createComparison(await documentOf("smart-scheduling-links"));
  const lines = ['{"resourceType":"Slot","id":7}', "no JSON"];
  const headers = { "content-type": "application/fhir+ndjson" };
  const exchange = {
    method: "GET",
    path: "/locations.ndjson",
    reply: { status: 200, headers, body: { lines } },
  };
  const differences = links.differencesOf(exchange);
  expect(differences).toContainEqual(
    expect.objectContaining({ operation: "GET /locations.ndjson", pointer: "/id", keyword: "type" }),
  );
  expect(differences).toContainEqual(expect.objectContaining({ keyword: "json" }));
});

test("what an object is keyed by is not told, be it a word such as a name in small letters", () => {
  const said = JSON.stringify([
    ...told({ peeters: { dupont: 1 }, vandenberghe: {} }),
    ...told({ slots: [{ peeters: slot }] }),
  ]);
  expect(said).toContain("names that the document does not know");
  expect(said).not.toMatch(/peeters|dupont|vandenberghe/);
});

test("an address that encodes nothing is compared as it stands, and stops nothing", () => {
  expect(doclr.operationOf({ method: "GET", path: "/jobs/50%" })).toBe("GET /jobs/{job}");
});
