import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import { say } from "../texts/say.ts";
import { signInTexts } from "../texts/sign-in/words.ts";
import type { Session } from "./guard.tsx";
import { OwnPages } from "./home-page.tsx";

type Given = { language: Language; session?: Session; detail?: string };

const Around = ({ language, session, children }: PropsWithChildren<Given>) => {
  const { title } = signInTexts[language].notYours;
  return session ? (
    <OwnLayout title={title} language={language} session={session} path="/sign-in">
      {children}
    </OwnLayout>
  ) : (
    <Layout title={title} language={language}>
      {children}
    </Layout>
  );
};

/** What somebody asked for is for others, and what they can do instead. Without a session: they have no role here. */
export const NotYoursPage = ({ language, session, detail }: Given) => {
  const { notYours: words, fault, role } = signInTexts[language];
  return (
    <Around language={language} session={session}>
      <h1>{words.title}</h1>
      <p class="notice">
        {session ? say(language, words.say, { role: role[session.caller.role] }) : fault.role}
      </p>
      {detail && (
        <p class="quiet" lang="en">
          {detail}
        </p>
      )}
      {session && <OwnPages language={language} session={session} />}
      {session && <p class="quiet">{words.narrow}</p>}
      <form method="post" action={`/sign-out?lang=${language}`}>
        <button type="submit" class="plain">
          {words.other}
        </button>
      </form>
    </Around>
  );
};
