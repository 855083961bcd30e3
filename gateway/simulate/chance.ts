/** Numbers in [0, 1), one after the other. */
export type Chance = () => number;

/** The seed of one evening of many; neighbours have nothing in common. */
export const seedOf = (seed: number, evening: number): number =>
  Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(evening + 1, 0xc2b2ae35);
