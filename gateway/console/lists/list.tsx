import type { Context } from "hono";
import type { Centre } from "../../../schema/region.ts";
import type { MendedRows, RowToMend, Work } from "../../../schema/work.ts";
import { unkept } from "../frame/headers.ts";
import { answered, type Refused, refusedBy } from "../frame/own-desk.ts";
import { show } from "../frame/page.ts";
import type { Notice } from "../frame/said.tsx";
import { type Sent, textIn } from "../frame/sent.ts";
import { type At, type Items, trouble } from "./about.tsx";
import { faultOf, type ListDesk } from "./desk.ts";
import { CentreList, type ListFaults, type Typed } from "./list-page.tsx";
import { ListWork } from "./list-work-page.tsx";

/* A centre's own list comes in and goes out, and what was refused of it is mended. */

/** What could not be done, for the page on which it was tried. */
type Failed = { status?: 409 | 422; notice?: Notice; typed?: Typed; faults?: ListFaults };

const listOf = ({ id }: Centre) => `/staff/centres/${id}/list`;

export const showList = async (c: Context, { desk, centre }: At, { status, ...failed }: Failed = {}) => {
  const all = await desk.read<Items<Work>>("/v1/work");
  if (!all.ok) return trouble(c, desk, all);
  const items = all.value.items.filter(
    (work) => work.centre === centre.id && (work.kind === "import" || work.kind === "export"),
  );
  return show(c, <CentreList desk={desk} centre={centre} items={items.slice(0, 10)} {...failed} />, status);
};

/** A browser may call a file anything; what it is shows in its bytes. */
export const upload = async (c: Context, { desk, centre }: At) => {
  const { file } = await c.req.parseBody();
  const refused = (says: string) => showList(c, { desk, centre }, { status: 422, faults: { file: says } });
  if (!(file instanceof File) || file.size === 0) return refused(desk.words.fault.file);
  const reply = await desk.session.api(`/v1/centres/${centre.id}/imports?start=later`, {
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      prefer: "respond-async",
      "content-length": String(file.size),
    },
    body: await file.arrayBuffer(),
  });
  const work = await answered<Work>(reply);
  if (work.ok) return c.redirect(desk.to(`${listOf(centre)}/${work.value.id}`), 303);
  if (work.status === 404) return refused(desk.words.fault.noList);
  return work.status === 403 ? trouble(c, desk, work) : refused(faultOf(desk, work));
};

export const order = async (c: Context, { desk, centre }: At) => {
  const form = await c.req.parseBody();
  const [format, reason, words] = [
    textIn(form, "format"),
    textIn(form, "reason"),
    textIn(form, "words").trim(),
  ];
  const numbers = form.numbers === "yes";
  const why = numbers ? { reason, words } : undefined;
  const work = await desk.send<Work>("POST", "/v1/work", { kind: "export", centre: centre.id, format, why });
  if (work.ok) return c.redirect(desk.to(`${listOf(centre)}/${work.value.id}`), 303);
  const typed = { format, reason, words, numbers };
  if (work.issues.some(({ at }) => at.startsWith("/why")))
    return showList(c, { desk, centre }, { status: 422, typed, faults: { words: desk.words.fault.words } });
  const says = work.status === 404 ? desk.words.fault.noList : faultOf(desk, work);
  return showList(c, { desk, centre }, { status: 422, typed, notice: { says, bad: true } });
};

export const download = async (c: Context, { desk, centre }: At) => {
  const format = c.req.query("format") === "csv" ? "csv" : "xlsx";
  const reply = await desk.session.api(`/v1/centres/${centre.id}/imports/model?format=${format}`);
  return reply.ok ? passOn(reply) : trouble(c, desk, await refusedBy(reply), desk.to(listOf(centre)));
};

/** A file, as the API gave it. */
const passOn = async (reply: Response): Promise<Response> => {
  const of = (name: string) => reply.headers.get(name) ?? "";
  const headers = { "content-type": of("content-type"), "content-disposition": of("content-disposition") };
  return new Response(await reply.arrayBuffer(), { headers: { ...unkept, ...headers } });
};

export const showOne = async (
  c: Context,
  { desk, centre }: At,
  failed: Pick<Failed, "status" | "notice"> = {},
) => {
  const id = c.req.param("id") ?? "";
  const work = await desk.read<Work>(`/v1/work/${encodeURIComponent(id)}`);
  if (!work.ok) return trouble(c, desk, work, desk.to(listOf(centre)));
  const { toMend = 0, state } = work.value;
  const isMended = toMend > 0 && (state === "done" || state === "running");
  const rows = isMended
    ? await desk.read<Items<RowToMend>>(`/v1/work/${encodeURIComponent(id)}/rows`)
    : undefined;
  const notice = failed.notice ?? mendedIn(c, desk, toMend);
  const items = rows?.ok ? rows.value.items : [];
  return show(
    c,
    <ListWork desk={desk} centre={centre} work={work.value} rows={items} notice={notice} />,
    failed.status,
  );
};

/** What was taken of what they had mended. */
const mendedIn = (c: Context, desk: ListDesk, left: number): Notice | undefined => {
  const taken = Number.parseInt(c.req.query("taken") ?? "", 10);
  if (!(taken >= 0)) return undefined;
  const { mended, still } = desk.words.import;
  return {
    says: `${desk.say(mended, { taken })} ${desk.say(still, { n: left })}`,
    bad: taken === 0 && left > 0,
  };
};

export const act = async (c: Context, at: At, what: "start" | "cancel") => {
  const id = c.req.param("id") ?? "";
  const done = await at.desk.send<Work>("POST", `/v1/work/${encodeURIComponent(id)}/${what}`);
  if (done.ok) return c.redirect(at.desk.to(`${listOf(at.centre)}/${id}`), 303);
  if (done.status === 409)
    return showOne(c, at, { status: 409, notice: { says: faultOf(at.desk, done), bad: true } });
  return trouble(c, at.desk, done, at.desk.to(listOf(at.centre)));
};

/** "12.birthDate" is a cell, "12.leave-out" what is not to be taken. */
const rowsIn = (form: Sent): MendedRows["rows"] =>
  [form.row].flat().map((each) => {
    const row = Number(each);
    const own = Object.keys(form).filter((name) => name.startsWith(`${row}.`));
    if (form[`${row}.leave-out`] === "yes") return { row, leaveOut: true };
    return {
      row,
      cells: Object.fromEntries(own.map((name) => [name.slice(name.indexOf(".") + 1), textIn(form, name)])),
    };
  });

export const mend = async (c: Context, at: At) => {
  const id = encodeURIComponent(c.req.param("id") ?? "");
  const before = await at.desk.read<Work>(`/v1/work/${id}`);
  const rows = rowsIn(await c.req.parseBody({ all: true }));
  const done = await at.desk.send<Work>("POST", `/v1/work/${id}/rows`, { rows });
  if (done.ok && before.ok) {
    const taken = Math.max(0, (before.value.result?.notUsable ?? 0) - (done.value.result?.notUsable ?? 0));
    return c.redirect(at.desk.to(`${listOf(at.centre)}/${done.value.id}`, { taken: String(taken) }), 303);
  }
  const refused = done.ok ? (before as Refused) : done;
  if (refused.status === 409)
    return showOne(c, at, { status: 409, notice: { says: faultOf(at.desk, refused), bad: true } });
  return trouble(c, at.desk, refused, at.desk.to(listOf(at.centre)));
};

export const takeFile = async (c: Context, at: At) => {
  const id = encodeURIComponent(c.req.param("id") ?? "");
  const reply = await at.desk.session.api(`/v1/work/${id}/file`, { method: "POST" });
  if (reply.ok) return passOn(reply);
  return showOne(c, at, { status: 409, notice: { says: at.desk.words.export.taken, bad: true } });
};
