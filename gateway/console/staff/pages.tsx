import { type Context, Hono } from "hono";
import type { Evening } from "../../../schema/evening.ts";
import type { Centre } from "../../../schema/region.ts";
import { attached, unkept } from "../frame/headers.ts";
import { ownForm } from "../frame/own-form.ts";
import { show } from "../frame/page.ts";
import { type Notice, Said } from "../frame/said.tsx";
import type { SignedInGuard } from "../sign-in/guard.tsx";
import { knownWord } from "../texts/word-for.ts";
import { acts, type Done } from "./acts.ts";
import { announce, showAnnounce } from "./announce.tsx";
import { BoardPage } from "./board.tsx";
import { showCentres } from "./centres.tsx";
import { type Desk, deskOf, faultOf, type Refused } from "./desk.ts";
import { fileOf, SheetPage } from "./sheet.tsx";
import { passOn } from "./stream.tsx";
import { Trouble } from "./trouble.tsx";

/** `signedIn`: lets in whoever signed in. `now`: in milliseconds. */
type Given = { signedIn: SignedInGuard; now(): number };

const doneIn = (desk: Desk, did = ""): Notice | undefined => {
  const says = knownWord(desk.words.done, did);
  return says ? { says } : undefined;
};

/** A script that sends a form wants no page: what changed comes over the stream. */
const isQuiet = (c: Context): boolean =>
  c.req.header("sec-fetch-dest") === "empty" || c.req.header("x-board") === "1";

/** A centre's evening, and where it is kept from whoever asks. */
export const staffPages = ({ signedIn, now }: Given): Hono => {
  const app = new Hono();
  const here = "/staff/centres/:centre";

  const trouble = (c: Context, desk: Desk, answer: Refused) =>
    show(
      c,
      <Trouble desk={desk} says={faultOf(desk, answer)} />,
      answer.status === 404 ? 404 : answer.status === 403 ? 403 : 503,
    );

  const centreOf = (c: Context, desk: Desk) =>
    desk.read<Centre>(`/v1/centres/${encodeURIComponent(c.req.param("centre") ?? "")}`);
  const eveningOf = (desk: Desk, { id }: Centre) => desk.read<Evening>(`/v1/centres/${id}/evening`);

  /** A page about a centre; `of` is asked once it is known that there is one. */
  const about = async (
    c: Context,
    of: (at: { desk: Desk; centre: Centre }) => Promise<Response> | Response,
  ): Promise<Response> => {
    const desk = deskOf(c);
    const centre = await centreOf(c, desk);
    return centre.ok ? of({ desk, centre: centre.value }) : trouble(c, desk, centre);
  };
  const withEvening = (
    c: Context,
    of: (at: { desk: Desk; centre: Centre; evening: Evening }) => Promise<Response> | Response,
  ): Promise<Response> =>
    about(c, async ({ desk, centre }) => {
      const evening = await eveningOf(desk, centre);
      return evening.ok ? of({ desk, centre, evening: evening.value }) : trouble(c, desk, evening);
    });

  app.use("/staff", signedIn).use("/staff/*", signedIn);
  app.use("/staff/*", ownForm(16 * 1024));

  app.get("/staff", async (c) => show(c, await showCentres(deskOf(c))));

  app.get(here, (c) =>
    withEvening(c, ({ desk, centre, evening }) =>
      show(
        c,
        <BoardPage desk={desk} centre={centre} evening={evening} notice={doneIn(desk, c.req.query("did"))} />,
      ),
    ),
  );
  app.get(`${here}/live`, (c) => about(c, ({ desk, centre }) => passOn(c, desk, centre.id)));
  app.get(`${here}/sheet`, (c) => withEvening(c, (all) => show(c, <SheetPage {...all} />)));
  app.get(`${here}/coming.csv`, (c) =>
    withEvening(c, ({ desk, centre, evening }) =>
      c.body(
        fileOf({ desk, evening }),
        200,
        attached("text/csv; charset=utf-8", `${centre.id}-${evening.at.slice(0, 10)}.csv`),
      ),
    ),
  );

  app.get(`${here}/announce`, (c) =>
    about(c, async ({ desk, centre }) => show(c, await showAnnounce(desk, centre, now()))),
  );
  app.post(`${here}/announce`, (c) =>
    about(c, async ({ desk, centre }) => {
      const again = await announce(c, desk, centre, now());
      return again
        ? show(c, again, 422)
        : c.redirect(desk.to(`/staff/centres/${centre.id}`, { did: "announced" }), 303);
    }),
  );

  const refusedQuietly = (c: Context, desk: Desk, says: string) => {
    const notice = <Said notice={{ says: `${desk.words.fault.title}. ${says}`, bad: true }} />;
    return c.html(notice, 422, unkept);
  };

  for (const [path, act] of Object.entries(acts))
    app.post(`${here}${path}`, (c) =>
      about(c, async ({ desk, centre }) => {
        const id = encodeURIComponent(c.req.param("id") ?? "");
        const { answer, done } = await act(desk, id, await c.req.parseBody({ all: true }), now());
        if (answer.ok) return isQuiet(c) ? c.body(null, 204) : back(c, desk, centre, done);
        const says = actFault(desk, answer);
        if (isQuiet(c)) return refusedQuietly(c, desk, says);
        const evening = await eveningOf(desk, centre);
        if (!evening.ok) return trouble(c, desk, evening);
        const notice = { says, bad: true };
        return show(
          c,
          <BoardPage desk={desk} centre={centre} evening={evening.value} notice={notice} />,
          409,
        );
      }),
    );
  return app;
};

const back = (c: Context, desk: Desk, { id }: Centre, did: Done) =>
  c.redirect(desk.to(`/staff/centres/${id}`, { did }), 303);

/** A field at fault is told by its name, since the form may lie folded. */
const actFault = (desk: Desk, answer: Refused): string => {
  const { words, say } = desk;
  const at = (field: string) => answer.issues.some((issue) => issue.at === field);
  if (answer.code === "expected_later") return words.fault.expected_later;
  if (at("/doses")) return say(words.fault.doses, { most: 500 });
  if (at("/usableUntil")) return words.fault.until;
  return faultOf(desk, answer);
};
