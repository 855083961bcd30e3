import type { Finding, Report } from "./report.ts";

const marks = { proven: "proven", "not-proven": "NOT PROVEN", "nothing-to-try": "nothing to try" } as const;
const width = Math.max(...Object.values(marks).map(({ length }) => length)) + 2;

const linesOf = ({ outcome, promise, reason, asked = [] }: Finding): string[] => {
  const under = " ".repeat(2 + width);
  return [
    `  ${marks[outcome].padEnd(width)}${promise}`,
    ...(reason === undefined ? [] : [`${under}${reason}`]),
    ...(asked.length > 0 ? [`${under}asked: ${asked.join(", ")}`] : []),
  ];
};

/** A report to be read: each promise under its capability, and a last line with the counts. */
export const textOf = ({ adapter, capabilities, findings, counts }: Report): string => {
  const groups = capabilities.flatMap((able) => {
    const own = findings.filter(({ capability }) => capability === able);
    return ["", own.length > 0 ? able : `${able}, which no suite tries`, ...own.flatMap(linesOf)];
  });
  const total = `${findings.length} promises: ${counts.proven} proven, ${counts["not-proven"]} not proven, ${counts["nothing-to-try"]} with nothing to try`;
  return [`adapters/${adapter} has ${capabilities.join(", ")}`, ...groups, "", total, ""].join("\n");
};
