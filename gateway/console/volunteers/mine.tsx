import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import type { Invitation } from "../../../schema/surplus.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";
import { TextField } from "../frame/field.tsx";
import { Sheet } from "../frame/sheet.tsx";
import { Submit } from "../frame/submit.tsx";
import { birthIn, say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { FreshLink } from "./ask-place.tsx";
import { BirthDateField, PostcodeField } from "./knowledge-fields.tsx";

type Frame = PropsWithChildren<{ language: Language }>;
const Frame = ({ language, children }: Frame) => (
  <Sheet
    title={texts[language].mine.title}
    language={language}
    scripts={["mine.js"]}
    languageTo={(each) => `/mine?lang=${each}`}
  >
    <h1>{texts[language].mine.title}</h1>
    {children}
  </Sheet>
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
          {say(language, words[says], { n: minutes })}
        </p>
      )}
      <form method="post" action={`/mine?lang=${language}`}>
        <TextField name="link" label={words.link} required value={link} autocomplete="off" />
        <BirthDateField language={language} />
        <PostcodeField language={language} hint={words.postcodeHint} />
        <Submit choices={[{ says: words.show }]} />
      </form>
      <p class="quiet">{words.answering}</p>
      <FreshLink language={language} path="/mine/link" />
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
      <dl class="facts">
        <dt>{words.name}</dt>
        <dd>
          {givenName} {familyName}
        </dd>
        <dt>{words.birthDate}</dt>
        <dd>{birthIn(language, birthDate)}</dd>
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
