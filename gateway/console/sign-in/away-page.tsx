import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { signInTexts } from "../texts/sign-in/words.ts";

/** Whether somebody is signed in cannot be found out now. */
export const AwayPage = ({ language }: { language: Language }) => {
  const { title, fault } = signInTexts[language];
  return (
    <Layout title={title} language={language}>
      <h1>{title}</h1>
      <p class="notice">{fault.away}</p>
    </Layout>
  );
};
