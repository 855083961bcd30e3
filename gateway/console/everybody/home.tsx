import type { Figures } from "../../../schema/figures.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { SurplusToday } from "../../../schema/today.ts";
import { Layout } from "../frame/layout.tsx";
import { say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import type { Named } from "./figures-told.ts";
import { publicFrame } from "./public-frame.tsx";
import { Today } from "./today.tsx";

type Shown = {
  language: Language;
  isSandbox: boolean;
  /** What there is of today and of the weeks before; absent where the API does not say. */
  today?: { items: SurplusToday[]; at: string };
  figures?: Figures;
  named: Named;
};

const PostcodeFirst = ({ language }: { language: Language }) => {
  const words = texts[language].home;
  return (
    <form class="postcode" method="get" action="/register">
      <input type="hidden" name="lang" value={language} />
      <label for="postcode">{words.postcode}</label>
      <div class="row">
        <input
          id="postcode"
          name="postcode"
          inputmode="numeric"
          autocomplete="postal-code"
          pattern={"[1-9][0-9]{3}"}
          maxlength={4}
          required
          aria-describedby="postcode-hint"
        />
        <button type="submit">{words.go}</button>
      </div>
      <small class="hint" id="postcode-hint">
        {words.hint}
      </small>
    </form>
  );
};

/** Where most doses were, since one sentence must do. */
const fastestTold = ({ regions }: Figures) =>
  regions
    .filter(({ medianMinutes }) => medianMinutes !== null)
    .toSorted((one, other) => other.yes - one.yes)[0];

const LastWeeks = ({
  language,
  figures,
  named,
}: Pick<Shown, "language" | "named"> & { figures: Figures }) => {
  const words = texts[language].home.figures;
  const { announced, used } = figures.totals;
  const most = fastestTold(figures);
  return (
    <section aria-labelledby="weeks">
      <h2 id="weeks">{words.title}</h2>
      {announced === 0 ? (
        <p>{words.none}</p>
      ) : (
        <p>
          {say(language, words.line, { announced, used })}{" "}
          {most &&
            say(language, words.median, { region: named(most.region), minutes: most.medianMinutes ?? 0 })}
        </p>
      )}
      <p>
        <a href={`/figures?lang=${language}`}>{words.more}</a>
      </p>
    </section>
  );
};

export const Home = ({ language, isSandbox, today, figures, named }: Shown) => {
  const words = texts[language].home;
  return (
    <Layout
      title="everydose"
      {...publicFrame(language, { here: "home", isSandbox })}
      scripts={["live.js", "old-letter.js"]}
      languageTo={(each) => `/?lang=${each}`}
      room="home"
    >
      {isSandbox && (
        <p class="notice">
          {words.sandbox} <a href="/sandbox/messages">{words.messages}</a>
        </p>
      )}
      <div class="hero">
        <div>
          <h1>{words.title}</h1>
          <PostcodeFirst language={language} />
          <p>
            <a href={`/my-place?lang=${language}`}>{texts[language].register.already}</a>
          </p>
        </div>
        <ol class="three">
          <li>{words.first}</li>
          <li>{words.second}</li>
          <li>{words.third}</li>
        </ol>
      </div>
      {today && <Today language={language} {...today} />}
      <div class="two">
        {figures && <LastWeeks language={language} figures={figures} named={named} />}
        <section aria-labelledby="work">
          <h2 id="work">{words.work.title}</h2>
          <p>{words.work.text}</p>
          <p>
            <a href={`/sign-in?lang=${language}`}>{words.work.go}</a>
          </p>
        </section>
      </div>
    </Layout>
  );
};
