import type { Language } from "../../../schema/primitives.ts";
import { OwnLayout } from "../frame/own-layout.tsx";
import { ownPages } from "../frame/own-pages.ts";
import { signInTexts } from "../texts/sign-in/words.ts";
import type { Session } from "./guard.tsx";

type Given = { language: Language; session: Session };

/** What there is for somebody, by their role. */
export const OwnPages = ({ language, session }: Given) => {
  const { notYours: words } = signInTexts[language];
  const own = ownPages.filter(({ needs }) => session.may(needs));
  if (own.length === 0) return <p>{words.none}</p>;
  return (
    <>
      <p>{words.on}</p>
      <ul>
        {own.map(({ path, says }) => (
          <li>
            <a href={`${path}?lang=${language}`}>{says(language)}</a>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Where somebody arrives who has no page of their own. */
export const HomePage = ({ language, session }: Given) => {
  const { title } = signInTexts[language].done;
  return (
    <OwnLayout title={title} language={language} session={session} path="/sign-in/home">
      <h1>{title}</h1>
      <OwnPages language={language} session={session} />
    </OwnLayout>
  );
};
