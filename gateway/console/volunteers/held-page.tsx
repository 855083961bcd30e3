import type { HeldItem, PersonData } from "../../../schema/held.ts";
import type { Language } from "../../../schema/primitives.ts";
import { TextField } from "../frame/field.tsx";
import { Submit } from "../frame/submit.tsx";
import type { RightsWords } from "../texts/rights.ts";
import { momentIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { heldIn } from "./held-value.ts";
import { eventIn } from "./history.tsx";
import { Action, RightsFrame, Says } from "./rights-frame.tsx";

/* What is held of somebody, in words. */

/** Only what is wrong is filled in; what is left empty stays. */
const Correcting = ({ language, link }: { language: Language; link: string }) => {
  const words = texts[language].rights;
  return (
    <details>
      <summary>{words.correctOwn}</summary>
      <p>{words.correctWhy}</p>
      <form method="post" action={`/my-data/correct?lang=${language}`}>
        <input type="hidden" name="link" value={link} />
        <TextField name="givenName" label={words.names.givenName} maxlength={100} autocomplete="off" />
        <TextField name="familyName" label={words.names.familyName} maxlength={100} autocomplete="off" />
        <TextField
          name="birthDate"
          label={words.fields.birthDate}
          inputmode="numeric"
          maxlength={12}
          autocomplete="off"
        />
        <TextField
          name="nationalNumber"
          label={words.fields.nationalNumber}
          maxlength={20}
          autocomplete="off"
        />
        <Submit choices={[{ says: words.save }]} />
      </form>
    </details>
  );
};

type Held = { language: Language; words: RightsWords; item: HeldItem };
const Item = ({ language, words, item }: Held) => (
  <>
    <dt>{words.fields[item.field]}</dt>
    <dd>
      {heldIn(language, item)}
      <br />
      <small>
        {[words.from[item.from.by], item.from.platform].filter(Boolean).join(" ")} ·{" "}
        {words.correct[item.correct]}
        {item.decides ? ` · ${words.decides}` : ""}
      </small>
    </dd>
  </>
);

const daysIn = (text: string, { terms }: PersonData): string =>
  text
    .replace("{left}", String(terms.leftDays))
    .replace("{closed}", String(terms.closedDays))
    .replace("{dose}", String(terms.doseDays));

export const HeldPage = ({
  language,
  data,
  link,
  says,
}: {
  language: Language;
  data: PersonData;
  link: string;
  says?: string;
}) => {
  const words = texts[language].rights;
  return (
    <RightsFrame language={language} link={link}>
      <h1>{words.held}</h1>
      <Says says={says} />
      <dl class="held">
        {data.items.map((item) => (
          <Item language={language} words={words} item={item} />
        ))}
      </dl>
      <h2>{words.sentTo}</h2>
      {data.sentTo.length === 0 ? <p>{words.nobody}</p> : undefined}
      <ul>
        {data.sentTo.map(({ platform, what, at }) => (
          <li>
            {platform}: {words.what[what]}
            {at ? `, ${momentIn(language, at)}` : ""}
          </li>
        ))}
      </ul>
      <h2>{words.consents}</h2>
      <ul>
        {data.consents.map(({ textVersion, at }) => (
          <li>
            {textVersion}, {momentIn(language, at)}
          </li>
        ))}
      </ul>
      <p>{daysIn(words.terms, data)}</p>
      <h2>{words.history}</h2>
      <ul>
        {data.history.map(({ at, event }) => (
          <li>
            {momentIn(language, at)}: {eventIn(language, event)}
          </li>
        ))}
      </ul>
      <Correcting language={language} link={link} />
      <Action to={`/my-data/download?lang=${language}`} link={link} says={words.download} />
      <Action to={`/my-data?lang=${language}`} link={link} says={words.erase} erase="ask" />
    </RightsFrame>
  );
};
