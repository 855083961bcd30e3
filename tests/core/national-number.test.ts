import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { agrees, NationalNumber, readNationalNumber } from "../../schema/national-number.ts";
import { dataFile, noData } from "../support/data.ts";

const today = "2026-11-24";

/* Serials 997 and 998 are given to nobody. */
const own = [
  { number: "50011599795", kind: "register", sex: "male", birthDate: "1950-01-15" },
  { number: "50.01.15-998 94", kind: "register", sex: "female", birthDate: "1950-01-15" },
  { number: "01063099738", kind: "register", sex: "male", birthDate: "2001-06-30" },
  { number: "20070199724", kind: "register", sex: "male", birthDate: "1920-07-01" },
  { number: "20070199753", kind: "register", sex: "male", birthDate: "2020-07-01" },
  { number: "88430599831", kind: "bis", sex: "female", birthDate: "1988-03-05" },
  { number: "88230599786", kind: "bis", sex: undefined, birthDate: "1988-03-05" },
  { number: "03471499771", kind: "bis", sex: "male", birthDate: "2003-07-14" },
  { number: "60000099769", kind: "register", sex: "male", birthDate: undefined },
  { number: "60050099806", kind: "register", sex: "female", birthDate: undefined },
  { number: "00000199740", kind: "register", sex: "male", birthDate: undefined },
  { number: "65022999794", kind: "register", sex: "male", birthDate: undefined },
];

const refused = [
  { number: "50011599796", why: "check digits off by one" },
  { number: "05011599795", why: "two digits exchanged" },
  { number: "50131599782", why: "month 13" },
  { number: "50611599730", why: "month 61" },
  { number: "99010199721", why: "a birth still to come" },
  { number: "5001159971", why: "ten digits" },
  { number: "500115997AB", why: "letters" },
  { number: "00000000000", why: "nothing but zeros" },
];

describe("numbers of nobody", () => {
  it.each(own)("reads $number", ({ number, kind, sex, birthDate }) => {
    const facts = readNationalNumber(number, today);
    expect({ kind: facts?.kind, sex: facts?.sex, birthDate: facts?.birthDate }).toEqual({
      kind,
      sex,
      birthDate,
    });
  });

  it.each(refused)("refuses $number: $why", ({ number }) => {
    expect(readNationalNumber(number, today)).toBeUndefined();
  });

  it("takes any birth date that an incomplete number leaves open, and no other", () => {
    const [year, month] = [readNationalNumber("60000099769"), readNationalNumber("60050099806")];
    if (!year || !month) throw new Error("both are numbers");
    expect([agrees(year, "1960-11-02"), agrees(year, "1961-11-02")]).toEqual([true, false]);
    expect([agrees(month, "1960-05-31"), agrees(month, "1960-06-01")]).toEqual([true, false]);
  });

  it("is kept as digits alone", () => {
    expect(NationalNumber.parse("50.01.15-997 95")).toBe("50011599795");
    expect(NationalNumber.safeParse("50.01.15-997 96").success).toBe(false);
  });
});

const Vectors = z.array(
  z.object({
    n: z.string().optional(),
    niss: z.string().optional(),
    valid: z.boolean(),
    birthDate: z.string().nullish(),
    birthYear: z.number().optional(),
    birthMonth: z.number().optional(),
    sex: z.enum(["M", "F"]).nullish(),
    note: z.string().optional(),
  }),
);
const vectors = (path: string) => Vectors.parse(JSON.parse(readFileSync(path, "utf8")));

describe("vectors of others", () => {
  it("agrees with python-stdnum, stdnum-js, Belgif and the register's own example", ({ skip }) => {
    const path = dataFile("niss/third-party-vectors.json");
    if (!path) return skip(noData);
    const all = vectors(path);
    const wrong = all.filter(({ n = "", valid }) => (readNationalNumber(n, today) !== undefined) !== valid);
    expect(all.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });

  it("reads the computed vectors, with all that they say of a person", ({ skip }) => {
    const path = dataFile("niss/own-computed-vectors.json");
    if (!path) return skip(noData);
    for (const { niss = "", valid, birthDate, birthYear, birthMonth, sex } of vectors(path)) {
      const facts = readNationalNumber(niss, today);
      expect(facts !== undefined, niss).toBe(valid);
      if (!facts) continue;
      expect(facts.birthDate, niss).toBe(birthDate ?? undefined);
      expect(facts.sex, niss).toBe(sex ? { M: "male", F: "female" }[sex] : undefined);
      if (birthYear) expect([facts.year, facts.month], niss).toEqual([birthYear, birthMonth]);
    }
  });
});

const two = (value: number) => String(value).padStart(2, "0");
const checked = (nine: string, century: string) =>
  nine + two(97 - (Number(century === "20" ? `2${nine}` : nine) % 97));

/** A register or BIS number of someone born from 1910 to 2025, and what it must say. */
const person = fc
  .record({
    birth: fc.date({ min: new Date("1910-01-01"), max: new Date("2025-12-31"), noInvalidDate: true }),
    serial: fc.integer({ min: 1, max: 998 }),
    offset: fc.constantFrom(0, 20, 40),
  })
  .map(({ birth, serial, offset }) => {
    const birthDate = birth.toISOString().slice(0, 10);
    const [century, year] = [birthDate.slice(0, 2), birthDate.slice(2, 4)];
    const month = two(Number(birthDate.slice(5, 7)) + offset);
    const nine = `${year}${month}${birthDate.slice(8)}${String(serial).padStart(3, "0")}`;
    const sex = serial % 2 === 1 ? "male" : "female";
    return { number: checked(nine, century), birthDate, kind: offset ? "bis" : "register", sex, offset };
  });

const flip = fc.record({ at: fc.integer({ min: 0, max: 10 }), by: fc.integer({ min: 1, max: 9 }) });
const flipped = (number: string, { at, by }: { at: number; by: number }) =>
  `${number.slice(0, at)}${(Number(number[at]) + by) % 10}${number.slice(at + 1)}`;

describe("every number", () => {
  it("says birth date, kind and sex", () => {
    fc.assert(
      fc.property(person, ({ number, birthDate, kind, sex, offset }) => {
        const facts = readNationalNumber(number, today);
        const expected = { kind, birthDate, sex: offset === 20 ? undefined : sex };
        expect({ kind: facts?.kind, birthDate: facts?.birthDate, sex: facts?.sex }).toEqual(expected);
      }),
    );
  });

  /*
   * 97 finds every single wrong digit within a century. Between the two centuries one slips through: the 2 put
   * before later births weighs 29, as does a difference of six in the year's last digit.
   */
  it("is refused with one digit wrong, but for a year six off in the other century", () => {
    fc.assert(
      fc.property(person, flip, ({ number, birthDate }, change) => {
        const wrong = flipped(number, change);
        const facts = readNationalNumber(wrong);
        if (!facts) return;
        expect(change.at).toBe(1);
        expect(Math.abs(Number(wrong[1]) - Number(number[1]))).toBe(6);
        expect(facts.year && Math.floor(facts.year / 100)).not.toBe(Number(birthDate.slice(0, 2)));
      }),
      { numRuns: 2000 },
    );
  });

  it("is refused with two neighbours exchanged, within its century", () => {
    fc.assert(
      fc.property(person, fc.integer({ min: 0, max: 9 }), ({ number, birthDate }, at) => {
        const swapped = `${number.slice(0, at)}${number[at + 1]}${number[at]}${number.slice(at + 2)}`;
        fc.pre(swapped !== number);
        const facts = readNationalNumber(swapped);
        expect(facts?.year && Math.floor(facts.year / 100)).not.toBe(Number(birthDate.slice(0, 2)));
      }),
    );
  });
});
