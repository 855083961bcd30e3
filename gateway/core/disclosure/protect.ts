import { type Protection, type Question, type Row, Unprotectable } from "./question.ts";

/**
 * The table that may be told of these rows, without the proof that nothing follows from it (`gateway/protect/release.ts`
 * gives that too). Equal rows give equal answers. Throws `Unprotectable`.
 */
export const protect = (_question: Question, _rows: Iterable<Row>): Protection => {
  throw new Unprotectable("not yet");
};
