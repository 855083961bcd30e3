import { at, type Sums } from "./lattice.ts";

/*
 * What follows for each number from the sums that hold between them, one sum after the other. It finds what anybody finds
 * by adding and subtracting; that nothing at all follows is proven elsewhere (`gateway/protect`).
 */

/** More than any count; sums of a hundred thousand of it are still exact. */
export const endless = 1e10;

export type Bounds = {
  least: Float64Array;
  most: Float64Array;
  /** The sum that last raised the least, and lowered the most, of each number; -1 where none did. */
  whyLeast: Int32Array;
  whyMost: Int32Array;
};

export const boundsOf = (least: Float64Array, most: Float64Array): Bounds => ({
  ...{ least, most },
  whyLeast: new Int32Array(least.length).fill(-1),
  whyMost: new Int32Array(least.length).fill(-1),
});

/** What was changed, to be taken back. */
type Trail = { cells: number[]; least: number[]; most: number[]; whyLeast: number[]; whyMost: number[] };

export type Spread = {
  /** Narrows the bounds by all sums in which these numbers stand, and on from there. False where they contradict each other. */
  from(cells: Iterable<number>): boolean;
  /** Sets a number, says what then follows to `look`, and takes everything back. */
  supposing(
    values: readonly (readonly [cell: number, value: number])[],
    look: (changed: readonly number[]) => void,
  ): void;
};

/** Each sum is looked at so often at the most: what still moves then moves by ones, and the proof will see it. */
const looksAtMost = 60;

export const spreading = (sums: Sums, bounds: Bounds): Spread => {
  const { least, most, whyLeast, whyMost } = bounds;
  const { start, terms, ofStart, of } = sums;
  const isWaiting = new Uint8Array(sums.size);
  const looks = new Uint16Array(sums.size);
  let waiting: number[] = [];
  let trail: Trail | undefined;
  let isSound = true;

  const call = (cell: number) => {
    for (let nth = at(ofStart, cell); nth < at(ofStart, cell + 1); nth += 1) {
      const sum = at(of, nth);
      if (isWaiting[sum] || at(looks, sum) >= looksAtMost) continue;
      isWaiting[sum] = 1;
      waiting.push(sum);
    }
  };

  const narrow = (cell: number, low: number, high: number, sum: number) => {
    const [before, after] = [at(least, cell), at(most, cell)];
    if (low <= before && high >= after) return;
    trail?.cells.push(cell);
    trail?.least.push(before);
    trail?.most.push(after);
    trail?.whyLeast.push(at(whyLeast, cell));
    trail?.whyMost.push(at(whyMost, cell));
    if (low > before) {
      least[cell] = low;
      whyLeast[cell] = sum;
    }
    if (high < after) {
      most[cell] = high;
      whyMost[cell] = sum;
    }
    if (at(least, cell) > at(most, cell)) isSound = false;
    call(cell);
  };

  const look = (sum: number) => {
    const [first, end] = [at(start, sum), at(start, sum + 1)];
    const whole = at(terms, first);
    let [low, high] = [0, 0];
    for (let nth = first + 1; nth < end; nth += 1) {
      low += at(least, at(terms, nth));
      high += at(most, at(terms, nth));
    }
    narrow(whole, low, high, sum);
    const [wholeLow, wholeHigh] = [at(least, whole), at(most, whole)];
    for (let nth = first + 1; nth < end; nth += 1) {
      const part = at(terms, nth);
      const [partLow, partHigh] = [at(least, part), at(most, part)];
      if (partLow === partHigh) continue;
      narrow(part, wholeLow - (high - partHigh), wholeHigh - (low - partLow), sum);
      // What has become narrower counts at once.
      low += at(least, part) - partLow;
      high += at(most, part) - partHigh;
    }
  };

  const run = (): boolean => {
    isSound = true;
    while (waiting.length > 0 && isSound) {
      const now = waiting;
      waiting = [];
      for (const sum of now) {
        isWaiting[sum] = 0;
        looks[sum] = at(looks, sum) + 1;
        if (isSound) look(sum);
      }
    }
    for (const sum of waiting) isWaiting[sum] = 0;
    waiting = [];
    looks.fill(0);
    return isSound;
  };

  const from = (cells: Iterable<number>): boolean => {
    for (const cell of cells) call(cell);
    return run();
  };

  const supposing: Spread["supposing"] = (values, see) => {
    trail = { cells: [], least: [], most: [], whyLeast: [], whyMost: [] };
    for (const [cell, value] of values) narrow(cell, value, value, -1);
    run();
    see([...new Set(trail.cells)]);
    for (let nth = trail.cells.length - 1; nth >= 0; nth -= 1) {
      const cell = at(trail.cells, nth);
      least[cell] = at(trail.least, nth);
      most[cell] = at(trail.most, nth);
      whyLeast[cell] = at(trail.whyLeast, nth);
      whyMost[cell] = at(trail.whyMost, nth);
    }
    trail = undefined;
  };
  return { from, supposing };
};
