import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blockWords,
  doubtfulFrom,
  type Findings,
  type Likened,
  likeness,
  type Outcome,
  weigh,
  weights,
} from "../../gateway/core/likeness.ts";
import { nationalNumber } from "../support/gateway.ts";

const jean: Likened = {
  givenName: "Jean",
  familyName: "Dupont",
  birthDate: "1950-03-05",
  mobile: "+32470123456",
  email: "jean@example.org",
  postcode: "6000",
};
const number = nationalNumber("1950-03-05");
/** A BIS number: the month of birth with 40 added. */
const bis = ((nine: string) => nine + String(97 - (Number(nine) % 97)).padStart(2, "0"))("504305997");

const elsewhere = { mobile: "+32470999999", email: "other@example.org" };

describe("what follows from the evidence", () => {
  test.each<[string, Partial<Likened>, Partial<Likened>, Outcome]>([
    ["one number", { nationalNumber: number }, { nationalNumber: number, ...elsewhere }, "same"],
    [
      "one number, and no name alike",
      { nationalNumber: number },
      { nationalNumber: number, givenName: "Emma", familyName: "Claes" },
      "doubtful",
    ],
    ["name, birth date and telephone", {}, { email: undefined, postcode: "1000" }, "same"],
    ["the same, written otherwise", {}, { givenName: "JEAN", familyName: "dupont" }, "same"],
    ["the same, one reached through a helper", {}, { isHelped: true }, "doubtful"],
    ["only the e-mail address besides", {}, { mobile: "+32470999999" }, "doubtful"],
    ["name and birth date alone: namesakes there are", {}, elsewhere, "doubtful"],
    ["the first of two given names", {}, { givenName: "Jean Marie" }, "doubtful"],
    ["the name after marriage", {}, { familyName: "Dupont-Lambert", ...elsewhere }, "doubtful"],
    [
      "another family name, at the same telephone",
      {},
      { familyName: "Lambert", email: undefined },
      "doubtful",
    ],
    [
      "names in each other's place",
      {},
      { givenName: "Dupont", familyName: "Jean", ...elsewhere },
      "doubtful",
    ],
    ["day and month swapped", {}, { birthDate: "1950-05-03", ...elsewhere }, "doubtful"],
    ["one digit of the birth date", {}, { birthDate: "1951-03-05" }, "doubtful"],
    ["only the year known", {}, { birthDate: "1950-12-31", birthYearOnly: true }, "doubtful"],
    [
      "only the year known, and nothing besides",
      {},
      { birthDate: "1950-12-31", birthYearOnly: true, ...elsewhere },
      "different",
    ],
    ["a BIS number and a national number", { nationalNumber: bis }, { nationalNumber: number }, "doubtful"],
    [
      "two national numbers",
      { nationalNumber: number },
      { nationalNumber: nationalNumber("1950-03-05", 998) },
      "different",
    ],
    ["twins at one telephone and address", {}, { givenName: "Pierre" }, "different"],
    ["twins whose names are a letter apart", { givenName: "Marie" }, { givenName: "Maria" }, "doubtful"],
    ["father and son of one name, in one house", {}, { birthDate: "1978-11-24" }, "different"],
    ["a couple in one house", {}, { givenName: "Anne", birthDate: "1952-07-01" }, "different"],
    [
      "a household's telephone, and no name alike",
      { shared: ["+32470123456"] },
      { givenName: "Emma", familyName: "Claes" },
      "different",
    ],
  ])("%s", (_, one, other, outcome) => {
    expect(likeness({ ...jean, ...one }, { ...jean, ...other }).outcome).toBe(outcome);
  });

  test("the reasons are codes, and say nothing of whom they are about", () => {
    expect(likeness(jean, { ...jean, ...elsewhere, birthDate: "1950-05-03" })).toEqual({
      outcome: "doubtful",
      score: 22,
      reasons: [
        "family-same",
        "given-same",
        "birth-swapped",
        "mobile-none",
        "email-none",
        "postcode-same",
        "number-unknown",
      ],
    });
  });

  test("a household's telephone weighs next to nothing", () => {
    const { score } = likeness(jean, jean);
    expect(likeness({ ...jean, shared: ["+32470123456"] }, jean).score).toBe(
      score - weights.mobile.same + weights.mobile.shared,
    );
  });
});

const level = <Level extends string>(table: Record<Level, number>) =>
  fc.constantFrom(...(Object.keys(table) as Level[]));
const findings: fc.Arbitrary<Findings> = fc.record({
  names: fc.record({ family: level(weights.family), given: level(weights.given), swapped: fc.boolean() }),
  birth: level(weights.birth),
  mobile: level(weights.mobile),
  email: level(weights.email),
  postcode: level(weights.postcode),
  number: level(weights.number),
  reachedAlike: fc.boolean(),
});
const rank = (outcome: Outcome) => ["different", "doubtful", "same"].indexOf(outcome);

/** Every finding one step nearer, each on its own. */
const nearer = (found: Findings): Findings[] => {
  const up = <Level extends string>(table: Record<Level, number>, at: Level): Level => {
    const order = Object.keys(table) as Level[];
    return order[Math.max(0, order.indexOf(at) - 1)] ?? at;
  };
  const { names } = found;
  return [
    { ...found, names: { ...names, family: up(weights.family, names.family) } },
    { ...found, names: { ...names, given: up(weights.given, names.given) } },
    { ...found, names: { ...names, swapped: false } },
    { ...found, birth: up(weights.birth, found.birth) },
    { ...found, mobile: up(weights.mobile, found.mobile) },
    { ...found, email: up(weights.email, found.email) },
    { ...found, postcode: up(weights.postcode, found.postcode) },
    { ...found, number: up(weights.number, found.number) },
    { ...found, reachedAlike: true },
  ];
};

test("more evidence never makes two people less alike", () =>
  fc.assert(
    fc.property(findings, (found) => {
      const { outcome, score } = weigh(found);
      for (const each of nearer(found)) {
        expect(weigh(each).score).toBeGreaterThanOrEqual(score);
        expect(rank(weigh(each).outcome)).toBeGreaterThanOrEqual(rank(outcome));
      }
    }),
    { numRuns: 1000 },
  ));

test("without a number, nothing but the documented evidence is one person", () =>
  fc.assert(
    fc.property(findings, (found) => {
      if (found.number === "same" || weigh(found).outcome !== "same") return;
      expect(found).toMatchObject({
        names: { family: "same", given: "same", swapped: false },
        ...{ birth: "same", reachedAlike: true, number: "unknown" },
      });
    }),
    { numRuns: 2000 },
  ));

const likened: fc.Arbitrary<Likened> = fc.record(
  {
    givenName: fc.constantFrom("Jean", "Jean-Pierre", "J.", "Emma", "Dupont"),
    familyName: fc.constantFrom("Dupont", "Dupont-Lambert", "Du Pont", "Jean", "Claes"),
    birthDate: fc.constantFrom("1950-03-05", "1950-05-03", "1951-03-05", "1978-11-24", "1950-12-31"),
    birthYearOnly: fc.boolean(),
    nationalNumber: fc.constantFrom(number, bis),
    mobile: fc.constantFrom("+32470123456", "+32470999999"),
    email: fc.constantFrom("a@example.org", "A@example.org"),
    isHelped: fc.boolean(),
    postcode: fc.constantFrom("6000", "1000"),
  },
  { requiredKeys: ["givenName", "familyName", "birthDate"] },
);

test("two people are as alike whichever comes first", () =>
  fc.assert(
    fc.property(likened, likened, (one, other) => {
      expect(likeness(one, other)).toEqual(likeness(other, one));
    }),
    { numRuns: 1000 },
  ));

const namesake = { givenName: "Dupont", familyName: "Dupont", postcode: "6000" };

test("whoever may be one person shares a block, or a way to be reached", () =>
  fc.assert(
    fc.property(likened, likened, (one, other) => {
      const { outcome, score, reasons } = likeness(one, other);
      if (outcome === "different" || reasons.includes("number-same")) return;
      const reached = one.mobile === other.mobile || one.email?.toLowerCase() === other.email?.toLowerCase();
      const words = blockWords(other);
      expect([
        score >= doubtfulFrom,
        reached || blockWords(one).some((word) => words.includes(word)),
      ]).toEqual([true, true]);
    }),
    {
      numRuns: 2000,
      // One digit of the year, and nothing to be reached by in common: found by a run that drew it.
      examples: [
        [
          { ...namesake, birthDate: "1951-03-05", email: "a@example.org" },
          { ...namesake, birthDate: "1950-03-05", mobile: "+32470123456" },
        ],
      ],
    },
  ));
