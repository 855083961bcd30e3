import { Hono } from "hono";
import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { type Api, type ApiFor, sending } from "../frame/api.ts";
import { tokenIn } from "../frame/link.tsx";
import { ownForm } from "../frame/own-form.ts";
import { languageOf, show } from "../frame/page.ts";
import { Sheet } from "../frame/sheet.tsx";
import { Submit } from "../frame/submit.tsx";
import type { ConsentWords } from "../texts/consent.ts";
import { texts } from "../texts/texts.ts";
import { type Asking, type Matter, type Outcome, refusedBy } from "./matter.ts";

/* The same consent by plain forms, where no script runs. */

type Frame = PropsWithChildren<{ language: Language; words: ConsentWords }>;

const Frame = ({ language, words, children }: Frame) => (
  <Sheet title={words.title} language={language}>
    {children}
  </Sheet>
);

const Said = ({ language, words, outcome }: Omit<Frame, "children"> & { outcome: Outcome }) => (
  <Frame language={language} words={words}>
    <h1>{words.title}</h1>
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
      <Submit
        choices={[
          { says: words.yes },
          ...(words.no ? [{ says: words.no, name: "answer", value: "no" }] : []),
        ]}
      />
    </form>
    <p class="quiet">{words.silence}</p>
  </Frame>
);

type Said = { token: string; textVersion: string; isNo: boolean };

const answered = async (api: Api, { answers }: Matter, said: Said): Promise<Outcome> => {
  if (said.isNo && answers.no) {
    const reply = await api(answers.no, sending(said.token));
    return reply.ok ? "declined" : refusedBy(reply);
  }
  const reply = await api(answers.yes, sending(said.token, { textVersion: said.textVersion, given: true }));
  return reply.ok ? "given" : refusedBy(reply);
};

/** Where the forms lead: first to the question, then to the answer. */
export const consentForm = ({ apiFor, matter }: { apiFor: ApiFor; matter: Matter }): Hono =>
  new Hono().post("/", ownForm(4096), async (c) => {
    const api = apiFor(c);
    const { link, textVersion, answer } = await c.req.parseBody();
    const token = tokenIn(link);
    const said = (outcome: Outcome) => {
      const language = languageOf(c);
      return show(c, <Said language={language} words={texts[language][matter.kind]} outcome={outcome} />);
    };
    if (!token) return said("noToken");
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
