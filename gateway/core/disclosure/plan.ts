import { spreading } from "./bounds.ts";
import { addEarlier, type Before, beforeOf } from "./earlier.ts";
import { type Hiding, hidingIn, type Order, small, told, untold } from "./hiding.ts";
import { knowledgeOf } from "./knowledge.ts";
import { at, type Lattice, latticeOf } from "./lattice.ts";
import { type Question, type Row, thresholds, Unprotectable } from "./question.ts";
import { shapeOf } from "./shape.ts";
import { type Tally, tallying } from "./tally.ts";
import { NotCumulative, type Plan, widen } from "./widen.ts";

/* From rows to what is hidden of them. */

const wholeFrom = (name: string, value: number, least: number, why: string): number => {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Unprotectable(`${name} is ${value}: it must be a whole number, ${least} or more${why}`);
};

export const thresholdOf = ({ threshold = thresholds.usual }: Question): number =>
  wholeFrom(
    "threshold",
    threshold,
    thresholds.least,
    `, since fewer than ${thresholds.least} people are somebody's neighbours`,
  );

/** Takes rows one after the other; `lattice` is every cell and total of what came. */
export const reading = (question: Question): { add(row: Row): void; lattice(): Lattice } => {
  const shape = shapeOf(question);
  const rows = tallying(shape, question);
  const lattice = () => {
    addEarlier(shape, question, rows);
    const tally: Tally = rows.tally();
    if (tally.cells.length === 0)
      throw new Unprotectable("there are no rows: give a table with at least one");
    return latticeOf(shape, tally);
  };
  return { add: rows.add, lattice };
};

/** What is small between an earlier release and today is hidden today, since what was told is told. */
const isSmallGrowth = (before: readonly Before[], cell: number, count: number, threshold: number): boolean =>
  before.some(({ least, most }) => {
    const growth = Math.abs(count - at(least, cell));
    return at(least, cell) === at(most, cell) && growth > 0 && growth < threshold;
  });

const firstFlags = (lattice: Lattice, threshold: number): Uint8Array =>
  Uint8Array.from(lattice.counts, (count, cell) => {
    if (!lattice.shape.isTold[at(lattice.levels, cell)]) return untold;
    return count > 0 && count < threshold ? small : told;
  });

type Needs = { lattice: Lattice; before: readonly Before[]; threshold: number };

type Try = { hiding: Hiding; order: Order };

const orders = ["from-the-cells", "from-the-totals"] as const;
const steepnesses = [0.5, 1, 1.5, 2];
/** So many of the cheapest are widened; how much that takes is not known before. */
const widened = 3;

/** People in what is hidden, of cells and totals. */
const lossOf = (lattice: Lattice, { hiding: { flags } }: Try): number =>
  lattice.counts.reduce((all, count, cell) => all + (at(flags, cell) === told ? 0 : count), 0);

/** Hides so that no sum has only one that is hidden: from either end and at different prices, the cheapest first. */
const tries = ({ lattice, before, threshold }: Needs): Try[] => {
  const grows = Array.from(lattice.counts.keys()).filter(
    (cell) => before.length > 0 && isSmallGrowth(before, cell, at(lattice.counts, cell), threshold),
  );
  const kept = new Set(grows);
  const all = orders.flatMap((order) =>
    steepnesses.map((steepness) => {
      const hiding = hidingIn(lattice, firstFlags(lattice, threshold), steepness);
      for (const cell of grows) if (hiding.canHide(cell)) hiding.hide(cell);
      hiding.settle(order);
      hiding.release((cell) => kept.has(cell));
      return { hiding, order };
    }),
  );
  return all.toSorted((one, other) => lossOf(lattice, one) - lossOf(lattice, other));
};

const planned = ({ lattice, before, threshold }: Needs, width: number, isCumulative: boolean): Plan => {
  const knowledge = knowledgeOf({ lattice, before, threshold, isCumulative });
  const everything = new Uint8Array(lattice.size).fill(untold);
  const alone = knowledge.bounds(everything);
  if (!spreading(knowledge.sums, alone).from(alone.least.keys())) throw new NotCumulative();
  const isLost = Uint8Array.from(alone.least, (least, cell) =>
    Number(cell >= lattice.size && least === at(alone.most, cell)),
  );
  const best = tries({ lattice, before, threshold }).slice(0, widened);
  const plans = best.map((each) => ({ lattice, knowledge, threshold, width, isLost, ...each }));
  for (const plan of plans) widen(plan);
  return plans.reduce((one, other) => (lossOf(lattice, other) < lossOf(lattice, one) ? other : one));
};

/** What of the table is hidden. Throws `Unprotectable`. */
export const planOf = (question: Question, lattice: Lattice): Plan => {
  const threshold = thresholdOf(question);
  const width = wholeFrom(
    "width",
    question.width ?? 2,
    2,
    ": a hidden cell of one possible number is not hidden",
  );
  if (width >= threshold)
    throw new Unprotectable(
      `width is ${width}: a small cell is one of ${threshold - 1} numbers, so ask for fewer than ${threshold}`,
    );
  const before = (question.earlier ?? []).map((release) => beforeOf(lattice, release));
  const needs = { lattice, before, threshold };
  try {
    return planned(needs, width, true);
  } catch (error) {
    if (!(error instanceof NotCumulative)) throw error;
    return planned(needs, width, false);
  }
};
