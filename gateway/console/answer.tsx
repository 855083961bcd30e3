import type { Language } from "../../schema/primitives.ts";
import type { InvitationState } from "../../schema/surplus.ts";
import { type AnswerWords, answerWords, languages } from "./answer-words.ts";
import { Layout } from "./layout.tsx";

/** What the page can be showing: an invitation's state, or why there is none to show. */
type View = InvitationState | "loading" | "no-token" | "overloaded" | "offline";

/** Every view is written out here in its language; the script only chooses one, and fills in names and times. */
const when = (first: View, ...others: View[]) => ({
  "data-when": [first, ...others].join(" "),
  hidden: first !== "loading",
});

const Where = ({ words }: { words: AnswerWords }) => (
  <div {...when("open", "accepted")}>
    <p class="label">{words.doseAt}</p>
    <p class="place">
      <span data-is="name" /> <small data-is="municipality" />
    </p>
  </div>
);

const Question = ({ words }: { words: AnswerWords }) => (
  <div {...when("open")}>
    <p class="label">{words.comeBefore}</p>
    <p class="place">
      <time data-moment="comeBefore" />
    </p>
    <p class="label">{words.timeLeft}</p>
    <p class="countdown" role="timer" data-is="left" />
    <p class="notice">{words.notYet}</p>
    <p class="choice">
      <button type="button" class="yes" data-answer="accept">
        {words.yes}
      </button>
      <button type="button" data-answer="decline">
        {words.no}
      </button>
    </p>
    <p class="quiet" data-is="explanation" />
  </div>
);

const Outcome = ({ words }: { words: AnswerWords }) => (
  <div aria-live="polite">
    <p {...when("loading", "decided")}>{words.loading}</p>
    <div {...when("accepted")}>
      <p class="label">{words.expected}</p>
      <p class="place">
        <time data-moment="comeAt" />
      </p>
      <p class="notice good">
        {words.accepted} {words.bring}
      </p>
    </div>
    <p {...when("declined")}>{words.declined}</p>
    <p {...when("lapsed")}>{words.lapsed}</p>
    <p {...when("revoked", "undeliverable")}>{words.gone}</p>
    <p {...when("declined", "lapsed", "revoked", "undeliverable")}>{words.onList}</p>
    <p {...when("no-token")}>{words.noToken}</p>
    <p {...when("overloaded")}>{words.overloaded}</p>
    <p {...when("offline")}>{words.offline}</p>
    <p class="choice" {...when("overloaded", "offline")}>
      <button type="button" data-again>
        {words.again}
      </button>
    </p>
  </div>
);

/** Where the link of an invitation leads. Opening it changes nothing, whoever opens it. */
export const Answer = ({ language }: { language: Language }) => {
  const words = answerWords[language];
  return (
    <Layout title={words.title} language={language} scripts={["/answer.js"]}>
      <main class="answer">
        <p class="brand">everydose</p>
        <h1 {...when("open")}>{words.title}</h1>
        <Where words={words} />
        <Question words={words} />
        <Outcome words={words} />
        <noscript>
          <p class="notice">JavaScript</p>
        </noscript>
        <nav class="languages">
          {languages.map((each) => (
            <a
              href={`?lang=${each}`}
              hreflang={each}
              lang={each}
              aria-current={each === language ? "true" : undefined}
            >
              {answerWords[each].name}
            </a>
          ))}
        </nav>
      </main>
    </Layout>
  );
};
