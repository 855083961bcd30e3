import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { afterAll, describe, expect, test } from "vitest";
import { protectCommand } from "../../gateway/protect/command.ts";
import { dataFile, noData } from "../support/data.ts";

const folder = mkdtempSync(join(tmpdir(), "report-protect-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

type Said = { code: number; out: string; err: string };

/** Keeps what is written. */
const kept = () => {
  const pieces: string[] = [];
  const stream = new Writable({
    write(piece, _encoding, done) {
      pieces.push(String(piece));
      done();
    },
  });
  return { stream, text: () => pieces.join("") };
};

const command = async (...args: string[]): Promise<Said> => {
  const [stdout, stderr] = [kept(), kept()];
  const code = await protectCommand(args, { stdout: stdout.stream, stderr: stderr.stream });
  return { code, out: stdout.text(), err: stderr.text() };
};

/** As a process of its own. */
const started = (...args: string[]): Promise<Said> =>
  new Promise((resolve) => {
    const all = ["--import", "tsx", "gateway/protect/main.ts", ...args];
    execFile(process.execPath, all, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });

const usual = ["--by", "TOWN,AGE", "--count", "COUNT"];
const lines = [
  "TOWN,AGE,COUNT",
  "Liège,old,3",
  "Liège,young,40",
  "Huy,old,20",
  "Huy,young,30",
  "Huy,child,0",
];
const table = `${lines.join("\n")}\n`;

const hiddenTable = [
  "TOWN,AGE,COUNT,FLAG",
  "Liège,old,<10,primary",
  "Liège,young,>=10,complementary",
  "Huy,old,>=10,complementary",
  "Huy,young,>=10,complementary",
  "Huy,child,0,",
  "",
].join("\n");

describe("npm run report:protect", { timeout: 120_000 }, () => {
  test("writes the table to standard output and the line of JSON to standard error", async () => {
    const said = await started("--in", fileOf("plain.csv", table), ...usual);
    expect(said).toEqual({
      code: 0,
      out: hiddenTable,
      err: '{"cells":5,"primary":1,"complementary":3,"recoverable":0}\n',
    });
  });

  test("with --out, writes the table there, and the line of JSON alone to standard output", async () => {
    const out = join(folder, "out.csv");
    const said = await command("--in", fileOf("plain.csv", table), ...usual, "--out", out);
    expect(said).toEqual({
      code: 0,
      out: '{"cells":5,"primary":1,"complementary":3,"recoverable":0}\n',
      err: "",
    });
    expect(readFileSync(out, "utf8")).toBe(hiddenTable);
  });

  test.each([
    [
      "semicolons and quotation marks",
      lines
        .map((line) =>
          line
            .split(",")
            .map((value) => `"${value}"`)
            .join(";"),
        )
        .join("\r\n"),
    ],
    ["a byte order mark", `\ufeff${table}`],
    ["Windows-1252", iconv.encode(table, "win1252")],
  ])("reads %s", async (name, content) => {
    const said = await command("--in", fileOf(`${name}.csv`, content), ...usual);
    expect(said.out).toBe(hiddenTable);
  });

  test("publishes totals where they are asked for, and protects the next day by that file", async () => {
    const first = join(folder, "first.csv");
    await command("--in", fileOf("plain.csv", table), ...usual, "--totals", "--out", first);
    expect(readFileSync(first, "utf8")).toContain("TOTAL,TOTAL,93,\n");
    const next = fileOf("next.csv", table.replace("Huy,young,30", "Huy,young,33"));
    const said = await command("--in", next, ...usual, "--totals", "--earlier", first);
    expect(said.err).toMatch(/"recoverable":0}\n$/);
    // 96 would tell that three came since yesterday.
    expect(said.out).not.toContain("TOTAL,TOTAL,96");
  });

  test("rounds instead, each total for itself", async () => {
    const said = await command(
      "--in",
      fileOf("plain.csv", table),
      ...usual,
      "--mode",
      "round",
      "--seed",
      "s",
      "--totals",
    );
    expect(said.err).toBe('{"cells":5,"primary":1,"complementary":0,"recoverable":0}\n');
    const rows = parse<{ COUNT: string; FLAG: string }>(said.out, { columns: true });
    expect(rows.every(({ COUNT, FLAG }) => Number(COUNT) % 5 === 0 && FLAG === "rounded")).toBe(true);
  });

  const wrong: { name: string; content?: string; args: string[]; says: RegExp }[] = [
    {
      name: "no file",
      args: ["--in", "nowhere.csv", ...usual],
      says: /--in nowhere.csv: there is no such file: give/,
    },
    { name: "nothing", args: [], says: /--in is missing: give it/ },
    { name: "an unknown option", args: ["--treshold", "3"], says: /Unknown option '--treshold'/ },
    {
      name: "a low threshold",
      content: table,
      args: [...usual, "--threshold", "4"],
      says: /threshold is 4: .* 5 or more/,
    },
    {
      name: "another mode",
      content: table,
      args: [...usual, "--mode", "hide"],
      says: /--mode hide is not known: say suppress or round/,
    },
    {
      name: "an unknown column",
      content: table,
      args: ["--by", "VILLAGE", "--count", "COUNT"],
      says: /no column VILLAGE: the columns are TOWN, AGE, COUNT/,
    },
    {
      name: "an unknown count",
      content: table,
      args: ["--by", "TOWN", "--count", "N"],
      says: /no column N: the columns are/,
    },
    {
      name: "a hierarchy of one",
      content: table,
      args: [...usual, "--hierarchy", "TOWN"],
      says: /--hierarchy TOWN is not CHILD:PARENT/,
    },
    {
      name: "a broken hierarchy",
      content: table,
      args: [...usual, "--hierarchy", "TOWN:AGE"],
      says: /TOWN Liège lies in AGE old and in AGE young: a child has one parent/,
    },
    {
      name: "no number",
      content: table.replace("40", "many"),
      args: usual,
      says: /row 2: COUNT says "many": a count is a whole number/,
    },
    {
      name: "fewer than nobody",
      content: table.replace("40", "-4"),
      args: usual,
      says: /row 2: COUNT says "-4"/,
    },
    {
      name: "a total among the rows",
      content: `${table}TOTAL,old,23\n`,
      args: usual,
      says: /row 6: TOWN is TOTAL: leave out rows of totals/,
    },
    {
      name: "a line too short",
      content: `${table}Huy,old\n`,
      args: usual,
      says: /line 7: it has more or fewer values than there are columns/,
    },
    {
      name: "an open quotation mark",
      content: `${table}"Huy,old,1\n`,
      args: usual,
      says: /it is no CSV: Quote Not Closed/,
    },
    {
      name: "one name for two columns",
      content: `TOWN,TOWN,COUNT\na,b,1\n`,
      args: usual,
      says: /two columns are called TOWN/,
    },
    { name: "an empty file", content: "", args: usual, says: /there are no rows/ },
    {
      name: "an earlier table of others",
      content: table,
      args: [...usual, "--earlier", "PLAIN"],
      says: /--earlier .*: there is no column FLAG/,
    },
  ];

  test.each(wrong)("says what is wrong and what helps: $name", async ({ content, args, says }) => {
    const given = content === undefined ? args : ["--in", fileOf("wrong.csv", content), ...args];
    const plain = fileOf("plain.csv", table);
    const said = await command(...given.map((each) => (each === "PLAIN" ? plain : each)));
    expect(said.err).toMatch(says);
    expect(said).toMatchObject({ code: 2, out: "" });
  });

  const flanders = dataFile("belgium/flanders-vaccinations-2021-06-12.csv");
  test.skipIf(!flanders)(
    `hides the small numbers of Flanders of 12 June 2021 as they were published, and nothing follows${flanders ? "" : `: ${noData}`}`,
    async () => {
      const args = [
        "--by",
        "NIS_CD,AGE_CD",
        "--count",
        "FULLY_VACCINATED_AMT",
        "--hierarchy",
        "NIS_CD:PROVINCE",
        "--hierarchy",
        "PROVINCE:REGION",
      ];
      const said = await command("--in", flanders ?? "", ...args);
      expect(said.code).toBe(0);
      expect(said.err).toMatch(/^\{"cells":2999,"primary":20,"complementary":\d+,"recoverable":0\}\n$/);
      const counts = new Map<string, number>();
      const rows = parse<Record<string, string>>(readFileSync(flanders ?? ""), { columns: true, bom: true });
      for (const row of rows) {
        const key = `${row.NIS_CD} ${row.AGE_CD}`;
        counts.set(key, (counts.get(key) ?? 0) + Number(row.FULLY_VACCINATED_AMT));
      }
      for (const { NIS_CD, AGE_CD, FULLY_VACCINATED_AMT: shown, FLAG } of parse<Record<string, string>>(
        said.out,
        { columns: true },
      )) {
        const count = counts.get(`${NIS_CD} ${AGE_CD}`) ?? -1;
        if (FLAG === "") expect(Number(shown)).toBe(count);
        expect(FLAG === "primary").toBe(count > 0 && count < 10);
      }
    },
  );
});
