import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { likeFamily, likeGiven, likeNames, type NameLevel } from "../../gateway/core/names.ts";

/* Names as Belgian lists really write them; no person of these tests exists. */

describe("a family name", () => {
  test.each<[string, string, NameLevel]>([
    ["Lefèvre", "LEFEVRE", "same"],
    ["D’Hondt", "D'hondt", "same"],
    ["D'Hondt", "Dhondt", "same"],
    ["De Hondt", "D'Hondt", "part"],
    ["Van den Berghe", "Vandenberghe", "same"],
    ["Van Den Berghe", "van den berghe", "same"],
    ["Van der Linden", "Vanderlinden", "same"],
    ["Van der Linden", "Linden", "part"],
    ["De Clercq", "Declercq", "same"],
    ["Declercq", "De Klerk", "sound"],
    ["Le Clercq", "Leclercq", "same"],
    ["de la Croix", "Delacroix", "same"],
    ["El Amrani", "Elamrani", "same"],
    ["El Amrani", "Amrani", "part"],
    ["Ben Ali", "Benali", "same"],
    ["von Allmen", "Vonallmen", "same"],
    ["Dupont-Lambert", "Dupont Lambert", "same"],
    ["Dupont-Lambert", "Dupont", "part"],
    ["Dupont-Lambert", "Lambert", "part"],
    ["Dupont-Lambert", "Lambert-Dupont", "part"],
    ["Van den Berghe-Claes", "Claes", "part"],
    ["Van den Berghe-Claes", "Vandenberghe", "part"],
    ["Müller", "Mueller", "same"],
    ["Müller", "Muller", "same"],
    ["Großmann", "Grossmann", "same"],
    ["Sørensen", "Sorensen", "same"],
    ["De Bruijn", "De Bruyn", "same"],
    ["Ĳsselmuiden", "Ysselmuiden", "same"],
    ["Yılmaz", "Yilmaz", "same"],
    ["Şahin", "Sahin", "same"],
    ["Peeters", "Peters", "sound"],
    ["Vandewalle", "Vandewale", "sound"],
    ["Verstraeten", "Verstreaten", "typo"],
    ["Goossens", "Gosens", "sound"],
    ["Maes", "Claes", "other"],
    ["Dupont", "Lambert", "other"],
    ["Janssens", "Peeters", "other"],
  ])("%s and %s: %s", (one, other, level) => {
    expect([likeFamily(one, other), likeFamily(other, one)]).toEqual([level, level]);
  });
});

describe("a given name", () => {
  test.each<[string, string, NameLevel]>([
    ["Zoé", "ZOE", "same"],
    ["Marie-Claire", "Marie Claire", "same"],
    ["Jean-Pierre", "Jean", "part"],
    ["Jean Pierre Louis", "Jean", "part"],
    ["J.-P.", "Jean-Pierre", "initial"],
    ["J.", "Jean", "initial"],
    ["Jean P.", "Jean Pierre", "initial"],
    ["Youssef", "Yousef", "sound"],
    ["Mohammed", "Mohamed", "sound"],
    ["Catherine", "Katherine", "sound"],
    ["Élodie", "Elodie", "same"],
    ["Jan", "Jean", "other"],
    ["An", "Anne", "other"],
    ["Marie", "Maria", "typo"],
    ["Marie-Claire", "Marie-Louise", "other"],
    ["Lucas", "Emma", "other"],
  ])("%s and %s: %s", (one, other, level) => {
    expect([likeGiven(one, other), likeGiven(other, one)]).toEqual([level, level]);
  });
});

test("names in each other's place are found, and said to be", () => {
  const one = { givenName: "Karel", familyName: "De Smet" };
  const other = { givenName: "Desmet", familyName: "Karel" };
  expect(likeNames(one, other)).toEqual({ family: "same", given: "same", swapped: true });
  expect(likeNames(one, one)).toMatchObject({ swapped: false });
});

const name = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
  fc.constantFrom("Van den Berghe", "D'Hondt", "Müller", "Dupont-Lambert", "El", "J."),
);
const person = fc.record({ givenName: name, familyName: name });

test("two names are as near whichever comes first, and nothing is nearer than itself", () =>
  fc.assert(
    fc.property(person, person, (one, other) => {
      expect(likeNames(one, other)).toEqual(likeNames(other, one));
      expect(likeNames(one, one)).toEqual({ family: "same", given: "same", swapped: false });
    }),
  ));

test("accents, case, hyphens and blanks make no other name", () =>
  fc.assert(
    fc.property(
      fc.constantFrom("Élodie", "Jean-Pierre", "Van den Broeck", "Öztürk"),
      fc.nat(3),
      (written, way) => {
        const ways = [
          written.toUpperCase(),
          written.toLowerCase(),
          written.replaceAll(/[- ]/g, "  "),
          written.normalize("NFD"),
        ];
        expect([likeFamily(written, ways[way] ?? ""), likeGiven(written, ways[way] ?? "")]).toEqual([
          "same",
          "same",
        ]);
      },
    ),
  ));
