import { type Context, Hono } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { ownForm } from "../frame/own-form.ts";
import type { ConsentWords } from "../texts/consent.ts";
import { texts } from "../texts/texts.ts";
import { type Api, type ApiFor, type Asking, type Matter, type Outcome, refusedBy } from "./matter.ts";

/*
 * The same consent by plain forms, where no script runs. Nothing reads the link's fragment for such a browser, so the
 * link is pasted once; from then on it travels in bodies alone, never in an address.
 */

type Frame = { language: Language; words: ConsentWords; children: unknown };

const Frame = ({ language, words, children }: Frame) => (
  <Layout title={words.title} language={language}>
    <main class="answer">
      <p class="brand">everydose</p>
      {children}
    </main>
  </Layout>
);

const Said = ({ language, words, outcome }: Omit<Frame, "children"> & { outcome: Outcome }) => (
  <Frame language={language} words={words}>
    <p class={outcome === "given" ? "notice good" : "notice"}>{words[outcome]}</p>
  </Frame>
);

type Question = Asking & { words: ConsentWords; path: string; link: string };

const Question = ({ language, words, path, link, textVersion, name }: Question) => (
  <Frame language={language} words={words}>
    <h1>{words.question}</h1>
    {name ? <p class="notice">{name}</p> : undefined}
    <p>{words.why}</p>
    <p class="label">
      {words.text} {textVersion}
    </p>
    <form method="post" action={`${path}?lang=${language}`}>
      <input type="hidden" name="link" value={link} />
      <input type="hidden" name="textVersion" value={textVersion} />
      <p class="choice">
        <button type="submit" class="yes">
          {words.yes}
        </button>
        {words.no ? (
          <button type="submit" name="answer" value="no">
            {words.no}
          </button>
        ) : undefined}
      </p>
    </form>
    <p class="quiet">{words.silence}</p>
  </Frame>
);

/** Stands on the page where scripts would be. */
export const LinkForm = ({ language, matter }: { language: Language; matter: Matter }) => {
  const words = texts[language][matter.kind];
  return (
    <form method="post" action={`${matter.path}?lang=${language}`}>
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

type Said = { token: string; textVersion: string; isNo: boolean };

const answered = async (api: Api, { answers }: Matter, said: Said): Promise<Outcome> => {
  const headers = { authorization: `Bearer ${said.token}`, "content-type": "application/json" };
  if (said.isNo && answers.no) {
    const reply = await api(answers.no, { method: "POST", headers });
    return reply.ok ? "declined" : refusedBy(reply);
  }
  const body = JSON.stringify({ textVersion: said.textVersion, given: true });
  const reply = await api(answers.yes, { method: "POST", headers, body });
  return reply.ok ? "given" : refusedBy(reply);
};

type Show = (c: Context, content: JSX.Element) => Response | Promise<Response>;

/** Where the forms lead: first to the question, then to the answer. */
export const consentForm = ({
  apiFor,
  matter,
  show,
  languageOf,
}: {
  apiFor: ApiFor;
  matter: Matter;
  show: Show;
  languageOf(c: Context): Language;
}): Hono =>
  new Hono().post("/", ownForm(4096), async (c) => {
    const api = apiFor(c);
    const { link, textVersion, answer } = await c.req.parseBody();
    const token = typeof link === "string" ? link.trim().replace(/^.*#/, "") : "";
    const said = (outcome: Outcome) => {
      const language = languageOf(c);
      return show(c, <Said language={language} words={texts[language][matter.kind]} outcome={outcome} />);
    };
    if (!/^[\w-]{1,200}$/.test(token)) return said("noToken");
    const next =
      typeof textVersion === "string"
        ? await answered(api, matter, { token, textVersion, isNo: answer === "no" })
        : await matter.asked(api, token);
    if (typeof next === "string") return said(next);
    return show(
      c,
      <Question {...next} words={texts[next.language][matter.kind]} path={matter.path} link={token} />,
    );
  });
