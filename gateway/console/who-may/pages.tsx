import { type Context, Hono } from "hono";
import type { Permission } from "../../../schema/caller.ts";
import type { Problem } from "../../../schema/errors.ts";
import type { IssuedKey, Key } from "../../../schema/key.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import type { Api } from "../frame/api.ts";
import { ownDesk, type Refused } from "../frame/own-desk.ts";
import { ownForm } from "../frame/own-form.ts";
import { languageOf, show } from "../frame/page.ts";
import { read } from "../frame/read.ts";
import { textIn, textsIn } from "../frame/sent.ts";
import type { Session, SignedIn, SignedInGuard } from "../sign-in/guard.tsx";
import { whoMayTexts } from "../texts/who-may/words.ts";
import type { TypedKey } from "./key-form.tsx";
import { EndKeyPage, KeyMadePage, KeysPage } from "./keys-page.tsx";
import { WhoMayPage } from "./who-may-page.tsx";

const itemsOf = async <One,>(api: Api, path: string): Promise<One[]> =>
  (await read<{ items: One[] }>(api, path)).items;

const listed = async ({ api }: Session) => {
  const [keys, regions, centres] = await Promise.all([
    itemsOf<Key>(api, "/v1/keys"),
    itemsOf<Region>(api, "/v1/regions"),
    itemsOf<Centre>(api, "/v1/centres"),
  ]);
  return { keys, places: { regions, centres } };
};

/** Where in the form a refusal belongs. */
const faultsIn = ({ code, issues }: Refused, language: Language) => {
  const { fault } = whoMayTexts[language].keys;
  if (code === "label_taken") return { label: fault.taken };
  const ofLabel = issues.some(({ at }) => at === "/label");
  const ofReach = issues.some(({ at }) => /^\/(?:regions|centres)\b/.test(at));
  if (!ofLabel && !ofReach) return { all: fault.other };
  return { ...(ofLabel && { label: fault.label }), ...(ofReach && { reach: fault.reach }) };
};

const labelled = /^[a-z][a-z0-9-]{0,47}$/;
const labelIn = (c: Context): string => {
  const label = c.req.param("label") ?? "";
  return labelled.test(label) ? label : "";
};

/** Who may do what; and for whoever runs the gateway, the keys with which people and programs come in. */
export const whoMayPages = ({ signedIn }: { signedIn: SignedInGuard }): Hono<SignedIn> => {
  const app = new Hono<SignedIn>();
  app.use("/who-may", signedIn).use("/who-may/*", signedIn);

  app.get("/who-may", async (c) => {
    const session = c.get("session");
    const table = await itemsOf<Permission>(session.api, "/v1/permissions");
    return show(c, <WhoMayPage language={languageOf(c)} session={session} table={table} />);
  });

  app.get("/who-may/keys", async (c) => {
    const session = c.get("session");
    const asked = c.req.query("ended") ?? "";
    const ended = labelled.test(asked) ? asked : undefined;
    const shown = { language: languageOf(c), session, ended, ...(await listed(session)) };
    return show(c, <KeysPage {...shown} />);
  });

  app.post("/who-may/keys", ownForm(64 * 1024), async (c) => {
    const [language, session] = [languageOf(c), c.get("session")];
    const form = await c.req.parseBody({ all: true });
    const [label, once] = [textIn(form, "label").trim(), textIn(form, "once")];
    const places = { regions: textsIn(form, "regions"), centres: textsIn(form, "centres") };
    const typed: TypedKey = { label, role: textIn(form, "role"), ...places };
    const key = /^[\w-]{8,64}$/.test(once) ? once : undefined;
    const made = await ownDesk(c).send<IssuedKey>("POST", "/v1/keys", typed, key);
    if (made.ok)
      return show(
        c,
        <KeyMadePage language={language} session={session} label={label} made={made.value.key} />,
      );
    const faults = faultsIn(made, language);
    const shown = { language, session, typed, faults, ...(await listed(session)) };
    return show(c, <KeysPage {...shown} />, 422);
  });

  app.get("/who-may/keys/:label/end", (c) => {
    const label = labelIn(c);
    if (label === "") return c.notFound();
    return show(c, <EndKeyPage language={languageOf(c)} session={c.get("session")} label={label} />);
  });

  app.post("/who-may/keys/:label/end", ownForm(1024), async (c) => {
    const [language, session, label] = [languageOf(c), c.get("session"), labelIn(c)];
    if (label === "") return c.notFound();
    const reply = await session.api(`/v1/keys/${label}`, { method: "DELETE" });
    if (reply.ok) return c.redirect(`/who-may/keys?ended=${label}&lang=${language}`, 303);
    const { code } = (await reply.json()) as Problem;
    const { fault: words } = whoMayTexts[language].keys;
    const known: Partial<Record<Problem["code"], string>> = {
      key_of_settings: words.settings,
      not_found: words.gone,
    };
    const fault = known[code] ?? words.other;
    return show(c, <EndKeyPage language={language} session={session} label={label} fault={fault} />, 409);
  });
  return app;
};
