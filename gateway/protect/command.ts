import { createWriteStream } from "node:fs";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { stringify } from "csv-stringify";
import { type Hierarchy, type Question, Unprotectable } from "../core/disclosure/question.ts";
import { rowsIn } from "./read-table.ts";
import { type Proven, protectProven } from "./release.ts";
import { linesOf, releaseIn } from "./table.ts";

/*
 * `npm run report:protect`, without the process around it: it writes a table that may be published, and one line of JSON that says what was hidden.
 * docs/disclosure.md
 */

const usage = `npm run -s report:protect -- --in FILE --by COL,COL,… --count COL [--threshold 10] [--mode suppress|round]
    [--hierarchy CHILD:PARENT]… [--earlier FILE]… [--totals] [--width 2] [--seed TEXT] [--out FILE]
  With --out the table goes to that file and the line of JSON to standard output; without it, the table to standard
  output and the line to standard error.`;

const needed = (name: string, value: string | undefined, example: string): string => {
  if (value) return value;
  throw new Unprotectable(`--${name} is missing: give it, as in --${name} ${example}\n${usage}`);
};

const hierarchyIn = (text: string): Hierarchy => {
  const [child, parent, ...more] = text.split(":");
  if (child && parent && more.length === 0) return { child, parent };
  throw new Unprotectable(
    `--hierarchy ${text} is not CHILD:PARENT: name two columns, as in --hierarchy MUNICIPALITY:PROVINCE`,
  );
};

const numberIn = (name: string, text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Unprotectable(`--${name} ${text} is no whole number: give one, as in --${name} 10`);
};

const modeIn = (mode: string): "suppress" | "round" => {
  if (mode === "suppress" || mode === "round") return mode;
  throw new Unprotectable(`--mode ${mode} is not known: say suppress or round`);
};

const read = async (args: string[]) => {
  const { values } = parseArgs({
    args,
    options: {
      in: { type: "string" },
      by: { type: "string" },
      count: { type: "string" },
      threshold: { type: "string", default: "10" },
      mode: { type: "string", default: "suppress" },
      hierarchy: { type: "string", multiple: true, default: [] },
      earlier: { type: "string", multiple: true, default: [] },
      totals: { type: "boolean", default: false },
      width: { type: "string", default: "2" },
      seed: { type: "string" },
      out: { type: "string" },
    },
  });
  const path = needed("in", values.in, "table.csv");
  const by = needed("by", values.by, "MUNICIPALITY,AGEGROUP")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const count = needed("count", values.count, "COUNT");
  const hierarchies = values.hierarchy.map(hierarchyIn);
  const question: Question = {
    ...{ by, count, hierarchies, seed: values.seed, mode: modeIn(values.mode) },
    threshold: numberIn("threshold", values.threshold),
    width: numberIn("width", values.width),
    earlier: await Promise.all(
      values.earlier.map((file) => releaseIn({ by, count, hierarchies, path: file }, rowsIn(file))),
    ),
  };
  return { question, path, out: values.out, withTotals: values.totals };
};

export type Streams = { stdout: Writable; stderr: Writable };

const write = async ({ release }: Proven, withTotals: boolean, to: Writable, isOurs: boolean) => {
  await pipeline(Readable.from(linesOf(release, withTotals)), stringify(), to, { end: isOurs });
};

const protectFile = async (args: string[], { stdout, stderr }: Streams): Promise<number> => {
  const { question, path, out, withTotals } = await read(args);
  const proven = await protectProven(question, rowsIn(path));
  await write(proven, withTotals, out === undefined ? stdout : createWriteStream(out), out !== undefined);
  const { cells, primary, complementary, recoverable } = proven;
  const line = `${JSON.stringify({ cells, primary, complementary, recoverable })}\n`;
  (out === undefined ? stderr : stdout).write(line);
  // A table from which something follows is written, so that it can be looked at, and is a failure.
  return recoverable > 0 ? 1 : 0;
};

/** Answers with what the process ends with: 0, 1 where something follows all the same, 2 where it was asked wrongly. */
export const protectCommand = async (args: string[], streams: Streams): Promise<number> => {
  try {
    return await protectFile(args, streams);
  } catch (error) {
    // What `parseArgs` refuses has a code.
    const isOption = error instanceof TypeError && "code" in error;
    if (!(error instanceof Unprotectable) && !isOption) throw error;
    streams.stderr.write(isOption ? `${error.message}\n${usage}\n` : `${error.message}\n`);
    return 2;
  }
};
