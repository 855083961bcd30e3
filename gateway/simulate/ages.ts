import type { Chance } from "./chance.ts";

/**
 * Inhabitants of Belgium on 1 January 2021 by year of age from 18 to 98, and 99 or more, in thousands.
 * Source: Statbel, summed over municipality and sex (CC BY 4.0).
 */
const thousandsByAge = [
  125, 128, 132, 131, 132, 136, 138, 139, 141, 146, 151, 154, 154, 152, 152, 149, 149, 146, 147, 148, 151,
  152, 154, 152, 150, 148, 146, 143, 147, 150, 155, 157, 159, 157, 156, 156, 159, 162, 166, 162, 158, 156,
  154, 152, 147, 143, 139, 135, 131, 126, 124, 117, 116, 114, 113, 110, 108, 90, 87, 80, 69, 61, 66, 68, 66,
  60, 55, 51, 47, 42, 39, 34, 29, 23, 18, 14, 11, 8, 6, 4, 3, 4,
];
/** The age of each thousand people, the youngest first. */
const ages = Uint8Array.from(
  thousandsByAge.flatMap((count, index) => Array.from({ length: count }, () => 18 + index)),
);

/** An age as it comes in Belgium, in whole years, 18 or more. */
export const drawAge = (chance: Chance): number => ages[Math.floor(chance() * ages.length)] ?? 18;
