import { Hono } from "hono";
import type { Invitation } from "../../../schema/surplus.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";
import { type Api, type ApiFor, bearing } from "../frame/api.ts";
import { tokenIn } from "../frame/link.tsx";
import { ownForm } from "../frame/own-form.ts";
import { languageOf, show } from "../frame/page.ts";
import { textIn } from "../frame/sent.ts";
import { sendLink } from "./contact.ts";
import { AskPage, MinePage, type Says } from "./mine.tsx";
import { dateOf } from "./register-form.ts";
import { minutesToWait, openSession } from "./session.ts";

/*
 * Where somebody reads what is registered of them: by plain forms, with or without a script. Link and birth date travel in
 * bodies alone, and nothing of them is kept; the token that they open is used for this one page.
 */

const saysOf: Record<number, Says> = { 400: "wrong", 401: "noToken", 403: "wrong", 429: "spent" };

/** All that the two open, or the reply that refuses it. */
const opened = async (
  api: Api,
  { token, ...knowledge }: { token: string; birthDate: string; postcode?: string },
) => {
  const session = await openSession(api, token, knowledge);
  if (typeof session !== "string") return session;
  const personal = bearing(session);
  const registration = await api("/v1/volunteer", personal);
  if (!registration.ok) return registration;
  const invitation = await api("/v1/invitation", personal);
  return {
    volunteer: (await registration.json()) as Volunteer,
    invitation: invitation.ok ? ((await invitation.json()) as Invitation) : undefined,
  };
};

export const showingMine = ({ apiFor }: { apiFor: ApiFor }): Hono =>
  new Hono()
    .get("/", (c) => show(c, <AskPage language={languageOf(c)} />))
    .post("/", ownForm(4096), async (c) => {
      const language = languageOf(c);
      const form = await c.req.parseBody();
      const token = tokenIn(form.link);
      if (!token) return show(c, <AskPage language={language} says="noToken" />);
      // From the page of an invitation, where no script runs: the rest is still to be asked.
      if (form.birthDate === undefined) return show(c, <AskPage language={language} link={token} />);
      const postcode = textIn(form, "postcode").trim() || undefined;
      const birthDate = dateOf(textIn(form, "birthDate"));
      const found = await opened(apiFor(c), { token, birthDate, postcode });
      if (!(found instanceof Response)) return show(c, <MinePage language={language} {...found} />);
      const says = saysOf[found.status] ?? "failed";
      return show(c, <AskPage language={language} link={token} says={says} minutes={minutesToWait(found)} />);
    })
    .post("/link", ownForm(4096), async (c) => {
      const isSent = await sendLink(apiFor(c), textIn(await c.req.parseBody(), "contact"));
      return show(c, <AskPage language={languageOf(c)} says={isSent ? "sent" : "failed"} />);
    });
