import { type Context, Hono } from "hono";
import { type CentreId, type ExternalId, type Instant, millis } from "../../schema/primitives.ts";
import { type Bench, defineSimulator, type World } from "../kit/simulator.ts";
import {
  columns,
  contentTypes,
  emptySheet,
  render,
  type SheetCell,
  type SheetFormat,
  stateOf,
  typed,
  understand,
} from "./simulated-sheet.ts";

type SharedList = {
  format: SheetFormat;
  rows: SheetCell[][];
  version: number;
  savedAt: Instant;
  /** How many dossiers were opened in this list. */
  dossiers: number;
};
type ShareState = { lists: Record<string, SharedList> };

const token = "sandbox-local-list-share";
const etagOf = ({ version }: SharedList) => `"v${version}"`;
const bodyOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** `content-type` as a share derives it from the file's ending. */
const formatOf = (type: string | undefined): SheetFormat | undefined =>
  (["csv", "xlsx"] as const).find((format) => type?.startsWith(contentTypes[format]));

const save = async (c: Context, state: ShareState, world: World): Promise<Response> => {
  const centre = c.req.param("centre") ?? "";
  const [match, none] = [c.req.header("if-match"), c.req.header("if-none-match")];
  if (!match && none !== "*") return c.json({ error: "no-condition" }, 428);
  const format = formatOf(c.req.header("content-type"));
  const rows =
    format && (await understand(format, new Uint8Array(await c.req.arrayBuffer())).catch(() => undefined));
  if (!format || !rows) return c.json({ error: "not-a-list" }, 415);
  // Asked only now: until here others could save while this request waited for its own body.
  const current = state.lists[centre];
  const allowed = match ? current !== undefined && match === etagOf(current) : current === undefined;
  if (!allowed) return c.json({ error: "changed-meanwhile" }, 412);
  const dossiers = current?.dossiers ?? 0;
  const list = { format, rows, version: (current?.version ?? 0) + 1, savedAt: world.now(), dossiers };
  state.lists[centre] = list;
  return c.body(null, current ? 204 : 201, { etag: etagOf(list) });
};

const app = (state: ShareState, world: World): Hono => {
  const share = new Hono();
  share.use("*", async (c, next) => {
    if (c.req.header("x-share-token") !== token) return c.json({ error: "wrong-token" }, 401);
    return next();
  });
  share.get("/lists", (c) => c.json({ lists: Object.keys(state.lists).map((centre) => ({ centre })) }));
  share.get("/lists/:centre", async (c) => {
    const list = state.lists[c.req.param("centre")];
    if (!list) return c.json({ error: "no-such-list" }, 404);
    const etag = etagOf(list);
    if (c.req.header("if-none-match") === etag) return c.body(null, 304, { etag });
    const modified = new Date(millis(list.savedAt)).toUTCString();
    const headers = { etag, "last-modified": modified, "content-type": contentTypes[list.format] };
    return c.body(bodyOf(await render(list.format, list.rows)), 200, headers);
  });
  share.put("/lists/:centre", (c) => save(c, state, world));
  return share;
};

const wordIn = (cell: SheetCell | undefined) => (typeof cell === "string" ? cell : "");

const bench = (state: ShareState, world: World): Bench => ({
  addPeople: (entries) =>
    entries.map((entry) => {
      const centre = entry.centres.find((each) => state.lists[each]) ?? world.centres[0];
      const list = state.lists[centre ?? ""];
      if (!list) throw new Error("no centre of this world keeps a list");
      list.dossiers += 1;
      const reference = `D${String(list.dossiers).padStart(5, "0")}`;
      list.rows.push(typed(list.format, { reference, entry, style: list.dossiers }));
      list.version += 1;
      list.savedAt = world.now();
      return `${centre}.${reference}` as ExternalId;
    }),
  people: () =>
    Object.entries(state.lists).flatMap(([centre, { format, rows }]) =>
      rows.slice(emptySheet(format).length).flatMap((row) => {
        const reference = wordIn(row[columns.reference]);
        const externalId = `${centre}.${reference}` as ExternalId;
        return reference ? [{ externalId, state: stateOf(wordIn(row[columns.state])) }] : [];
      }),
    ),
});

const listOf = (format: SheetFormat, savedAt: Instant): SharedList => ({
  format,
  rows: emptySheet(format),
  version: 1,
  savedAt,
  dossiers: 0,
});

/** The file share on which every centre of this world keeps its list, every second one as a workbook. */
export default defineSimulator<ShareState>({
  name: "local-list",
  initial: ({ centres, now }) => ({
    lists: Object.fromEntries(
      centres.map((centre: CentreId, at) => [centre, listOf(at % 2 === 0 ? "csv" : "xlsx", now())]),
    ),
  }),
  app,
  bench,
  options: (baseUrl) => ({ shareUrl: baseUrl, token, digestKey: "sandbox-local-list-digest" }),
});
