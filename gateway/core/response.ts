/**
 * How fast people answer: the share of all the eventual yeses that are in so many minutes after sending is
 * `1 − a·exp(−b·t − c·t^(1/3))`, measured in France in 2021 and used by Covidliste's third algorithm.
 */
export type Curve = { a: number; b: number; c: number };

export const france2021: Curve = { a: 1.498, b: 0.007, c: 0.435 };

/** The share of the eventual answers that are in after those minutes, in [0, 1]; none in the first ¾ minute. */
export const answeredWithin = ({ a, b, c }: Curve, minutes: number): number =>
  minutes <= 0 ? 0 : Math.min(1, Math.max(0, 1 - a * Math.exp(-b * minutes - c * Math.cbrt(minutes))));

/** A person who was asked: how likely a yes was thought at all, and for how many minutes they have been silent. */
type Silent = { chance: number; minutes: number };

/** How likely a silent person still says yes within the minutes left, given that they have not so far. */
export const stillComing = (curve: Curve, { chance, minutes }: Silent, left: number): number => {
  const before = answeredWithin(curve, minutes);
  const after = answeredWithin(curve, minutes + left);
  return (chance * (after - before)) / Math.max(1e-9, 1 - chance * before);
};
