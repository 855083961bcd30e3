import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";
import { Sheet } from "../frame/sheet.tsx";
import type { MineWords } from "../texts/mine.ts";
import { texts } from "../texts/texts.ts";

type Frame = PropsWithChildren<{ language: Language }>;
const Frame = ({ language, children }: Frame) => (
  <Sheet
    {...{ title: texts[language].mine.title, language, scripts: ["mine.js"] }}
    languageTo={(each) => `/mine?lang=${each}`}
  >
    <h1>{texts[language].mine.title}</h1>
    {children}
  </Sheet>
);

const Field = ({
  name,
  says,
  hint,
  ...rest
}: {
  name: string;
  says: string;
  hint?: string;
  [given: string]: unknown;
}) => (
  <p class="field">
    <label for={name}>{says}</label>
    <input {...{ id: name, name, ...rest }} aria-describedby={hint && `${name}-hint`} />
    {hint && (
      <small id={`${name}-hint`} class="hint">
        {hint}
      </small>
    )}
  </p>
);

/** To whoever is registered with that contact, and to nobody else: what is answered is the same for every address. */
const FreshLink = ({ language, words }: { language: Language; words: MineWords }) => (
  <details>
    <summary>{words.fresh}</summary>
    <form method="post" action={`/mine/link?lang=${language}`}>
      <Field name="contact" says={words.contact} required={true} autocomplete="email" />
      <p class="choice">
        <button type="submit">{words.send}</button>
      </p>
    </form>
  </details>
);

export type Says = "wrong" | "spent" | "noToken" | "failed" | "sent";
type Asking = { language: Language; link?: string; says?: Says; minutes?: number };

/** Asks for the link, which a script takes from the address where one runs, and for the birth date. */
export const AskPage = ({ language, link = "", says, minutes = 0 }: Asking) => {
  const words = texts[language].mine;
  return (
    <Frame language={language}>
      <p>{words.why}</p>
      {says && (
        <p class={says === "sent" ? "notice good" : "notice"} role="status">
          {words[says].replace("{n}", String(minutes))}
        </p>
      )}
      <form method="post" action={`/mine?lang=${language}`}>
        <Field name="link" says={words.link} required={true} value={link} autocomplete="off" />
        <Field name="birthDate" says={words.birthDate} required={true} type="date" autocomplete="bday" />
        <Field
          {...{ name: "postcode", says: words.postcode, hint: words.postcodeHint }}
          {...{ inputmode: "numeric", autocomplete: "postal-code", maxlength: 4 }}
        />
        <p class="choice">
          <button type="submit" class="yes">
            {words.show}
          </button>
        </p>
      </form>
      <p class="quiet">{words.answering}</p>
      <FreshLink language={language} words={words} />
    </Frame>
  );
};

type Known = { language: Language; volunteer: Volunteer; invitation?: Invitation };

/** What is registered, for whoever has said both. */
export const MinePage = ({ language, volunteer, invitation }: Known) => {
  const words = texts[language].mine;
  const { givenName, familyName, birthDate, postcode, contact, helper, state } = volunteer;
  const { email, mobile } = helper?.contact ?? contact;
  return (
    <Frame language={language}>
      <p class="notice good">{texts[language].registration.states[state]}</p>
      <dl>
        <dt>{words.name}</dt>
        <dd>
          {givenName} {familyName}
        </dd>
        <dt>{words.birthDate}</dt>
        <dd>{birthDate}</dd>
        {postcode && <dt>{words.postcode}</dt>}
        {postcode && <dd>{postcode}</dd>}
        <dt>{words.reached}</dt>
        <dd>{[email, mobile].filter(Boolean).join(", ")}</dd>
        {invitation?.explanation && <dt>{words.whyAsked}</dt>}
        {invitation?.explanation && <dd>{invitation.explanation}</dd>}
      </dl>
      <p class="quiet">{words.until}</p>
    </Frame>
  );
};
