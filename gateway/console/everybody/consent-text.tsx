import type { ConsentText } from "../../../schema/consent.ts";
import type { Language } from "../../../schema/primitives.ts";
import { Sheet } from "../frame/sheet.tsx";
import { texts } from "../texts/texts.ts";

type Shown = { language: Language; version: string; written: ConsentText["texts"] };

/** What somebody consents to, as it was written: paragraphs, and nothing else. */
export const ConsentTextPage = ({ language, version, written }: Shown) => {
  const { title, text, missing } = texts[language].consent;
  return (
    <Sheet title={title} language={language} languageTo={(each) => `?lang=${each}`}>
      <h1>{title}</h1>
      <p class="label">
        {text} {version}
      </p>
      {(written[language] ?? missing).split(/\n\s*\n/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
    </Sheet>
  );
};
