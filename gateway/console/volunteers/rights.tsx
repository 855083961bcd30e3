import type { Erasure } from "../../../schema/erasure.ts";
import type { Language } from "../../../schema/primitives.ts";
import { LinkForm } from "../frame/link.tsx";
import { Submit } from "../frame/submit.tsx";
import { momentIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { BirthDateField, PostcodeField } from "./knowledge-fields.tsx";
import { Action, RightsFrame, Says } from "./rights-frame.tsx";

/* The way to what is held of oneself, and who has confirmed that it is erased. Plain forms: no script is needed. */

export const AskPage = ({ language, path, says }: { language: Language; path: string; says?: string }) => {
  const words = texts[language].rights;
  return (
    <RightsFrame language={language} script>
      <h1>{words.title}</h1>
      <p>{says ?? words.intro}</p>
      <LinkForm path={path} language={language} words={words} script />
    </RightsFrame>
  );
};

/** The link alone opens nothing personal: what only they know is asked beside it, and then all of it is shown. */
export const KnowPage = ({ language, link, says }: { language: Language; link: string; says?: string }) => {
  const words = texts[language].mine;
  return (
    <RightsFrame language={language} link={link}>
      <h1>{words.title}</h1>
      <p>{words.why}</p>
      <Says says={says} />
      <form method="post" action={`/my-data?lang=${language}`}>
        <input type="hidden" name="link" value={link} />
        <BirthDateField language={language} />
        <PostcodeField language={language} hint={words.postcodeHint} />
        <Submit choices={[{ says: words.show }]} />
      </form>
    </RightsFrame>
  );
};

export const SurePage = ({ language, link }: { language: Language; link: string }) => {
  const words = texts[language].rights;
  return (
    <RightsFrame language={language} link={link}>
      <h1>{words.erase}</h1>
      <p>{words.eraseWhy}</p>
      <Action to={`/my-data?lang=${language}`} link={link} says={words.eraseYes} erase="yes" />
    </RightsFrame>
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
    <RightsFrame language={language}>
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
    </RightsFrame>
  );
};
