import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { LinkForm } from "../frame/link.tsx";
import { texts } from "../texts/texts.ts";
import type { Matter } from "./matter.ts";

type View = "asking" | "given" | "declined" | "over" | "no-token" | "failed";

/** All is written out here; the script only chooses, and fills in the version of the text. */
const when = (...views: View[]) => ({ "data-when": views.join(" "), hidden: !views.includes("asking") });

/** Where the letter leads that asks for consent. Opening it changes nothing; one tap is all that is asked. */
export const ConsentPage = ({ language, matter }: { language: Language; matter: Matter }) => {
  const words = texts[language][matter.kind];
  return (
    <Layout
      title={words.title}
      language={language}
      scripts={["consent.js"]}
      style="volunteers.css"
      room="answer"
      languageTo={(each) => `?lang=${each}`}
    >
      <div data-matter={matter.kind}>
        <h1 {...when("asking")}>{words.question}</h1>
        <h1 {...when("given", "declined", "over", "no-token", "failed")}>{words.title}</h1>
        <div {...when("asking")}>
          <p class="notice" data-is="name" hidden />
          <p>{words.why}</p>
          <p class="label">
            {words.text} <span data-is="consentText" />
          </p>
          <p class="choice">
            <button type="button" class="yes" data-consent hidden>
              {words.yes}
            </button>
            {words.no ? (
              <button type="button" data-decline hidden>
                {words.no}
              </button>
            ) : undefined}
          </p>
          <p class="quiet">{words.silence}</p>
        </div>
        <div aria-live="polite">
          <p class="notice good" {...when("given")}>
            {words.given}
          </p>
          {words.declined ? <p {...when("declined")}>{words.declined}</p> : undefined}
          <p {...when("over")}>{words.over}</p>
          <p class="notice" {...when("no-token")}>
            {words.noToken}
          </p>
          <p {...when("failed")}>{words.failed}</p>
          <p class="choice" {...when("failed")}>
            <button type="button" data-again>
              {words.again}
            </button>
          </p>
        </div>
        <div {...when("no-token")}>
          <LinkForm path={matter.path} language={language} words={words} />
        </div>
        <noscript>
          <LinkForm path={matter.path} language={language} words={words} />
        </noscript>
      </div>
    </Layout>
  );
};
