import { createRoute, z } from "@hono/zod-openapi";
import { stringify } from "csv-stringify/sync";
import { accepts } from "hono/accepts";
import { etag } from "hono/etag";
import { Figures, leastTold } from "../../schema/figures.ts";
import { Day, RegionId } from "../../schema/primitives.ts";
import type { Deps } from "../flows/deps.ts";
import { openFigures } from "../flows/figures.ts";
import { forAnybody } from "./auth.ts";
import { newRouter, problems, type Router } from "./router.ts";

const tables = ["days", "speed", "ages", "weeks"] as const;
const csv = "text/csv";

const Question = z
  .strictObject({
    from: Day.optional().meta({ description: "by itself, the last four weeks are told" }),
    until: Day.optional().meta({ description: "the last day, included" }),
    region: RegionId.optional(),
    table: z
      .enum(tables)
      .default("days")
      .meta({ description: "as CSV, one of them: rows by day and region, time to yes, ages or weeks" }),
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    path: ["until"],
    error: "not before `from`",
  });

const description = `By whole weeks, Monday to Sunday: those that the days asked for touch, 366 days at the most, from the
Wednesday after a week is over. Each week is counted once and never anew. Fewer than ${leastTold} people are not told
of: such a number is null and \`hidden\`, and so is what it would follow from by subtraction. Therefore ages are told of
all regions together and of no single day, and a sum never holds what is hidden. How many weeks or days a sum leaves out
stands beside it.`;

const own = {
  tags: ["Figures"],
  description,
  request: { query: Question },
};
const listing = createRoute({
  ...forAnybody("GET /v1/figures"),
  ...own,
  summary: "Doses announced, used and lost, time to yes, and ages; nobody is named",
  responses: {
    200: {
      description: "The figures; one table as CSV by `Accept`",
      content: {
        "application/json": { schema: Figures },
        [csv]: { schema: z.string() },
      },
    },
    default: problems,
  },
});
const file = createRoute({
  ...forAnybody("GET /v1/figures.csv"),
  ...own,
  summary: "One table of the figures, as a file",
  responses: {
    200: { description: "The file", content: { [csv]: { schema: z.string() } } },
    default: problems,
  },
});

/** One row for each step, since that is what a spreadsheet draws. */
const speedRows = ({ regions }: Figures) =>
  regions.flatMap(({ region, yes, medianMinutes, within }) =>
    within.map(({ minutes, share, hidden }) => ({ region, minutes, share, hidden, yes, medianMinutes })),
  );

const rowsOf = (figures: Figures, table: (typeof tables)[number]): object[] =>
  table === "speed" ? speedRows(figures) : figures[table];

const columns = {
  days: ["day", "region", "announced", "used", "lost", "hidden"],
  speed: ["region", "minutes", "share", "hidden", "yes", "medianMinutes"],
  ages: ["week", "ageBand", "used", "hidden"],
  weeks: ["week", "announced", "used", "lost", "hidden"],
} as const satisfies Record<(typeof tables)[number], readonly string[]>;

const written = (figures: Figures, table: (typeof tables)[number]): string =>
  stringify(rowsOf(figures, table), {
    header: true,
    columns: [...columns[table]],
    cast: { boolean: String },
  });

/** Whoever asks within five minutes may be told what was told before: a week that is over does not change. */
const kept = { "cache-control": "public, max-age=300" };

/** Public, and the same for everybody. */
export const figures = ({ deps }: { deps: Deps }): Router => {
  const router = newRouter();
  const publicFigures = openFigures(deps);
  for (const path of [listing.path, file.path]) router.use(path, etag());
  return router
    .openapi(listing, async (c) => {
      const { table, ...question } = c.req.valid("query");
      const answer = await publicFigures(question);
      const type = accepts(c, {
        header: "Accept",
        supports: ["application/json", csv],
        default: "application/json",
      });
      c.header("vary", "accept");
      if (type !== csv) return c.json(answer, 200, kept);
      return c.body(written(answer, table), 200, {
        ...kept,
        "content-type": `${csv}; charset=utf-8`,
      }) as never;
    })
    .openapi(file, async (c) => {
      const { table, ...question } = c.req.valid("query");
      const answer = await publicFigures(question);
      return c.body(written(answer, table), 200, {
        ...kept,
        "content-type": `${csv}; charset=utf-8`,
        "content-disposition": `attachment; filename="everydose-${table}-${answer.from}.csv"`,
      });
    });
};
