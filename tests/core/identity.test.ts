import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { admit, birthDateOf, evidence, fold, reach } from "../../gateway/core/identity.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { birthday, rules } from "./samples.ts";

const today = "2021-04-16";
const person = { givenName: "Zoé", familyName: "D'Hôtel-Vandewalle", birthDate: "1950-01-15" };
const contact = { mobile: "+32460000001", email: "Zoe@Example.org" };

describe("who is the same person", () => {
  test.each([
    ["zoe", "d hotel vandewalle"],
    ["ZOÉ", "D’Hôtel  Vandewalle"],
    ["Zoé", "d'hotel-vandewalle"],
  ])("%s %s is written as every list writes it", (givenName, familyName) => {
    expect(evidence({ ...person, givenName, familyName, contact })).toBe(evidence({ ...person, contact }));
  });

  test("folding again changes nothing", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        expect(fold(fold(name))).toBe(fold(name));
      }),
    ));

  test("a capital sharp s is written as every list writes it: it was folded to a small one, and that no further", () => {
    expect(["STRAẞE", "Straße", "STRASSE"].map(fold)).toEqual(["strasse", "strasse", "strasse"]);
  });

  test("the national number decides alone where it is known", () => {
    const nationalNumberOf = nationalNumber("1950-01-15");
    const one = evidence({ ...person, contact, nationalNumber: nationalNumberOf });
    const other = evidence({
      ...person,
      familyName: "Other",
      contact: { mobile: "+32460000002" },
      nationalNumber: nationalNumberOf,
    });
    expect(one).toBe(other);
    expect(evidence({ ...person, contact })).not.toBe(one);
  });

  test("two people of one name and birthday with telephones of their own are two", () => {
    const other = { mobile: "+32460000002" };
    expect(evidence({ ...person, contact: other })).not.toBe(evidence({ ...person, contact }));
    expect(reach(contact)).toEqual(["+32460000001", "zoe@example.org"]);
  });
});

describe("who is taken on the list", () => {
  test("the number tells the birth date, and one that differs is refused", () =>
    fc.assert(
      fc.property(birthday, (born) => {
        const number = nationalNumber(born);
        expect(birthDateOf({ nationalNumber: number }, today)).toEqual({ birthDate: born });
        const differs = born === "1950-01-15" ? "1950-01-16" : "1950-01-15";
        expect(birthDateOf({ nationalNumber: number, birthDate: differs }, today)).toHaveProperty("issue");
      }),
    ));

  test("everything that is missing is said at once", () => {
    const { issues } = admit(
      newVolunteer({ nationalNumber: undefined, postcode: undefined, contact: { email: "an@example.org" } }),
      rules,
      today,
    );
    expect(issues.map(({ at }) => at)).toEqual([
      "/nationalNumber",
      "/postcode",
      "/contact/mobile",
      "/birthDate",
    ]);
  });

  test("a helper's telephone stands for the person's own (F16)", () => {
    const helper = { name: "Maison de quartier", contact: { mobile: "+32460000003" } };
    expect(
      admit(newVolunteer({ contact: { email: "an@example.org" }, helper }), rules, today).issues,
    ).toEqual([]);
  });

  test("too young today is parked or refused, as the region says; a birth to come is always refused", () => {
    const young = newVolunteer({ born: "2003-04-17" });
    expect(admit(young, rules, today).birthDate).toBe("2003-04-17");
    expect(admit(young, { ...rules, underAge: "refuse" }, today).issues).toHaveLength(1);
    expect(admit(newVolunteer({ born: "2021-04-17" }), rules, today).issues).toHaveLength(1);
  });
});
