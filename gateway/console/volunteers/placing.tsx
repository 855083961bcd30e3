import { type Context, Hono } from "hono";
import type { Problem } from "../../../schema/errors.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";
import { type Api, type ApiFor, bearing, sending } from "../frame/api.ts";
import { tokenIn } from "../frame/link.tsx";
import { ownForm } from "../frame/own-form.ts";
import { chosenLanguage, languageOf, show } from "../frame/page.ts";
import { GonePage, LinkPage, SurePage } from "./ask-place.tsx";
import { type Changing, changeOf } from "./change-form.ts";
import { sendLink } from "./contact.ts";
import { MyPlace, type Told } from "./my-place.tsx";
import { type Keys, placeBy } from "./place.ts";
import { dateOf, faultsOf } from "./register-form.ts";
import { placesFrom } from "./register-places.ts";
import { minutesToWait, openSession } from "./session.ts";

/*
 * One's own registration by plain forms: the link and what it opens travel in bodies alone. A script sends the same forms
 * and puts the page that comes in the place of the one before.
 */

const form = ownForm(16_384);
const sent = async (c: Context) => new URLSearchParams(await c.req.text());
const keysIn = (given: URLSearchParams): Keys => ({
  link: tokenIn(given.get("link")),
  session: tokenIn(given.get("session")) || undefined,
});

const changed = async (api: Api, keys: Keys, given: URLSearchParams): Promise<Told> => {
  const token = keys.session ?? keys.link;
  const reply = await api("/v1/volunteer", bearing(token));
  if (!reply.ok) return { says: reply.status === 401 || reply.status === 403 ? "expired" : "failed" };
  const what: Changing = given.get("what") === "week" ? "week" : "rest";
  const change = changeOf(what, given, (await reply.json()) as Volunteer);
  if ("faults" in change) return { says: "notSaved", faults: change.faults, given };
  const saved = await api("/v1/volunteer", sending(token, change, "PATCH"));
  if (saved.ok) return { says: "saved" };
  if (saved.status >= 500 || saved.status === 429) return { says: "failed", given };
  return { says: "notSaved", faults: faultsOf((await saved.json()) as Problem), given };
};

const opened = async (api: Api, link: string, given: URLSearchParams): Promise<Keys & Told> => {
  const postcode = given.get("postcode")?.trim() || undefined;
  const known = { birthDate: dateOf(given.get("birthDate") ?? ""), postcode };
  const session = await openSession(api, link, known);
  if (typeof session === "string") return { link, session };
  const says = { 401: "noToken", 429: "spent" } as const;
  const told = session.status >= 500 ? "failed" : (says[session.status as 401 | 429] ?? "wrong");
  return { link, says: told, minutes: minutesToWait(session), given };
};

/** The steps that need the link alone. */
const steps = { pause: "paused", resume: "resumed" } as const;

export const placing = ({ api, apiFor }: { api: Api; apiFor: ApiFor }): Hono => {
  const places = placesFrom(api);
  /** The page as it is now, with what is to be said of the step before. */
  const shown = async (c: Context, keys: Keys, told: Told = {}) => {
    const ask = (says: "noToken" | "failed") =>
      show(c, <LinkPage language={languageOf(c)} lang={chosenLanguage(c)} says={says} />);
    if (!keys.link || told.says === "noToken") return ask("noToken");
    const place = await placeBy(apiFor(c), places, keys);
    if (typeof place === "string") return ask(place);
    const language = chosenLanguage(c) ?? place.standing?.language ?? languageOf(c);
    return show(c, <MyPlace language={language} place={place} told={told} />);
  };
  return new Hono()
    .get("/", (c) => show(c, <LinkPage language={languageOf(c)} lang={chosenLanguage(c)} script />))
    .post("/", form, async (c) => {
      const given = await sent(c);
      return shown(c, keysIn(given), given.has("new") ? { says: "welcome" } : {});
    })
    .post("/open", form, async (c) => {
      const given = await sent(c);
      const { link } = keysIn(given);
      if (!link) return shown(c, { link });
      const { session, ...told } = await opened(apiFor(c), link, given);
      return shown(c, { link, session }, told);
    })
    .post("/change", form, async (c) => {
      const given = await sent(c);
      const keys = keysIn(given);
      return shown(c, keys, keys.link ? await changed(apiFor(c), keys, given) : {});
    })
    .post("/leave", form, async (c) => {
      const given = await sent(c);
      const keys = keysIn(given);
      const language = languageOf(c);
      if (!keys.link) return shown(c, keys);
      if (given.get("sure") !== "yes") return show(c, <SurePage language={language} keys={keys} />);
      const { status } = await apiFor(c)("/v1/volunteer/withdraw", sending(keys.session ?? keys.link));
      return status === 204 ? show(c, <GonePage language={language} />) : shown(c, keys, { says: "failed" });
    })
    .post("/link", form, async (c) => {
      const isSent = await sendLink(apiFor(c), (await sent(c)).get("contact") ?? "");
      const says = isSent ? "sent" : "notSent";
      return show(c, <LinkPage language={languageOf(c)} lang={chosenLanguage(c)} says={says} />);
    })
    .post("/:step{pause|resume}", form, async (c) => {
      const step = c.req.param("step") as keyof typeof steps;
      const keys = keysIn(await sent(c));
      if (!keys.link) return shown(c, keys);
      const { ok } = await apiFor(c)(`/v1/volunteer/${step}`, sending(keys.session ?? keys.link));
      return shown(c, keys, { says: ok ? steps[step] : "failed" });
    });
};
