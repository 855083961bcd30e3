import type { Language } from "../../schema/primitives.ts";
import { answerWords, languages } from "./answer-words.ts";

/** The same page in the other languages; `to`: where each lies. */
export const Languages = ({ language, to }: { language: Language; to(each: Language): string }) => (
  <nav class="languages">
    {languages.map((each) => (
      <a href={to(each)} hreflang={each} lang={each} aria-current={each === language ? "true" : undefined}>
        {answerWords[each].name}
      </a>
    ))}
  </nav>
);
