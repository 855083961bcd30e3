import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { LinkForm } from "../frame/link.tsx";
import { texts } from "../texts/texts.ts";
import { Outcome, Question, Waiting } from "./answer-stages.tsx";
import { type Verdict, type View, verdicts } from "./answer-view.ts";
import { type Drawn, When } from "./answer-when.tsx";
import { Expected } from "./expected.tsx";
import { InLanguages } from "./in-languages.tsx";

/** The first line: whether anybody waits for them. Nobody travels without having read it. */
const Verdicts = (drawn: Drawn) => {
  const words = texts[drawn.language].answer.verdicts;
  return (
    <>
      {(Object.keys(verdicts) as Verdict[]).map((verdict) => (
        <When {...drawn} views={verdicts[verdict]}>
          <p class={`verdict ${verdict}`}>{words[verdict]}</p>
        </When>
      ))}
    </>
  );
};

const headings = [
  ["title", ["loading", "no-token", "overloaded", "offline", "decided"]],
  ["held", ["open"]],
  ["maybe", ["standby"]],
  ["ready", ["ready"]],
  ["accepted", ["accepted"]],
  ["refused", ["refused"]],
  ["lapsed", ["lapsed", "late", "paused"]],
  ["isBack", ["back"]],
  ["released", ["released"]],
  ["declinedHeading", ["declined"]],
  ["cancelledHeading", ["cancelled"]],
  ["goneHeading", ["revoked", "undeliverable"]],
  ["attended", ["attended"]],
  ["missed", ["no-show"]],
] as const satisfies [string, readonly View[]][];

const Headings = (drawn: Drawn) => {
  const words = texts[drawn.language].answer;
  if (drawn.seen) {
    const { view } = drawn.seen;
    return (
      <h1>{words[headings.find(([, views]) => views.some((each) => each === view))?.[0] ?? "title"]}</h1>
    );
  }
  return (
    <>
      {headings.map(([name, views]) => (
        <h1 data-when={views.join(" ")} hidden={name !== "title"}>
          {words[name]}
        </h1>
      ))}
    </>
  );
};

/** Where the link of an invitation leads. Opening it changes nothing, whoever opens it. */
export const Answer = ({ language, seen, lang }: Drawn & { lang?: Language }) => {
  const words = texts[language].answer;
  const drawn = { language, seen };
  const switching = seen?.link
    ? { aside: <InLanguages language={language} path="/answer" held={{ link: seen.link }} /> }
    : { languageTo: (each: Language) => `?lang=${each}` };
  return (
    <Layout
      title={words.title}
      language={language}
      room="answer"
      style="volunteers.css"
      {...switching}
      scripts={seen ? [] : ["answer.js"]}
    >
      <div aria-live="polite">
        <Verdicts {...drawn} />
        <Headings {...drawn} />
      </div>
      <When {...drawn} views={["open", "standby", "ready", "late", "accepted"]}>
        <p class="label">{words.doseAt}</p>
        <p class="place">
          <span data-is="name">{seen?.invitation?.centre.name}</span>{" "}
          <small data-is="municipality">{seen?.invitation?.centre.municipality}</small>
        </p>
      </When>
      <Question {...drawn} />
      <Waiting {...drawn} />
      <Expected {...drawn} />
      <Outcome {...drawn} />
      <When {...drawn} views={["no-token"]}>
        <LinkForm path="/answer" language={lang} words={words} />
      </When>
      {!seen && (
        <noscript>
          <LinkForm path="/answer" language={lang} words={words} />
        </noscript>
      )}
    </Layout>
  );
};
