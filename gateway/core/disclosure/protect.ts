import { large, small } from "./hiding.ts";
import { at, keyOf, type Lattice } from "./lattice.ts";
import { planOf, reading, thresholdOf } from "./plan.ts";
import type { Flag, Loss, Protection, Question, Release, Row, ToldCell } from "./question.ts";
import { rounded } from "./round.ts";
import type { Plan } from "./widen.ts";

/* What is told of a table once it is decided what is not. */

const flagOf = (flag: number): Flag | null => {
  if (flag === small) return "primary";
  return flag === large ? "complementary" : null;
};

const releaseOf = (question: Question, cells: ToldCell[]): Release => ({
  by: question.by,
  hierarchies: question.hierarchies ?? [],
  count: question.count,
  threshold: thresholdOf(question),
  mode: question.mode ?? "suppress",
  cells,
});

/** Whether a cell belongs to a table of the release itself, and is no total of one. */
const isOwn = ({ shape, levels }: Lattice): ((cell: number) => boolean) => {
  const finest = shape.levels.map(
    (level, number) =>
      shape.isTold[number] &&
      !shape.levels.some((other, nth) => shape.isTold[nth] && other !== level && (other & level) === level),
  );
  return (cell) => finest[at(levels, cell)] === true;
};

const lossOf = (
  lattice: Lattice,
  own: (cell: number) => boolean,
  isHidden: (cell: number) => boolean,
): Loss => {
  const loss = { hiddenCells: 0, hiddenPeople: 0, people: 0, hiddenTotals: 0, totals: 0 };
  for (let cell = 0; cell < lattice.size; cell += 1) {
    if (!lattice.shape.isTold[at(lattice.levels, cell)]) continue;
    const hidden = Number(isHidden(cell));
    if (own(cell)) {
      loss.hiddenCells += hidden;
      loss.hiddenPeople += hidden * at(lattice.counts, cell);
      loss.people += at(lattice.counts, cell);
    } else {
      loss.hiddenTotals += hidden;
      loss.totals += 1;
    }
  }
  return loss;
};

type Told = (cell: number) => { count: number | null; flag: Flag | null };

const answer = (question: Question, lattice: Lattice, told: Told): Protection => {
  const threshold = thresholdOf(question);
  const own = isOwn(lattice);
  const cells: ToldCell[] = [];
  const counted = { cells: 0, primary: 0, complementary: 0 };
  for (let cell = 0; cell < lattice.size; cell += 1) {
    if (!lattice.shape.isTold[at(lattice.levels, cell)]) continue;
    const { count, flag } = told(cell);
    cells.push({ key: keyOf(lattice, cell), count, flag });
    if (!own(cell)) continue;
    counted.cells += 1;
    counted.primary += Number(at(lattice.counts, cell) > 0 && at(lattice.counts, cell) < threshold);
    counted.complementary += Number(flag === "complementary");
  }
  const loss = lossOf(lattice, own, (cell) => told(cell).count === null);
  return { release: releaseOf(question, cells), ...counted, loss };
};

/** What a plan tells. */
export const tell = (question: Question, { lattice, hiding: { flags } }: Plan): Protection =>
  answer(question, lattice, (cell) => {
    const flag = flagOf(at(flags, cell));
    return { count: flag ? null : at(lattice.counts, cell), flag };
  });

/** What is told where every cell is rounded. */
export const tellRounded = (question: Question, lattice: Lattice, counts: Float64Array): Protection =>
  answer(question, lattice, (cell) => ({ count: at(counts, cell), flag: "rounded" }));

/**
 * The table that may be told of these rows, without the proof that nothing follows from it (`gateway/protect/release.ts`
 * gives that too). Equal rows give equal answers. Throws `Unprotectable`.
 */
export const protect = (question: Question, rows: Iterable<Row>): Protection => {
  const { add, lattice: read } = reading(question);
  for (const row of rows) add(row);
  const lattice = read();
  if (question.mode === "round") return tellRounded(question, lattice, rounded(question, lattice));
  return tell(question, planOf(question, lattice));
};
