import { Hono } from "hono";
import type { Invitation } from "../../../schema/surplus.ts";
import { type Api, type ApiFor, bearing, sending } from "../frame/api.ts";
import { attached } from "../frame/headers.ts";
import { tokenIn } from "../frame/link.tsx";
import { ownForm } from "../frame/own-form.ts";
import { chosenLanguage, languageOf, show } from "../frame/page.ts";
import { Answer } from "./answer.tsx";
import { viewOf } from "./answer-view.ts";
import type { Seen } from "./answer-when.tsx";
import { calendarOf } from "./calendar.ts";

/*
 * An invitation by plain forms, where no script runs: the link is pasted once, and each answer is a page that says what
 * came of it.
 */

const steps = {
  accept: "/v1/invitation/accept",
  decline: "/v1/invitation/decline",
  cancel: "/v1/invitation/cancel",
  resume: "/v1/volunteer/resume",
} as const;
/** A form may say anything, also the name of what every object has. */
const isStep = (answer: unknown): answer is keyof typeof steps =>
  typeof answer === "string" && Object.hasOwn(steps, answer);

const read = async (api: Api, link: string): Promise<Invitation | Response> => {
  const reply = await api("/v1/invitation", bearing(link));
  return reply.ok ? ((await reply.json()) as Invitation) : reply;
};

/** What the page shows after that step, or where none was taken. */
const seenAfter = async (api: Api, link: string, step: string | undefined): Promise<Seen> => {
  const away = (status: number): Seen => ({ view: status === 401 ? "no-token" : "overloaded", link });
  if (!link) return away(401);
  const taken = step === undefined ? undefined : await api(step, sending(link));
  // It was answered elsewhere, or is over: what it has become says so better than a refusal.
  if (taken && !taken.ok && taken.status !== 409) return away(taken.status);
  const invitation = await read(api, link);
  if (invitation instanceof Response) return away(invitation.status);
  if (taken?.ok && step === steps.resume) return { view: "back", link, invitation };
  return {
    view: viewOf(invitation, { now: Date.now(), isRefused: taken?.status === 409 }),
    link,
    invitation,
  };
};

const small = ownForm(4096);

export const answering = ({ apiFor }: { apiFor: ApiFor }): Hono =>
  new Hono()
    .get("/", (c) => show(c, <Answer language={languageOf(c)} lang={chosenLanguage(c)} />))
    .post("/", small, async (c) => {
      const { link, answer } = await c.req.parseBody();
      const step = isStep(answer) ? steps[answer] : undefined;
      const seen = await seenAfter(apiFor(c), tokenIn(link), step);
      const language = chosenLanguage(c) ?? seen.invitation?.language ?? languageOf(c);
      return show(c, <Answer language={language} seen={seen} lang={chosenLanguage(c)} />);
    })
    .post("/calendar", small, async (c) => {
      const link = tokenIn((await c.req.parseBody()).link);
      const invitation = link ? await read(apiFor(c), link) : undefined;
      const known = invitation && !(invitation instanceof Response) ? invitation : undefined;
      const calendar =
        known && (await calendarOf({ ...known, language: chosenLanguage(c) ?? known.language }));
      if (calendar) return c.body(calendar, 200, attached("text/calendar; charset=utf-8", "everydose.ics"));
      const seen = await seenAfter(apiFor(c), link, undefined);
      const language = chosenLanguage(c) ?? known?.language ?? languageOf(c);
      return show(c, <Answer language={language} seen={seen} lang={chosenLanguage(c)} />);
    });
