import { at, type Lattice } from "./lattice.ts";

/** The cells with one person, each with the totals that hold this person. */
export const aloneIn = (lattice: Lattice): { cell: number; totals: ReadonlySet<number> }[] => {
  const { shape, codes, counts, levels, size } = lattice;
  const width = shape.columns.length;
  const alone = [];
  for (let cell = 0; cell < size && at(levels, cell) === 0; cell += 1) {
    if (at(counts, cell) !== 1) continue;
    const own = Array.from(codes.subarray(cell * width, (cell + 1) * width));
    const totals = shape.levels.map((set, level) =>
      lattice.find(
        level,
        own.map((code, nth) => (set & (1 << nth) ? code : -1)),
      ),
    );
    alone.push({ cell, totals: new Set(totals.filter((total) => total !== undefined)) });
  }
  return alone;
};
