import fc from "fast-check";
import type { Hierarchy, Question, Release, Row, ToldCell } from "../../gateway/core/disclosure/question.ts";

/* Tables of people, drawn at random: towns in provinces, ages and sexes, most of them of few people. */

export const hierarchies: Hierarchy[] = [{ child: "TOWN", parent: "PROVINCE" }];
export const question: Question = { by: ["TOWN", "AGE", "SEX"], count: "COUNT", threshold: 5, hierarchies };
export const columns = ["TOWN", "AGE", "SEX", "PROVINCE"];

const provinceOf = (town: number) => (town < 2 ? "North" : "South");

export type Size = { towns: number; ages: number; sexes: number; people: fc.Arbitrary<number> };

/** Every combination, each with a count of its own. */
export const tableOf = ({ towns, ages, sexes, people }: Size): fc.Arbitrary<Row[]> =>
  fc.array(people, { minLength: towns * ages * sexes, maxLength: towns * ages * sexes }).map((counts) =>
    counts.map((COUNT, nth) => {
      const town = nth % towns;
      const rest = Math.floor(nth / towns);
      return {
        ...{ TOWN: `town ${town}`, PROVINCE: provinceOf(town), COUNT },
        ...{ AGE: `age ${rest % ages}`, SEX: `sex ${Math.floor(rest / ages)}` },
      };
    }),
  );

export const anySize = fc
  .record({
    towns: fc.integer({ min: 1, max: 4 }),
    ages: fc.integer({ min: 1, max: 4 }),
    sexes: fc.integer({ min: 1, max: 2 }),
  })
  .chain((size) => tableOf({ ...size, people: fc.oneof(fc.nat(6), fc.nat(6), fc.nat(60)) }));

/** How many people a told cell is of, counted from the rows. */
export const trueCount = (rows: readonly Row[], { key }: Pick<ToldCell, "key">): number =>
  rows
    .filter((row) => Object.entries(key).every(([column, value]) => row[column] === value))
    .reduce((sum, { COUNT }) => sum + Number(COUNT), 0);

/** Each set of columns whose totals a table has: with each town its province. */
export const levels: string[][] = [["TOWN", "PROVINCE"], ["PROVINCE"], []].flatMap((place) =>
  [["AGE"], []].flatMap((age) =>
    [["SEX"], []].map((sex) => columns.filter((each) => [...place, ...age, ...sex].includes(each))),
  ),
);

/** All cells and totals of a table, told as they are. */
export const everything = (rows: readonly Row[]): ToldCell[] =>
  levels.flatMap((level) => {
    const keys = new Map(
      rows.map((row) => {
        const key = Object.fromEntries(level.map((column) => [column, String(row[column])]));
        return [JSON.stringify(key), key];
      }),
    );
    return [...keys.values()].map((key) => ({ key, count: trueCount(rows, { key }), flag: null }));
  });

/** A release in which these cells are hidden, however unwisely. */
export const releaseWith = (
  rows: readonly Row[],
  isHidden: (cell: ToldCell, nth: number) => boolean,
): Release => ({
  ...{ by: question.by, hierarchies, count: "COUNT", threshold: 5, mode: "suppress" },
  cells: everything(rows).map((cell, nth) => {
    const count = cell.count ?? 0;
    if (count === 0 || !isHidden(cell, nth)) return cell;
    return { ...cell, count: null, flag: count < 5 ? "primary" : "complementary" };
  }),
});
