import type { Account } from "./account.ts";
import type { StrategyName } from "./scenario.ts";

const rounded = (number: number, digits = 4) => Number(number.toFixed(digits));

const median = (numbers: readonly number[]): number | null => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : rounded((low + high) / 2, 1);
};

/** One line for a machine, with exactly these fields. */
export const lineOf = (strategy: StrategyName, account: Account) => ({
  strategy,
  runs: account.runs,
  doses: account.doses,
  used: account.used,
  usedShare: rounded(account.used / account.doses),
  invited: account.invited,
  messagesPerDose: rounded(account.invited / account.doses),
  brokenPromises: account.brokenPromises,
  turnedAway: account.turnedAway,
  orderInversions: account.orderInversions,
  standbysReleased: account.standbysReleased,
  medianMinutesToYes: median(account.minutesToYes),
});

const head = [
  "strategy",
  "used",
  "of doses",
  "of oracle",
  "msgs/dose",
  "broken",
  "turned away",
  "inversions",
];
const more = ["released/dose", "silent/dose", "min to yes"];

/**
 * All lines as a table for people, with what compares: used against the oracle; and for each dose, standbys released
 * who had said yes, and those who had not answered yet (silent).
 */
export const tableOf = (accounts: ReadonlyMap<StrategyName, Account>): string => {
  const best = accounts.get("oracle")?.used;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const rows = [...accounts].map(([name, account]) => {
    const line = lineOf(name, account);
    return [
      ...[name, String(line.used), percent(line.used / line.doses), best ? percent(line.used / best) : "-"],
      ...[line.messagesPerDose.toFixed(2), String(line.brokenPromises), String(line.turnedAway)],
      ...[String(line.orderInversions), (line.standbysReleased / line.doses).toFixed(2)],
      ...[(account.releasedSilent / line.doses).toFixed(2), String(line.medianMinutesToYes ?? "-")],
    ];
  });
  const table = [[...head, ...more], ...rows];
  const widths = [...head, ...more].map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const padded = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
  return table.map((row) => row.map(padded).join("  ")).join("\n");
};
