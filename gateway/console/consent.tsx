import type { Language } from "../../schema/primitives.ts";
import { languages } from "./answer-words.ts";
import { LinkForm } from "./consent-form.tsx";
import { consentWords } from "./consent-words.ts";
import { Layout } from "./layout.tsx";

type View = "asking" | "given" | "over" | "no-token" | "failed";

/** All is written out here; the script only chooses, and fills in the version of the text. */
const when = (...views: View[]) => ({ "data-when": views.join(" "), hidden: !views.includes("asking") });

/** Where the letter leads that asks for consent. Opening it changes nothing; one tap is all that is asked. */
export const ConsentPage = ({ language }: { language: Language }) => {
  const words = consentWords[language];
  return (
    <Layout title={words.title} language={language} scripts={["/consent.js"]}>
      <main class="answer">
        <p class="brand">everydose</p>
        <h1 {...when("asking")}>{words.question}</h1>
        <div {...when("asking")}>
          <p>{words.why}</p>
          <p class="label">
            {words.text} <span data-is="consentText" />
          </p>
          <p class="choice">
            <button type="button" class="yes" data-consent hidden>
              {words.yes}
            </button>
          </p>
          <p class="quiet">{words.silence}</p>
        </div>
        <div aria-live="polite">
          <p class="notice good" {...when("given")}>
            {words.given}
          </p>
          <p {...when("over")}>{words.over}</p>
          <p {...when("no-token")}>{words.noToken}</p>
          <p {...when("failed")}>{words.failed}</p>
          <p class="choice" {...when("failed")}>
            <button type="button" data-again>
              {words.again}
            </button>
          </p>
        </div>
        <noscript>
          <LinkForm language={language} />
        </noscript>
        <nav class="languages">
          {languages.map((each) => (
            <a
              href={`?lang=${each}`}
              hreflang={each}
              lang={each}
              aria-current={each === language ? "true" : undefined}
            >
              {consentWords[each].name}
            </a>
          ))}
        </nav>
      </main>
    </Layout>
  );
};
