import { aloneIn } from "./alone.ts";
import { type Bounds, spreading } from "./bounds.ts";
import { type Hiding, large, type Order, small, told, untold } from "./hiding.ts";
import type { Knowledge } from "./knowledge.ts";
import { at, type Lattice, type Sums } from "./lattice.ts";

/*
 * Hides more until nothing follows from several sums together either: neither one number for a hidden cell, nor, for
 * somebody who is alone in a cell and knows it, another small one.
 */

export type Plan = {
  lattice: Lattice;
  hiding: Hiding;
  knowledge: Knowledge;
  order: Order;
  /** How many whole numbers a small hidden cell can at least be. */
  width: number;
  threshold: number;
  /** What follows from earlier releases alone. Nothing that is hidden today brings it back. */
  isLost: Uint8Array;
};

/** How many whole numbers each cell must be able to be; 1 where it need not be hidden. */
const needOf = ({ lattice, hiding: { flags }, width, threshold, isLost }: Plan, cell: number): number => {
  if (at(isLost, cell)) return 1;
  if (cell >= lattice.size) return 2;
  const flag = at(flags, cell);
  if (flag === small) return width;
  return flag === large || (flag === untold && at(lattice.counts, cell) < threshold) ? 2 : 1;
};

const openCells = ({ least, most }: Bounds): number[] =>
  Array.from(least.keys()).filter((cell) => at(least, cell) < at(most, cell));

/** The cells of an earlier release can be narrow from the start; growth is nobody's cell. */
const isCell = ({ lattice: { size } }: Plan, cell: number): boolean =>
  Math.floor(cell / size) % 2 === (cell < size ? 0 : 1);

/** The sums of a cell. */
const sumsOf = ({ ofStart, of }: Sums, cell: number): number[] =>
  Array.from(of.subarray(at(ofStart, cell), at(ofStart, cell + 1)));

/**
 * The cheapest cell that could be hidden in the sums by which a cell is narrow; where all of these are hidden already, in
 * those by which they are, and so on.
 */
const partnerOf = (plan: Plan, cell: number, sumsBy: (cell: number) => number[]): number | undefined => {
  const { lattice, hiding, knowledge } = plan;
  const { start, terms } = knowledge.sums;
  const seen = new Set<number>();
  let edge = [cell];
  while (edge.length > 0) {
    const sums = [...new Set(edge.flatMap(sumsBy))].filter((sum) => !seen.has(sum));
    const cells = new Set<number>();
    for (const sum of sums) {
      seen.add(sum);
      for (const each of terms.subarray(at(start, sum), at(start, sum + 1))) cells.add(each);
    }
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (const each of cells) {
      if (each >= lattice.size || !hiding.canHide(each)) continue;
      const cost = hiding.costOf(each);
      if (cost < least) [best, least] = [each, cost];
    }
    if (best >= 0) return best;
    edge = [...cells].filter((each) => each >= lattice.size || hiding.flags[each] !== told);
  }
  return undefined;
};

/**
 * One cell hidden often widens many, so that looking again after each loses least. It takes long in a large table, and
 * where there is much to hide: then more and more are hidden before looking again.
 */
const hiddenAtOnce = ({ lattice, knowledge }: Plan, rounds: number): number =>
  Math.ceil(lattice.size / 20_000) * 2 ** Math.floor((rounds * (1 + knowledge.days)) / 40);

/** Hides a partner for so many of these cells; not for two that one partner serves. True where anything was hidden. */
const hidePartners = (
  plan: Plan,
  cells: readonly number[],
  sumsBy: (cell: number) => number[],
  most: number,
): boolean => {
  const { hiding, knowledge } = plan;
  const served = new Set<number>();
  let hidden = 0;
  for (const cell of cells) {
    if (sumsBy(cell).some((sum) => served.has(sum))) continue;
    const partner = partnerOf(plan, cell, sumsBy);
    if (partner === undefined) continue;
    hiding.hide(partner);
    hidden += 1;
    if (hidden === most) break;
    for (const sum of sumsOf(knowledge.sums, partner)) served.add(sum);
  }
  return hidden > 0;
};

const narrowCells = (plan: Plan, { least, most }: Bounds, cells: readonly number[]): number[] =>
  cells.filter((cell) => isCell(plan, cell) && at(most, cell) - at(least, cell) + 1 < needOf(plan, cell));

/** The sums that last narrowed a cell. */
const whyOf = ({ whyLeast, whyMost }: Bounds, cell: number): number[] =>
  [at(whyLeast, cell), at(whyMost, cell)].filter((sum) => sum >= 0);

/** Small cells that somebody who is alone in a cell, and knows it, can tell; each with the sums by which. */
const toldBySomebody = (plan: Plan): Map<number, number[]> => {
  const { lattice, hiding, knowledge } = plan;
  const bounds = knowledge.boundsWithoutMarkers(hiding.flags);
  const spread = spreading(knowledge.sums, bounds);
  spread.from(openCells(bounds));
  const found = new Map<number, number[]>();
  for (const { cell, totals } of aloneIn(lattice)) {
    if (at(bounds.least, cell) === at(bounds.most, cell)) continue;
    spread.supposing([[cell, 1]], (changed) => {
      for (const other of changed) {
        const isKnown = at(bounds.least, other) === at(bounds.most, other);
        if (isKnown && other !== cell && hiding.flags[other] === small && !totals.has(other))
          found.set(other, whyOf(bounds, other));
      }
    });
  }
  return found;
};

/** Where knowledge contradicts itself although it is true, somebody has taken for cumulative what is not. */
export class NotCumulative extends Error {}

export const widen = (plan: Plan): void => {
  const { hiding, knowledge, order } = plan;
  for (let rounds = 0; ; rounds += 1) {
    const most = hiddenAtOnce(plan, rounds);
    hiding.settle(order);
    const bounds = knowledge.bounds(hiding.flags);
    const open = openCells(bounds);
    const spread = spreading(knowledge.sums, bounds);
    if (!spread.from(open)) throw new NotCumulative();
    const narrow = narrowCells(plan, bounds, open);
    if (hidePartners(plan, narrow, (cell) => whyOf(bounds, cell), most)) continue;
    const bySomebody = narrow.length > 0 ? new Map<number, number[]>() : toldBySomebody(plan);
    const all = (cell: number) => bySomebody.get(cell) ?? sumsOf(knowledge.sums, cell);
    if (!hidePartners(plan, [...narrow, ...bySomebody.keys()], all, most)) return;
  }
};

/** Hides more around cells that were found to follow from everything together. False where nothing is left to hide. */
export const widenAround = (plan: Plan, cells: readonly number[]): boolean => {
  const hasHidden = hidePartners(plan, cells, (cell) => sumsOf(plan.knowledge.sums, cell), cells.length);
  if (hasHidden) widen(plan);
  return hasHidden;
};
