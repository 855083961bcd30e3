import { type Context, Hono } from "hono";
import type { Call } from "../../../schema/call.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import type { MendedRows, RowToMend, Work } from "../../../schema/work.ts";
import { unkept } from "../frame/headers.ts";
import { answered } from "../frame/own-desk.ts";
import { ownFile, ownForm } from "../frame/own-form.ts";
import { page, speaks } from "../frame/page.ts";
import type { Notice } from "../frame/said.tsx";
import type { Session } from "../sign-in/guard.tsx";
import { CentreList, type ListFaults, type Typed } from "./centre-list.tsx";
import { type Answer, faultOf, type ListDesk, listDesk } from "./desk.ts";
import { Trouble } from "./frame.tsx";
import { ListWork } from "./list-work.tsx";
import { outcomes, TelephonePage } from "./telephone-page.tsx";
import { type Places, WorkPage } from "./work-page.tsx";

/** `sessionOf`: who has signed in, which whoever mounts these pages sees to. `now`: in milliseconds. */
type Given = { sessionOf(c: Context): Session; now?(): number };
type Status = 200 | 403 | 404 | 409 | 422 | 503;
type At = { desk: ListDesk; centre: Centre };
type Refused = Extract<Answer<unknown>, { ok: false }>;
type Items<Item> = { items: Item[] };

const show = (c: Context, content: Parameters<typeof page>[1], status: Status = 200) =>
  page(c, content, { sent: unkept, status });

const statusOf = ({ status }: Refused): Status => (status === 404 || status === 403 ? status : 503);
const listOf = ({ id }: Centre) => `/staff/centres/${id}/list`;

const trouble = (c: Context, desk: ListDesk, refused: Refused, to?: string) =>
  show(c, <Trouble desk={desk} says={faultOf(desk, refused)} to={to} />, statusOf(refused));

/** A page about a centre that there is. */
const about = async (c: Context, desk: ListDesk, of: (at: At) => Promise<Response> | Response) => {
  const centre = await desk.read<Centre>(`/v1/centres/${encodeURIComponent(c.req.param("centre") ?? "")}`);
  return centre.ok ? of({ desk, centre: centre.value }) : trouble(c, desk, centre);
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

type Failed = { status?: Status; notice?: Notice; typed?: Typed; faults?: ListFaults };

const showList = async (c: Context, { desk, centre }: At, { status, ...failed }: Failed = {}) => {
  const all = await desk.read<Items<Work>>("/v1/work");
  if (!all.ok) return trouble(c, desk, all);
  const items = all.value.items.filter(
    (work) => work.centre === centre.id && (work.kind === "import" || work.kind === "export"),
  );
  return show(c, <CentreList desk={desk} centre={centre} items={items.slice(0, 10)} {...failed} />, status);
};

/** A browser may call a file anything; what it is shows in its bytes. */
const upload = async (c: Context, { desk, centre }: At) => {
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

const order = async (c: Context, { desk, centre }: At) => {
  const form = await c.req.parseBody();
  const [format, reason, words] = [textOf(form.format), textOf(form.reason), textOf(form.words).trim()];
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

const download = async (c: Context, { desk, centre }: At) => {
  const format = c.req.query("format") === "csv" ? "csv" : "xlsx";
  const reply = await desk.session.api(`/v1/centres/${centre.id}/imports/model?format=${format}`);
  return reply.ok
    ? passOn(reply)
    : trouble(c, desk, (await answered<never>(reply)) as Refused, desk.to(listOf(centre)));
};

/** A file, as the API gave it. */
const passOn = async (reply: Response): Promise<Response> => {
  const of = (name: string) => reply.headers.get(name) ?? "";
  const headers = { "content-type": of("content-type"), "content-disposition": of("content-disposition") };
  return new Response(await reply.arrayBuffer(), { headers: { ...unkept, ...headers } });
};

const showOne = async (
  c: Context,
  { desk, centre }: At,
  failed: { status?: Status; notice?: Notice } = {},
) => {
  const id = c.req.param("id") ?? "";
  const work = await desk.read<Work>(`/v1/work/${encodeURIComponent(id)}`);
  if (!work.ok) return trouble(c, desk, work, desk.to(listOf(centre)));
  const { toMend = 0, state } = work.value;
  const isMended = toMend > 0 && (state === "done" || state === "running");
  const rows = isMended
    ? await desk.read<Items<RowToMend>>(`/v1/work/${encodeURIComponent(id)}/rows`)
    : undefined;
  const did = noticeOf(c, { desk, centre }, toMend);
  const notice = failed.notice ?? did;
  const items = rows?.ok ? rows.value.items : [];
  return show(
    c,
    <ListWork desk={desk} centre={centre} work={work.value} rows={items} notice={notice} />,
    failed.status,
  );
};

const noticeOf = (c: Context, { desk }: At, left: number): Notice | undefined => {
  const taken = Number.parseInt(c.req.query("taken") ?? "", 10);
  if (!(taken >= 0)) return undefined;
  const { mended, still } = desk.words.import;
  return {
    says: `${desk.say(mended, { taken })} ${desk.say(still, { n: left })}`,
    bad: taken === 0 && left > 0,
  };
};

type Acts = "start" | "cancel";
const act = async (c: Context, at: At, what: Acts) => {
  const id = c.req.param("id") ?? "";
  const done = await at.desk.send<Work>("POST", `/v1/work/${encodeURIComponent(id)}/${what}`);
  if (done.ok) return c.redirect(at.desk.to(`${listOf(at.centre)}/${id}`), 303);
  if (done.status === 409)
    return showOne(c, at, { status: 409, notice: { says: faultOf(at.desk, done), bad: true } });
  return trouble(c, at.desk, done, at.desk.to(listOf(at.centre)));
};

/** "12.birthDate" is a cell, "12.leave-out" what is not to be taken. */
const rowsIn = (form: Record<string, unknown>): MendedRows["rows"] =>
  [form.row].flat().map((each) => {
    const row = Number(each);
    const own = Object.entries(form).filter(([name]) => name.startsWith(`${row}.`));
    if (form[`${row}.leave-out`] === "yes") return { row, leaveOut: true };
    return {
      row,
      cells: Object.fromEntries(own.map(([name, text]) => [name.slice(name.indexOf(".") + 1), textOf(text)])),
    };
  });

const mend = async (c: Context, at: At) => {
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

const takeFile = async (c: Context, at: At) => {
  const id = encodeURIComponent(c.req.param("id") ?? "");
  const reply = await at.desk.session.api(`/v1/work/${id}/file`, { method: "POST" });
  if (reply.ok) return passOn(reply);
  return showOne(c, at, { status: 409, notice: { says: at.desk.words.export.taken, bad: true } });
};

const showCalls = async (c: Context, { desk, centre }: At, now: number, failed?: Notice) => {
  const calls = await desk.read<Items<Call>>(`/v1/centres/${centre.id}/calls`);
  if (!calls.ok) return trouble(c, desk, calls);
  const at = Number.parseInt(c.req.query("at") ?? "0", 10) || 0;
  const did = outcomes.find((each) => each === c.req.query("did"));
  const notice = failed ?? (did && { says: desk.words.telephone.noted[did] });
  const given = { desk, centre, calls: calls.value.items, at, now, notice };
  return show(c, <TelephonePage {...given} />, failed ? 409 : 200);
};

const note = async (c: Context, at: At, now: number) => {
  const form = await c.req.parseBody();
  const outcome = textOf(form.outcome);
  const invitation = encodeURIComponent(textOf(form.invitation));
  const done = await at.desk.send<Invitation>("POST", `/v1/invitations/${invitation}/call`, { outcome });
  // Whoever did not answer is called again when the others have been.
  const turn = outcome === "no-answer" ? String((Number.parseInt(textOf(form.at), 10) || 0) + 1) : "0";
  if (done.ok)
    return c.redirect(
      at.desk.to(`/staff/centres/${at.centre.id}/telephone`, { did: outcome, at: turn }),
      303,
    );
  if (done.status === 409) return showCalls(c, at, now, { says: at.desk.words.telephone.over, bad: true });
  return trouble(c, at.desk, done);
};

const placesOf = async ({ read, language }: ListDesk): Promise<Places> => {
  const [centres, regions] = await Promise.all([
    read<Items<Centre>>("/v1/centres"),
    read<Items<Region>>("/v1/regions"),
  ]);
  return new Map([
    ...(centres.ok ? centres.value.items : []).map(({ id, name }): [string, string] => [id, name]),
    ...(regions.ok ? regions.value.items : []).map(({ id, name }): [string, string] => [id, name[language]]),
  ]);
};

/** A centre's own list and its telephone, and all long work. */
export const listPages = ({ sessionOf, now = Date.now }: Given): Hono => {
  const list = "/staff/centres/:centre/list";
  const telephone = "/staff/centres/:centre/telephone";
  const at = (of: (c: Context, at: At) => Promise<Response> | Response) => (c: Context) =>
    about(c, listDesk(c, sessionOf(c)), (found) => of(c, found));
  const app = new Hono();
  for (const path of [list, `${list}/*`, telephone, "/work", "/work/*"]) app.use(path, speaks);
  app.post(list, ownFile(16 * 1024 * 1024 + 64 * 1024), at(upload));
  for (const path of [`${list}/*`, telephone, "/work/*"]) app.use(path, ownForm(256 * 1024));
  app.get(list, at(showList));
  app.post(`${list}/export`, at(order));
  app.get(`${list}/model`, at(download));
  app.get(`${list}/:id`, at(showOne));
  app.post(
    `${list}/:id/start`,
    at((c, found) => act(c, found, "start")),
  );
  app.post(
    `${list}/:id/cancel`,
    at((c, found) => act(c, found, "cancel")),
  );
  app.post(`${list}/:id/rows`, at(mend));
  app.post(`${list}/:id/file`, at(takeFile));
  app.get(
    telephone,
    at((c, found) => showCalls(c, found, now())),
  );
  app.post(
    telephone,
    at((c, found) => note(c, found, now())),
  );
  const showWork = async (c: Context, desk: ListDesk, notice?: Notice) => {
    const all = await desk.read<Items<Work>>("/v1/work");
    if (!all.ok) return trouble(c, desk, all);
    const given = { desk, items: all.value.items, places: await placesOf(desk), notice };
    return show(c, <WorkPage {...given} />, notice ? 409 : 200);
  };
  app.get("/work", (c) => showWork(c, listDesk(c, sessionOf(c))));
  app.post("/work/:id/cancel", async (c) => {
    const desk = listDesk(c, sessionOf(c));
    const done = await desk.send<Work>("POST", `/v1/work/${encodeURIComponent(c.req.param("id"))}/cancel`);
    if (done.ok) return c.redirect(desk.to("/work"), 303);
    return done.status === 409
      ? showWork(c, desk, { says: desk.words.work.over, bad: true })
      : trouble(c, desk, done);
  });
  return app;
};
