import { Hono } from "hono";
import type { Api, ApiFor } from "../frame/api.ts";
import { ownForms } from "../frame/headers.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { answering } from "./answering.tsx";
import { ConsentPage } from "./consent.tsx";
import { consentForm } from "./consent-form.tsx";
import { moving, renewing } from "./matter.ts";
import { placing } from "./placing.tsx";
import { registering } from "./registering.tsx";
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
  for (const path of paths) app.use(path, speaks);
  app.route("/answer", answering({ apiFor }));
  app.route("/my-place", placing({ api, apiFor }));
  for (const matter of [moving, renewing]) {
    app.get(matter.path, (c) =>
      page(c, <ConsentPage language={languageOf(c)} matter={matter} />, { sent: ownForms }),
    );
    app.route(matter.path, consentForm({ apiFor, matter }));
  }
  app.route("/mine", showingMine({ apiFor }));
  app.route("/register", registering({ api, apiFor }));
  app.route("/my-data", ownData({ apiFor }));
  app.route("/erasure", ownErasure({ apiFor }));
  return app;
};
