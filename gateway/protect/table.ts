import {
  markerOf,
  type Release,
  type ToldCell,
  totalWord,
  Unprotectable,
} from "../core/disclosure/question.ts";

/* A release as the lines of a table, and such lines as a release: what was published is enough to protect what follows. */

export const flagColumn = "FLAG";

const columnsOf = ({ by, hierarchies }: Pick<Release, "by" | "hierarchies">): string[] => [
  ...new Set([...by, ...hierarchies.map(({ parent }) => parent)]),
];

/** The columns of the table, its lines, and in each the count or what stands for it, and the flag. */
export function* linesOf(release: Release, withTotals: boolean): Generator<string[]> {
  const columns = columnsOf(release);
  yield [...columns, release.count, flagColumn];
  for (const { key, count, flag } of release.cells) {
    if (!withTotals && columns.some((column) => !(column in key))) continue;
    const shown = count === null ? markerOf(flag, release.threshold) : String(count);
    yield [...columns.map((column) => key[column] ?? totalWord), shown, flag ?? ""];
  }
}

type Asked = Pick<Release, "by" | "hierarchies" | "count"> & { path: string };

const toldIn = (row: Readonly<Record<string, string | number>>, { by, hierarchies, count, path }: Asked) => {
  const columns = columnsOf({ by, hierarchies });
  const missing = [...columns, count, flagColumn].find((column) => row[column] === undefined);
  if (missing !== undefined)
    throw new Unprotectable(
      `--earlier ${path}: there is no column ${missing}: give a table that this command wrote of the same columns, with --totals`,
    );
  const key = columns.flatMap((column) =>
    row[column] === totalWord ? [] : [[column, String(row[column])] as const],
  );
  return { key: Object.fromEntries(key), shown: String(row[count]), flag: String(row[flagColumn]) };
};

/** What a table that was published says. Throws `Unprotectable` where it is none of ours. */
export const releaseIn = async (
  asked: Asked,
  rows: AsyncIterable<Readonly<Record<string, string | number>>>,
): Promise<Release> => {
  const cells: ToldCell[] = [];
  let threshold = 0;
  for await (const row of rows) {
    const { key, shown, flag } = toldIn(row, asked);
    const hidden = /^(?:<|>=)(\d+)$/.exec(shown);
    if (hidden) threshold = Number(hidden[1]);
    else if (!/^\d+$/.test(shown))
      throw new Unprotectable(
        `--earlier ${asked.path}: ${asked.count} says ${JSON.stringify(shown.slice(0, 40))}: give a table as this command wrote it`,
      );
    cells.push({
      key,
      count: hidden ? null : Number(shown),
      flag: flag === "primary" || flag === "complementary" || flag === "rounded" ? flag : null,
    });
  }
  const mode = cells.some(({ flag }) => flag === "rounded") ? "round" : "suppress";
  const { by, hierarchies, count } = asked;
  return { by, hierarchies, count, threshold, mode, cells };
};
