import type { Language } from "../../../schema/primitives.ts";
import type { Session } from "../sign-in/guard.tsx";
import { signInTexts } from "../texts/sign-in/words.ts";
import { type Frame, Layout } from "./layout.tsx";
import { ownPages } from "./own-pages.ts";

type Own = Omit<Frame, "nav" | "aside" | "languageTo"> & {
  session: Session;
  /** Of this page, with what is asked there but the language. */
  path: string;
};

const inLanguage = (path: string, language: Language): string =>
  `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;

const Whoever = ({ session, language }: Pick<Own, "session" | "language">) => {
  const words = signInTexts[language];
  return (
    <form class="whoever" method="post" action={`/sign-out?lang=${language}`}>
      <span>
        {session.name} <small>{words.role[session.caller.role]}</small>
      </span>
      <button type="submit" class="plain">
        {words.head.signOut}
      </button>
    </form>
  );
};

/** What stands around a page of somebody who signed in: what they may open, who they are, and the way out. */
export const OwnLayout = ({ session, path, language, children, ...frame }: Own) => {
  const own = ownPages.filter(({ needs }) => session.may(needs));
  // A page below two of them belongs to the nearer one.
  const above = own.filter(
    (each) =>
      path === each.path || (/^[/?]/.test(path.slice(each.path.length)) && path.startsWith(each.path)),
  );
  const nearest = above.toSorted((one, other) => other.path.length - one.path.length)[0];
  const nav = own.map((each) => ({
    to: inLanguage(each.path, language),
    says: each.says(language),
    current: each === nearest,
  }));
  return (
    <Layout
      {...frame}
      language={language}
      nav={nav}
      aside={<Whoever session={session} language={language} />}
      languageTo={(each) => inLanguage(path, each)}
    >
      {children}
    </Layout>
  );
};
