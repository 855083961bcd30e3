import { createHash } from "node:crypto";
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Log } from "../../schema/adapter.ts";
import { DayReport } from "../../schema/day-report.ts";
import { Day } from "../../schema/primitives.ts";
import { TableFormat } from "../../schema/table-file.ts";
import type { Deps } from "../flows/deps.ts";
import { findDay, listDays, tableOf } from "../flows/reports/read.ts";
import { written } from "../flows/tables/table.ts";
import type { World } from "./app.ts";
import { forKeys, reachOf } from "./auth.ts";
import { json, newRouter, problems, type Router, type Scope } from "./router.ts";
import { answerFile, fileOf } from "./table-files.ts";

const Question = z
  .strictObject({ from: Day, until: Day.meta({ description: "the last day, included" }) })
  .refine(({ from, until }) => from <= until, { path: ["until"], error: "not before `from`" });

const Version = z.coerce
  .number()
  .int()
  .min(1)
  .max(1_000_000)
  .meta({ description: "1 is what the day was first counted to be", param: { name: "version", in: "path" } });

const description = `Doses, offers, answers and promises of a day as they were counted once it was over, from 06:00 of the
next morning on; docs/indicators.md defines each number. A day that was counted never changes: what is ticked off later
makes another version the morning after, and the earlier ones stay. Rows of the regions and centres of the key alone.
Numbers are exact, however small.`;
const files = { ...fileOf("The table"), default: problems };
const own = { tags: ["Reports"], description };

const routes = (deps: Deps) => ({
  list: createRoute({
    ...forKeys(deps, "GET /v1/reports/days"),
    ...own,
    summary: "Which days were counted, and each version of them",
    request: { query: Question },
    responses: {
      200: json(z.strictObject({ items: z.array(DayReport) }), "The newest first"),
      default: problems,
    },
  }),
  last: createRoute({
    ...forKeys(deps, "GET /v1/reports/days/{day}/{format}"),
    ...own,
    summary: "A day in its last version, as a file",
    request: { params: z.strictObject({ day: Day, format: TableFormat }) },
    responses: files,
  }),
  version: createRoute({
    ...forKeys(deps, "GET /v1/reports/days/{day}/versions/{version}/{format}"),
    ...own,
    summary: "A day in one version, as a file that never changes",
    request: { params: z.strictObject({ day: Day, version: Version, format: TableFormat }) },
    responses: files,
  }),
});

type Asked = { day: Day; version?: number; format: TableFormat };

/** What two callers see of one version differs by how far they reach. */
const reachTag = (c: Context<Scope>): string =>
  createHash("sha256")
    .update(JSON.stringify(reachOf(c.get("caller"))))
    .digest("hex")
    .slice(0, 12);

const answer = async (c: Context<Scope>, log: Log, { format, ...asked }: Asked) => {
  const deps = c.get("deps");
  const { day, version, countedAt } = await findDay(deps, asked);
  const exact = `/v1/reports/days/${day}/versions/${version}/${format}`;
  return answerFile(c, log, {
    ...{ format, etag: `${day}.${version}.${format}.${reachTag(c)}`, isWeak: true, lastModified: countedAt },
    ...(asked.version === undefined ? { at: exact } : {}),
    filename: `everydose-report-${day}-v${version}.${format}`,
    isPublic: false,
    content: () => written(tableOf(deps, { day, version }), format),
  });
};

/** The daily reports, for those who count. */
export const dayReports = ({ deps, log }: World): Router => {
  const { list, last, version } = routes(deps);
  return newRouter()
    .openapi(list, async (c) => c.json({ items: await listDays(c.get("deps"), c.req.valid("query")) }, 200))
    .openapi(last, (c) => answer(c, log, c.req.valid("param")))
    .openapi(version, (c) => answer(c, log, c.req.valid("param")));
};
