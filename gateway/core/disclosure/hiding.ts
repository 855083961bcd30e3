import { at, type Lattice } from "./lattice.ts";

/*
 * Which cells and totals are hidden, so that each sum in which one of them stands has another. That is where subtraction
 * begins and ends; what follows from several sums together is looked for afterwards (`widen.ts`).
 */

/** What is known of a cell: all of it, that it is small, that it is not, or, of what no table shows, nothing. */
export const told = 0;
export const small = 1;
export const large = 2;
export const untold = 3;

export type Hiding = {
  /** `told`, `small`, `large` or `untold` for each cell. */
  flags: Uint8Array;
  /** What it costs to hide a cell: the people in it; where that is steep, a few large ones cost more than many small ones. */
  costs: Float64Array;
  hide(cell: number): void;
  /** Whether a cell could be hidden for others: it is told, and somebody is in it. What is zero hides nobody. */
  canHide(cell: number): boolean;
  /** The cost of a cell, and of what it needs in the other sums in which it would be the only one. */
  costOf(cell: number): number;
  /** Hides until no sum has only one that is hidden. */
  settle(order: Order): void;
  /** Tells again what was hidden for others and is not needed any more, the dearest first; but `kept`. */
  release(kept: (cell: number) => boolean): void;
};

/** From which end the sums are gone through. */
export type Order = "from-the-cells" | "from-the-totals";

export const hidingIn = (lattice: Lattice, flags: Uint8Array, steepness = 1): Hiding => {
  const { counts, sums } = lattice;
  const { start, terms, ofStart, of } = sums;
  const costs = counts.map((count) => (count + 1) ** steepness);
  const hiddenIn = new Int32Array(sums.size);
  const [cheapest, nextCheapest] = [new Int32Array(sums.size), new Int32Array(sums.size)];
  const isStale = new Uint8Array(sums.size).fill(1);

  const canHide = (cell: number) => at(flags, cell) === told && at(counts, cell) > 0;

  const setFlag = (cell: number, flag: number) => {
    const change = Number(flag !== told) - Number(at(flags, cell) !== told);
    flags[cell] = flag;
    for (let nth = at(ofStart, cell); nth < at(ofStart, cell + 1); nth += 1) {
      const sum = at(of, nth);
      hiddenIn[sum] = at(hiddenIn, sum) + change;
      isStale[sum] = 1;
    }
  };
  const hide = (cell: number) => setFlag(cell, large);

  /** The two cheapest cells of a sum that can be hidden, by what they cost alone; -1 where there is none. */
  const lookAgain = (sum: number) => {
    let [first, second] = [-1, -1];
    for (let nth = at(start, sum); nth < at(start, sum + 1); nth += 1) {
      const cell = at(terms, nth);
      if (!canHide(cell)) continue;
      if (first < 0 || at(costs, cell) < at(costs, first)) [first, second] = [cell, first];
      else if (second < 0 || at(costs, cell) < at(costs, second)) second = cell;
    }
    cheapest[sum] = first;
    nextCheapest[sum] = second;
    isStale[sum] = 0;
  };

  const costOf = (cell: number): number => {
    let cost = at(costs, cell);
    for (let nth = at(ofStart, cell); nth < at(ofStart, cell + 1); nth += 1) {
      const sum = at(of, nth);
      if (at(hiddenIn, sum) > 0) continue;
      if (isStale[sum]) lookAgain(sum);
      const other = at(cheapest, sum) === cell ? at(nextCheapest, sum) : at(cheapest, sum);
      if (other >= 0) cost += at(costs, other);
    }
    return cost;
  };

  const partner = (sum: number): number => {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let nth = at(start, sum); nth < at(start, sum + 1); nth += 1) {
      const cell = at(terms, nth);
      if (!canHide(cell) || at(costs, cell) >= least) continue;
      const cost = costOf(cell);
      if (cost < least) [best, least] = [cell, cost];
    }
    return best;
  };

  const settle = (order: Order) => {
    for (let isAtRest = false; !isAtRest; ) {
      isAtRest = true;
      for (let nth = 0; nth < sums.size; nth += 1) {
        const sum = order === "from-the-cells" ? nth : sums.size - 1 - nth;
        if (at(hiddenIn, sum) !== 1) continue;
        const cell = partner(sum);
        if (cell < 0) continue;
        hide(cell);
        isAtRest = false;
      }
    }
  };

  const isNeeded = (cell: number): boolean => {
    for (let nth = at(ofStart, cell); nth < at(ofStart, cell + 1); nth += 1)
      if (at(hiddenIn, at(of, nth)) === 2) return true;
    return false;
  };

  const release = (kept: (cell: number) => boolean) => {
    const hidden = Array.from(flags.keys()).filter((cell) => flags[cell] === large && !kept(cell));
    for (const cell of hidden.toSorted((one, other) => at(costs, other) - at(costs, one)))
      if (!isNeeded(cell)) setFlag(cell, told);
  };

  for (const [cell, flag] of flags.entries()) {
    if (flag === told) continue;
    flags[cell] = told;
    setFlag(cell, flag);
  }
  return { flags, costs, hide, canHide, costOf, settle, release };
};
