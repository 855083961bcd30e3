import type { Postcode } from "../../schema/primitives.ts";

/**
 * By postcode, in the names of Sciensano's open data. The ranges are those by which the Belgian post gave its codes to
 * provinces; none of its municipalities stands outside of its own.
 */
const ranges = [
  [1000, 1299, "Brussels"],
  [1300, 1499, "BrabantWallon"],
  [1500, 1999, "VlaamsBrabant"],
  [2000, 2999, "Antwerpen"],
  [3000, 3499, "VlaamsBrabant"],
  [3500, 3999, "Limburg"],
  [4000, 4999, "Liège"],
  [5000, 5999, "Namur"],
  [6000, 6599, "Hainaut"],
  [6600, 6999, "Luxembourg"],
  [7000, 7999, "Hainaut"],
  [8000, 8999, "WestVlaanderen"],
  [9000, 9999, "OostVlaanderen"],
] as const;

export const provinces = [...new Set(ranges.map(([, , name]) => name))].toSorted();
export type Province = (typeof ranges)[number][2];

/** The province of a postcode; `null` for one that is none of Belgium's. */
export const provinceOf = (postcode: Postcode): Province | null =>
  ranges.find(([from, until]) => Number(postcode) >= from && Number(postcode) <= until)?.[2] ?? null;
