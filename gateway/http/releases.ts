import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { etag } from "hono/etag";
import { Day } from "../../schema/primitives.ts";
import { DatasetName, Publisher, Releases } from "../../schema/release.ts";
import { TableFormat } from "../../schema/table-file.ts";
import { bytesOf, findFile, listReleases, pathOf } from "../flows/releases/read.ts";
import type { World } from "./app.ts";
import { forAnybody } from "./auth.ts";
import { json, newRouter, problems, type Router, type Scope } from "./router.ts";
import { answerFile, fileOf } from "./table-files.ts";

const description = `What everybody may know, in files that never change: a week, Monday to Sunday, is released on the
Wednesday after it. All of it has gone through disclosure control (docs/figures.md): a number that is not told is null, or
empty in CSV, and \`FLAG\` says \`hidden\`. \`TOTAL\` stands for a column over which a row is the sum; what is null there is
not known. docs/indicators.md defines each number.`;
const files = { ...fileOf("The table"), default: problems };
const own = { tags: ["Releases"], description };

const named = { dataset: DatasetName, day: Day.meta({ description: "the Monday of the week" }) };

const list = createRoute({
  ...forAnybody("GET /v1/releases"),
  ...own,
  summary: "What was released, with each file's size and checksum, and who publishes it on which terms",
  request: { query: z.strictObject({}) },
  responses: { 200: json(Releases, "By dataset, the newest first"), default: problems },
});
const last = createRoute({
  ...forAnybody("GET /v1/releases/{dataset}/{day}/{format}"),
  ...own,
  summary: "A release in its last version, as a file",
  request: { params: z.strictObject({ ...named, format: TableFormat }) },
  responses: files,
});
const version = createRoute({
  ...forAnybody("GET /v1/releases/{dataset}/{day}/versions/{version}/{format}"),
  ...own,
  summary: "A release in one version, as a file that never changes",
  request: {
    params: z.strictObject({
      ...named,
      version: z.coerce.number().int().min(1).max(1_000_000),
      format: TableFormat,
    }),
  },
  responses: files,
});

type Asked = { dataset: DatasetName; day: Day; version?: number; format: TableFormat };

/** Public, and the same for everybody. */
export const releases = ({ deps, log, publisher }: World): Router => {
  const answer = async (c: Context<Scope>, asked: Asked) => {
    const file = await findFile(deps, asked);
    const { format, bytes, sha256, publishedAt } = file;
    return answerFile(c, log, {
      ...{ format, bytes, sha256, lastModified: publishedAt, isPublic: true },
      etag: Buffer.from(sha256).toString("hex"),
      ...(asked.version === undefined ? { at: pathOf(file) } : {}),
      filename: `everydose-${file.dataset}-${file.day}-v${file.version}.${format}`,
      content: () => bytesOf(deps, file),
    });
  };
  const router = newRouter();
  router.use(list.path, etag());
  return router
    .openapi(list, async (c) => {
      const items = await listReleases(deps);
      const kept = { "cache-control": "public, max-age=300" };
      return c.json({ publisher: publisher ?? Publisher.parse(nobody), items }, 200, kept);
    })
    .openapi(last, (c) => answer(c, c.req.valid("param")))
    .openapi(version, (c) => answer(c, c.req.valid("param")));
};

/** Where the operator's files do not say who publishes: nobody has given the data away. */
const nobody = {
  name: "the operator of this gateway",
  homepage: "https://example.org/",
  licence: "http://publications.europa.eu/resource/authority/licence/OP_DATPRO",
};
