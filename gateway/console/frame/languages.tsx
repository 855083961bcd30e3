import type { Language } from "../../../schema/primitives.ts";
import { languages, texts } from "../texts/texts.ts";

/** The same page in the other languages; `to`: where each lies. */
export const Languages = ({ language, to }: { language: Language; to(each: Language): string }) => (
  <nav class="languages" aria-label={texts[language].frame.languages}>
    {languages.map((each) => (
      <a href={to(each)} hreflang={each} lang={each} aria-current={each === language ? "true" : undefined}>
        <span class="code" aria-hidden="true">
          {each}
        </span>
        <span class="unseen">{texts[each].answer.name}</span>
      </a>
    ))}
  </nav>
);
