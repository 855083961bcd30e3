import type { ConsentText } from "../../schema/consent.ts";
import type { Language } from "../../schema/primitives.ts";
import { consentWords } from "./consent-words.ts";
import { Languages } from "./languages.tsx";
import { Layout } from "./layout.tsx";

const missing: Record<Language, string> = {
  fr: "Ce texte n'existe pas dans cette langue.",
  nl: "Deze tekst bestaat niet in deze taal.",
  de: "Diesen Text gibt es in dieser Sprache nicht.",
  en: "There is no such text in this language.",
};

type Shown = { language: Language; version: string; texts: ConsentText["texts"] };

/** What somebody consents to, as it was written: paragraphs, and nothing else. */
export const ConsentTextPage = ({ language, version, texts }: Shown) => {
  const { title, text } = consentWords[language];
  return (
    <Layout title={title} language={language}>
      <main class="answer">
        <p class="brand">everydose</p>
        <h1>{title}</h1>
        <p class="label">
          {text} {version}
        </p>
        {(texts[language] ?? missing[language]).split(/\n\s*\n/).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
        <Languages language={language} to={(each) => `?lang=${each}`} />
      </main>
    </Layout>
  );
};
