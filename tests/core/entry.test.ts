import { expect, test } from "vitest";
import { usable, usableContact } from "../../gateway/core/entry.ts";
import type { CentreId } from "../../schema/primitives.ts";

test.each([
  ["0470/12.34.56", "+32470123456"],
  ["0470 12 34 56", "+32470123456"],
  ["+32 (0)470 12 34 56", "+32470123456"],
  ["+32 0470 12 34 56", "+32470123456"],
  ["0032470123456", "+32470123456"],
  ["+352 621 123 456", "+352621123456"],
])("a mobile number kept as %s is %s", (mobile, international) => {
  expect(usableContact({ mobile })).toEqual({ contact: { mobile: international }, faults: [] });
});

test.each(["12 34", "no telephone", "02 123 45 67", "0470 12 34 5"])("%s is no mobile number", (mobile) => {
  expect(usableContact({ mobile, email: " an@example.org" })).toEqual({
    contact: { email: "an@example.org" },
    faults: ["mobile"],
  });
});

test("an empty field is no fault, and neither is an absent one", () => {
  expect(usableContact({ email: "", mobile: "" })).toEqual({ contact: {}, faults: [] });
  expect(usableContact({})).toEqual({ contact: {}, faults: [] });
});

test("what cannot be used of a record is absent and named; the rest stays", () => {
  const centres = ["pacheco" as CentreId];
  const person = {
    givenName: "Ann",
    familyName: "Peeters",
    centres,
    conditions: [],
    state: "active" as const,
  };
  const told = {
    ...{ ...person, contact: { email: "not a mail" } },
    ...{ nationalNumber: "123", postcode: "100", birthDate: "0-01-01" },
  };
  expect(usable(told, "2021-04-16")).toEqual({
    entry: { ...person, contact: {} },
    faults: ["email", "nationalNumber", "postcode", "birthDate"],
  });
  for (const birthDate of ["2021-04-17", "1895-01-01"])
    expect(usable({ ...told, birthDate }, "2021-04-16").faults).toContain("birthDate");
});
