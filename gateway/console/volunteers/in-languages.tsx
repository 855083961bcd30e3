import type { Language } from "../../../schema/primitives.ts";
import { languages, texts } from "../texts/texts.ts";

type Held = { language: Language; path: string; held: Record<string, string | undefined> };

/** The languages of a page that was opened by somebody's link: the token travels in a body, as it came. */
export const InLanguages = ({ language, path, held }: Held) => (
  <nav class="languages" aria-label={texts[language].frame.languages}>
    {languages.map((each) => (
      <form method="post" action={`${path}?lang=${each}`} data-language={each}>
        {Object.entries(held).map(([name, value]) =>
          value ? <input type="hidden" name={name} value={value} /> : undefined,
        )}
        <button type="submit" class="plain" lang={each} aria-current={each === language ? "true" : undefined}>
          <span class="code" aria-hidden="true">
            {each}
          </span>
          <span class="unseen">{texts[each].answer.name}</span>
        </button>
      </form>
    ))}
  </nav>
);
