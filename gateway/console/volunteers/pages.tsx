import { type Context, Hono } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Api, ApiFor } from "../frame/api.ts";
import { ownForms, unkept } from "../frame/headers.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { answering } from "./answering.tsx";
import { ConsentPage } from "./consent.tsx";
import { consentForm } from "./consent-form.tsx";
import { moving, renewing } from "./matter.ts";
import { placing } from "./placing.tsx";
import { registering, type Show } from "./registering.tsx";
import { ownData, ownErasure } from "./rights-forms.tsx";
import { showingMine } from "./showing-mine.tsx";

const paths = [
  "/answer",
  "/register",
  "/consent",
  "/renew",
  "/erasure",
  "/answer/*",
  "/my-place",
  "/my-place/*",
  "/mine",
  "/mine/*",
  "/my-data",
  "/my-data/*",
];

/** For whoever is on the list, wants to be, or helps somebody who does. */
export const volunteersPages = ({ api, apiFor }: { api: Api; apiFor: ApiFor }): Hono => {
  const app = new Hono();
  const show = (c: Context, content: JSX.Element) => page(c, content, { sent: unkept });
  const answer: Show = (c, content, about) => page(c, content, { ...about, sent: unkept });
  const given = { apiFor, languageOf, show };
  for (const path of paths) app.use(path, speaks);
  app.route("/answer", answering(given));
  app.route("/my-place", placing({ ...given, api }));
  for (const matter of [moving, renewing]) {
    app.get(matter.path, (c) =>
      page(c, <ConsentPage language={languageOf(c)} matter={matter} />, { sent: ownForms }),
    );
    app.route(matter.path, consentForm({ ...given, matter }));
  }
  app.route("/mine", showingMine(given));
  app.route("/register", registering({ api, apiFor, languageOf, show: answer }));
  app.route("/my-data", ownData(given));
  app.route("/erasure", ownErasure(given));
  return app;
};
