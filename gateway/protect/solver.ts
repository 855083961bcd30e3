import type { Highs } from "highs";

/* The one place that knows the solver. It is loaded when the first table is proven. */

export type Rows = readonly {
  columns: readonly number[];
  times: readonly number[];
  least: number;
  most: number;
}[];

export type Columns = { least: readonly number[]; most: readonly number[] };

export type Solver = {
  /**
   * The values that make the sum of costs the least; `none` where there are none. `whole`: in whole numbers, which takes
   * longer, the more the nearer to the least; `late` where that takes more than `wholeSeconds`.
   */
  least(costs: readonly number[], whole?: "nearly" | "exactly"): Float64Array | "none" | "late";
  dispose(): void;
};

const wholeSeconds = 20;

let loading: Promise<Highs> | undefined;
const load = (): Promise<Highs> => {
  // The package's types are those of its CommonJS form, one `default` deeper than the module that is loaded.
  loading ??= import("highs").then(({ default: open }) => (open as unknown as typeof open.default)());
  return loading;
};

/** `dispose` gives back memory that nothing else does. */
export const solverFor = async (columns: Columns, rows: Rows): Promise<Solver> => {
  const highs = await load();
  const [numCols, numRows] = [columns.least.length, rows.length];
  const starts = new Int32Array(numRows + 1);
  for (const [nth, row] of rows.entries()) starts[nth + 1] = (starts[nth] ?? 0) + row.columns.length;
  const finite = (value: number) => (Number.isFinite(value) ? value : Math.sign(value) * highs.infinity);
  const model = highs.createModel({
    ...{ numCols, numRows },
    colCost: new Float64Array(numCols),
    colLower: columns.least,
    colUpper: columns.most,
    rowLower: rows.map(({ least }) => finite(least)),
    rowUpper: rows.map(({ most }) => finite(most)),
    matrix: {
      ...{ format: "csr", numRows, numCols, starts },
      indices: Int32Array.from(rows.flatMap((row) => row.columns)),
      values: Float64Array.from(rows.flatMap(({ times }) => times)),
    },
  });
  model.options.set({ output_flag: false, mip_abs_gap: 0.5 });
  const all = { kind: "range", from: 0, to: numCols - 1 } as const;
  const { optimal, infeasible, timeLimit } = highs.constants.modelStatus;
  const { integer, continuous } = highs.constants.variableType;

  const least: Solver["least"] = (costs, whole) => {
    model.changeColsCost(all, costs);
    model.changeColsIntegrality(all, new Int32Array(numCols).fill(whole ? integer : continuous));
    model.options.set("time_limit", whole ? model.getRunTime() + wholeSeconds : 1e9);
    model.options.set("mip_rel_gap", whole === "nearly" ? 0.1 : 0);
    model.run();
    const status = model.getModelStatus();
    if (status === optimal) return model.getSolution().colValue;
    if (status === infeasible) return "none";
    if (status === timeLimit) return "late";
    throw new Error(`the solver came to no answer: status ${status}`);
  };
  return { least, dispose: () => model.dispose() };
};
