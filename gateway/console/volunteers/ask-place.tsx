import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { TextField } from "../frame/field.tsx";
import { Layout } from "../frame/layout.tsx";
import { LinkForm } from "../frame/link.tsx";
import { Submit } from "../frame/submit.tsx";
import { texts } from "../texts/texts.ts";
import { InLanguages } from "./in-languages.tsx";
import { KeysOf } from "./keys-of.tsx";
import type { Keys } from "./place.ts";

type Frame = PropsWithChildren<{ language: Language; keys?: Keys; script?: boolean }>;

/** The page of one's own place; where it was opened by a link, its languages carry that along. */
export const PlaceFrame = ({ language, keys, script, children }: Frame) => {
  const switching = keys
    ? { aside: <InLanguages language={language} path="/my-place" held={keys} /> }
    : { languageTo: (each: Language) => `/my-place?lang=${each}` };
  return (
    <Layout
      title={texts[language].place.title}
      language={language}
      style="volunteers.css"
      room="own"
      {...switching}
      scripts={script || keys ? ["week.js", "my-place.js"] : ["my-place.js"]}
    >
      {children}
    </Layout>
  );
};

/** To whoever is registered with that contact, and to nobody else: what is answered is the same for every address. */
export const FreshLink = ({ language, path, open }: { language: Language; path: string; open?: boolean }) => {
  const words = texts[language].mine;
  return (
    <details open={open}>
      <summary>{words.fresh}</summary>
      <form method="post" action={`${path}?lang=${language}`}>
        <TextField name="contact" label={words.contact} required autocomplete="email" />
        <Submit choices={[{ says: words.send, plain: true }]} />
      </form>
    </details>
  );
};

type LinkSays = "noToken" | "failed" | "sent" | "notSent";
type Asked = { language: Language; lang?: Language; says?: LinkSays; script?: boolean };

/** Asks for the link; where a script runs and the address has one, it opens by itself. */
export const LinkPage = ({ language, lang, says, script }: Asked) => {
  const { place, mine } = texts[language];
  const told = { noToken: mine.noToken, failed: mine.failed, sent: mine.sent, notSent: mine.failed };
  return (
    <PlaceFrame language={language} script={script}>
      <h1>{place.title}</h1>
      {says && (
        <p class={says === "sent" ? "notice good" : "notice"} role="status" tabindex={-1} data-says>
          {told[says]}
        </p>
      )}
      <div data-asking>
        <p>{place.intro}</p>
        <LinkForm path="/my-place" language={lang} words={place} script />
        <FreshLink language={language} path="/my-place/link" open={says === "noToken"} />
        <p>
          <a href={`/register?lang=${language}`}>{place.notYet}</a>
        </p>
      </div>
      <p class="quiet" data-loading hidden>
        {texts[language].answer.loading}
      </p>
      <div data-away hidden>
        <p class="notice">{place.away}</p>
        <div class="choice">
          <button type="button" data-again>
            {texts[language].answer.again}
          </button>
        </div>
      </div>
    </PlaceFrame>
  );
};

/** Leaving asks once more. */
export const SurePage = ({ language, keys }: { language: Language; keys: Keys }) => {
  const words = texts[language].place;
  return (
    <PlaceFrame language={language} keys={keys}>
      <h1 tabindex={-1} data-says>
        {words.leaveSure}
      </h1>
      <p>{words.leaveMeans}</p>
      <p>{words.pauseInstead}</p>
      <form method="post" action={`/my-place/leave?lang=${language}`} data-place>
        <KeysOf keys={keys} />
        <Submit choices={[{ says: words.leaveYes, name: "sure", value: "yes", danger: true }]} />
      </form>
      <form method="post" action={`/my-place?lang=${language}`} data-place>
        <KeysOf keys={keys} />
        <Submit choices={[{ says: words.leaveNo }]} />
      </form>
    </PlaceFrame>
  );
};

export const GonePage = ({ language }: { language: Language }) => {
  const words = texts[language].place;
  return (
    <PlaceFrame language={language}>
      <h1 tabindex={-1} data-says data-gone>
        {words.left}
      </h1>
      <p class="notice">{words.leftMeans}</p>
      <p>
        <a href={`/register?lang=${language}`}>{words.again}</a>
      </p>
    </PlaceFrame>
  );
};
