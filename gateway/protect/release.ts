import { keyOf, type Lattice } from "../core/disclosure/lattice.ts";
import { planOf, reading } from "../core/disclosure/plan.ts";
import { tell, tellRounded } from "../core/disclosure/protect.ts";
import type { Protection, Question, Row } from "../core/disclosure/question.ts";
import { rounded, roundNearer } from "../core/disclosure/round.ts";
import { widenAround } from "../core/disclosure/widen.ts";
import { type Follows, whatFollows } from "./prove.ts";

export type Proven = Protection & {
  /** Hidden numbers that follow from all that is told: 0, unless they followed from earlier releases already. */
  recoverable: number;
};

const nameOf = (key: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(key).toSorted());

/** The cells of a table that others speak of by their keys. */
const finding = (lattice: Lattice) => {
  const places = new Map(
    Array.from({ length: lattice.size }, (_, cell) => [nameOf(keyOf(lattice, cell)), cell]),
  );
  const countOf = (key: Readonly<Record<string, string>>) =>
    lattice.counts[places.get(nameOf(key)) ?? -1] ?? 0;
  const cellsOf = (found: readonly Follows[]) => [
    ...new Set(found.flatMap(({ key }) => places.get(nameOf(key)) ?? [])),
  ];
  return { countOf, cellsOf };
};

/** A way of telling, and one of telling less of cells that were found; false where that cannot be. */
type Telling = { tell(): Protection; less(cells: readonly number[]): boolean };

const hiding = (question: Question, lattice: Lattice): Telling => {
  const plan = planOf(question, lattice);
  return { tell: () => tell(question, plan), less: (cells) => widenAround(plan, cells) };
};

const rounding = (question: Question, lattice: Lattice): Telling => {
  const counts = rounded(question, lattice);
  return {
    tell: () => tellRounded(question, lattice, counts),
    less: (cells) => roundNearer(lattice, counts, cells),
  };
};

/** What earlier releases tell by themselves; no release of today takes it back. */
const lostBefore = async ({ earlier = [], width }: Question): Promise<Follows[]> => {
  if (earlier.length === 0) return [];
  const found = await whatFollows({ releases: earlier, width });
  return found.map((each) => ({ ...each, daysAgo: each.daysAgo + 1 }));
};

const nameOfAll = ({ key, daysAgo, kind }: Follows) => `${nameOf(key)} ${daysAgo} ${kind}`;

/**
 * The table that may be told of these rows, proven: what is hidden is looked for by linear programming in all that is
 * told, and what is found is hidden better, until nothing is. Rows are read as they come. Throws `Unprotectable`.
 */
export const protectProven = async (
  question: Question,
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<Proven> => {
  const { add, lattice: read } = reading(question);
  for await (const row of rows) add(row);
  const lattice = read();
  const { cellsOf, countOf } = finding(lattice);
  const telling = question.mode === "round" ? rounding(question, lattice) : hiding(question, lattice);
  let lost: ReadonlySet<string> | undefined;
  for (;;) {
    const protection = telling.tell();
    const releases = [...(question.earlier ?? []), protection.release];
    const found = await whatFollows({ releases, truth: countOf, width: question.width });
    if (found.length === 0) return { ...protection, recoverable: 0 };
    lost ??= new Set((await lostBefore(question)).map(nameOfAll));
    const open = found.filter((each) => !lost?.has(nameOfAll(each)));
    if (!telling.less(cellsOf(open))) return { ...protection, recoverable: found.length };
  }
};
