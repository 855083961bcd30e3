import type { PropsWithChildren } from "hono/jsx";
import type { Erasure } from "../../../schema/erasure.ts";
import type { HeldItem, PersonData } from "../../../schema/held.ts";
import type { Language } from "../../../schema/primitives.ts";
import { TextField } from "../frame/field.tsx";
import { LinkForm } from "../frame/link.tsx";
import { Sheet } from "../frame/sheet.tsx";
import { Submit } from "../frame/submit.tsx";
import type { RightsWords } from "../texts/rights.ts";
import { momentIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { heldIn } from "./held-value.ts";
import { eventIn } from "./history.tsx";
import { InLanguages } from "./in-languages.tsx";
import { BirthDateField, PostcodeField } from "./knowledge-fields.tsx";

/* What is held of somebody, in words, and who has confirmed that it is erased. Plain forms: no script is needed. */

type Frame = PropsWithChildren<{ language: Language; script?: boolean; link?: string }>;
const Frame = ({ language, script, link, children }: Frame) => (
  <Sheet
    title={texts[language].rights.title}
    language={language}
    scripts={script ? ["my-data.js"] : []}
    languageTo={script ? (each) => `?lang=${each}` : undefined}
    aside={link && <InLanguages language={language} path="/my-data" held={{ link }} />}
  >
    {children}
  </Sheet>
);

export const AskPage = ({ language, path, says }: { language: Language; path: string; says?: string }) => {
  const words = texts[language].rights;
  return (
    <Frame language={language} script>
      <h1>{words.title}</h1>
      <p>{says ?? words.intro}</p>
      <LinkForm path={path} language={language} words={words} script />
    </Frame>
  );
};

const Says = ({ says }: { says?: string }) =>
  says ? (
    <p class="notice" role="status">
      {says}
    </p>
  ) : null;

/** The link alone opens nothing personal: what only they know is asked beside it, and then all of it is shown. */
export const KnowPage = ({ language, link, says }: { language: Language; link: string; says?: string }) => {
  const words = texts[language].mine;
  return (
    <Frame language={language} link={link}>
      <h1>{words.title}</h1>
      <p>{words.why}</p>
      <Says says={says} />
      <form method="post" action={`/my-data?lang=${language}`}>
        <input type="hidden" name="link" value={link} />
        <BirthDateField language={language} />
        <PostcodeField language={language} hint={words.postcodeHint} />
        <Submit choices={[{ says: words.show }]} />
      </form>
    </Frame>
  );
};

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

const Action = ({
  to,
  link,
  says,
  erase,
}: {
  to: string;
  link: string;
  says: string;
  erase?: "ask" | "yes";
}) => (
  <form method="post" action={to}>
    <input type="hidden" name="link" value={link} />
    {erase && <input type="hidden" name="erase" value={erase} />}
    <Submit choices={[{ says, plain: erase === undefined, danger: erase !== undefined }]} />
  </form>
);

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
    <Frame language={language} link={link}>
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
    </Frame>
  );
};

export const SurePage = ({ language, link }: { language: Language; link: string }) => {
  const words = texts[language].rights;
  return (
    <Frame language={language} link={link}>
      <h1>{words.erase}</h1>
      <p>{words.eraseWhy}</p>
      <Action to={`/my-data?lang=${language}`} link={link} says={words.eraseYes} erase="yes" />
    </Frame>
  );
};

/** `token`: shown once, after which the account is opened by it alone. */
export const AccountPage = ({
  language,
  erasure,
  token,
}: {
  language: Language;
  erasure: Erasure;
  token?: string;
}) => {
  const words = texts[language].rights;
  return (
    <Frame language={language}>
      <h1>{words.account}</h1>
      <p class="notice good">{words.erased}</p>
      <ul>
        {erasure.receipts.map(({ platform, what, state }) => (
          <li>
            {platform}, {words.things[what]}: {words.states[state]}
          </li>
        ))}
      </ul>
      {erasure.keptUntil ? (
        <p>
          {words.keptUntil} {momentIn(language, erasure.keptUntil)}
        </p>
      ) : undefined}
      {token ? (
        <>
          <p>{words.keepLink}</p>
          <p>
            <a href={`/erasure?lang=${language}#${token}`}>/erasure#{token}</a>
          </p>
        </>
      ) : undefined}
    </Frame>
  );
};
