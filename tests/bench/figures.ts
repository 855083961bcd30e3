/* What many measurements come to. */

/** Half are smaller and half are larger; of none, not a number. */
export const middle = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  return ((sorted[half] ?? Number.NaN) + (sorted[sorted.length - 1 - half] ?? Number.NaN)) / 2;
};

/** The value below which such a share of them lies, 0 where there are none; sorts them. */
export const shares = (values: number[]) => {
  values.sort((one, other) => one - other);
  return (share: number): number =>
    values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
};

export const spread = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

/** To two places. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** For reading: a paragraph for each line, a row for each of its figures. */
export const tableOf = (lines: readonly object[]): string => {
  const plain = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : value);
  const paragraphs = lines.map((line) =>
    Object.entries(line)
      .map(([name, value]) => `${name.padEnd(20)} ${plain(value)}`)
      .join("\n"),
  );
  return `${paragraphs.join("\n\n")}\n`;
};
