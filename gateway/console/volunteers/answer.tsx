import type { Language } from "../../../schema/primitives.ts";
import type { InvitationState, PromiseState } from "../../../schema/surplus.ts";
import { Layout } from "../frame/layout.tsx";
import type { AnswerWords } from "../texts/answer.ts";
import { texts } from "../texts/texts.ts";

/**
 * What the page can be showing: an invitation's state, `open` being that of a held dose; an open one of a `standby`;
 * `late`: silent so far, and a yes still counts; what became of a promise; or why there is none to show.
 */
type View =
  | InvitationState
  | Exclude<PromiseState, "expected">
  | ("standby" | "late" | "loading" | "no-token" | "overloaded" | "offline");

/** Every view is written out here in its language; the script only chooses one, and fills in names and times. */
const when = (first: View, ...others: View[]) => ({
  "data-when": [first, ...others].join(" "),
  hidden: first !== "loading",
});

type Said = { words: AnswerWords };

const Where = ({ words }: Said) => (
  <div {...when("open", "standby", "ready", "late", "accepted")}>
    <p class="label">{words.doseAt}</p>
    <p class="place">
      <span data-is="name" /> <small data-is="municipality" />
    </p>
  </div>
);

const KnownBy = ({ label }: { label: string }) => (
  <>
    <p class="label">{label}</p>
    <p class="place">
      <time data-moment="knownBy" />
    </p>
  </>
);

const Choice = ({ yes, no }: { yes?: string; no?: string }) => (
  <p class="choice">
    {yes && (
      <button type="button" class="yes" data-answer="accept">
        {yes}
      </button>
    )}
    {no && (
      <button type="button" data-answer="decline">
        {no}
      </button>
    )}
  </p>
);

const Question = ({ words, language }: Said & { language: Language }) => (
  <div {...when("open", "standby")}>
    <p class="label" {...when("open")}>
      {words.comeBefore}
    </p>
    <p class="label" {...when("standby")}>
      {words.comeBeforeIf}
    </p>
    <p class="place">
      <time data-moment="comeBefore" />
    </p>
    <p class="label">{words.timeLeft}</p>
    <p class="countdown" role="timer" data-is="left" />
    <div {...when("open")}>
      <p class="notice">{words.notYet}</p>
      <Choice yes={words.yes} no={words.no} />
    </div>
    <div {...when("standby")}>
      <KnownBy label={words.knownByIfYes} />
      <p class="notice">{words.maybeNotice}</p>
      <Choice yes={words.yesMaybe} no={words.no} />
    </div>
    <p class="quiet">
      <a href={`/mine?lang=${language}`} data-mine>
        {texts[language].mine.whyAsked}
      </a>
    </p>
  </div>
);

const Waiting = ({ words }: Said) => (
  <>
    <div {...when("ready")}>
      <KnownBy label={words.knownBy} />
      <p class="notice">{words.readyNotice}</p>
      <p>{words.reloads}</p>
      <Choice no={words.cannot} />
    </div>
    <div {...when("late")}>
      <KnownBy label={words.knownByIfYes} />
      <p class="notice">{words.late}</p>
      <Choice yes={words.yesStill} />
    </div>
  </>
);

const Heading = ({ words }: Said) => (
  <div aria-live="polite">
    <h1 {...when("open")}>{words.held}</h1>
    <h1 {...when("standby")}>{words.maybe}</h1>
    <h1 {...when("ready")}>{words.ready}</h1>
    <h1 {...when("accepted")}>{words.accepted}</h1>
    <h1 {...when("refused")}>{words.refused}</h1>
    <h1 {...when("lapsed", "late")}>{words.lapsed}</h1>
    <h1 {...when("released")}>{words.released}</h1>
  </div>
);

/** Behind a second tap: whoever gives a dose back by mistake has lost it. */
const GivingBack = ({ words }: Said) => (
  <details>
    <summary>{words.cannotCome}</summary>
    <p>{words.cannotComeNotice}</p>
    <p class="choice">
      <button type="button" data-answer="cancel">
        {words.cancelNow}
      </button>
    </p>
  </details>
);

const Outcome = ({ words }: Said) => (
  <div aria-live="polite">
    <p {...when("loading", "decided")}>{words.loading}</p>
    <div {...when("accepted")}>
      <p class="label">{words.expected}</p>
      <p class="place">
        <time data-moment="comeAt" />
      </p>
      <p class="notice good">{words.bring}</p>
      <GivingBack words={words} />
    </div>
    <p class="notice" {...when("refused")}>
      {words.refusedNotice}
    </p>
    <p {...when("refused")}>{words.keepsUnlessDosed}</p>
    <p {...when("cancelled")}>{words.cancelled}</p>
    <p {...when("attended", "no-show")}>{words.past}</p>
    <p {...when("declined")}>{words.declined}</p>
    <p {...when("lapsed")}>{words.lapsedNotice}</p>
    <p {...when("released")}>{words.releasedNotice}</p>
    <p {...when("released")}>{words.keepsPlace}</p>
    <p {...when("revoked", "undeliverable")}>{words.gone}</p>
    <p {...when("declined", "lapsed", "revoked", "undeliverable", "cancelled")}>{words.onList}</p>
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
  const words = texts[language].answer;
  return (
    <Layout
      {...{ title: words.title, language, scripts: ["answer.js"], styles: ["volunteers.css"] }}
      room="answer"
      languageTo={(each) => `?lang=${each}`}
    >
      <Heading words={words} />
      <Where words={words} />
      <Question words={words} language={language} />
      <Waiting words={words} />
      <Outcome words={words} />
      <noscript>
        <p class="notice">JavaScript</p>
      </noscript>
    </Layout>
  );
};
