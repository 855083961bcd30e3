import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Language } from "../../schema/primitives.ts";
import type { Policy } from "../../schema/region.ts";
import type { Volunteer } from "../../schema/volunteer.ts";
import { consentWords } from "./consent-words.ts";
import { Layout } from "./layout.tsx";

/*
 * The same consent by plain forms, where no script runs. Nothing reads the link's fragment for such a browser, so the
 * link is pasted once; from then on it travels in bodies alone, never in an address.
 */

/** The public API, as any client calls it. */
export type Api = (path: string, init?: RequestInit) => Response | Promise<Response>;
type Outcome = "given" | "over" | "noToken" | "failed";
type Asking = { link: string; textVersion: string };

const Frame = ({ language, children }: { language: Language; children: unknown }) => (
  <Layout title={consentWords[language].title} language={language}>
    <main class="answer">
      <p class="brand">everydose</p>
      {children}
    </main>
  </Layout>
);

const Said = ({ language, outcome }: { language: Language; outcome: Outcome }) => (
  <Frame language={language}>
    <p class={outcome === "given" ? "notice good" : "notice"}>{consentWords[language][outcome]}</p>
  </Frame>
);

const Question = ({ language, link, textVersion }: Asking & { language: Language }) => {
  const words = consentWords[language];
  return (
    <Frame language={language}>
      <h1>{words.question}</h1>
      <p>{words.why}</p>
      <p class="label">
        {words.text} {textVersion}
      </p>
      <form method="post" action={`/consent?lang=${language}`}>
        <input type="hidden" name="link" value={link} />
        <input type="hidden" name="textVersion" value={textVersion} />
        <p class="choice">
          <button type="submit" class="yes">
            {words.yes}
          </button>
        </p>
      </form>
      <p class="quiet">{words.silence}</p>
    </Frame>
  );
};

/** Stands on the page where scripts would be. */
export const LinkForm = ({ language }: { language: Language }) => {
  const words = consentWords[language];
  return (
    <form method="post" action={`/consent?lang=${language}`}>
      <p>
        <label>
          {words.paste} <input name="link" required autocomplete="off" />
        </label>
      </p>
      <p class="choice">
        <button type="submit" class="yes">
          {words.goOn}
        </button>
      </p>
    </form>
  );
};

const refusedBy = ({ status }: Response): Outcome =>
  status === 401 ? "noToken" : status === 409 ? "over" : "failed";

const asked = async (
  api: Api,
  token: string,
): Promise<Outcome | { language: Language; textVersion: string }> => {
  const reply = await api("/v1/volunteer", { headers: { authorization: `Bearer ${token}` } });
  if (!reply.ok) return refusedBy(reply);
  const { region, state, language, consent } = (await reply.json()) as Volunteer;
  if (state === "withdrawn" || state === "closed") return "over";
  const policy = await api(`/v1/regions/${region}/policy`);
  if (!policy.ok) return "failed";
  const { consentText: textVersion } = ((await policy.json()) as Policy).rules;
  return consent.textVersion === textVersion ? "given" : { language, textVersion };
};

const consented = async (api: Api, token: string, textVersion: string): Promise<Outcome> => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ textVersion, given: true });
  const reply = await api("/v1/volunteer/consent", { method: "POST", headers, body });
  return reply.ok ? "given" : refusedBy(reply);
};

type Show = (c: Context, content: JSX.Element) => Response | Promise<Response>;

/** Where the forms lead: first to the question, then to the yes. */
export const consentForm = ({
  api,
  show,
  languageOf,
}: {
  api: Api;
  show: Show;
  languageOf(c: Context): Language;
}): Hono =>
  new Hono().post("/", bodyLimit({ maxSize: 4096 }), async (c) => {
    const { link, textVersion } = await c.req.parseBody();
    const language = languageOf(c);
    const token = typeof link === "string" ? link.trim().replace(/^.*#/, "") : "";
    if (!/^[\w-]{1,200}$/.test(token)) return show(c, <Said language={language} outcome="noToken" />);
    const next =
      typeof textVersion === "string" ? await consented(api, token, textVersion) : await asked(api, token);
    return typeof next === "string"
      ? show(c, <Said language={language} outcome={next} />)
      : show(c, <Question {...next} link={token} />);
  });
