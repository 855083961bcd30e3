import type { Language } from "../../../schema/primitives.ts";
import { languages, texts } from "../texts/texts.ts";

const actions = [
  { action: "pause", states: "active" },
  { action: "resume", states: "paused" },
  { action: "withdraw", states: "active parked paused" },
] as const;

const InLanguage = ({ language }: { language: Language }) => {
  const words = texts[language].registration;
  return (
    <section class="registration" lang={language} data-registration={language} hidden>
      <h2>{words.title}</h2>
      {Object.entries(words.states).map(([state, says]) => (
        <p class="notice good" data-states={state}>
          {says}
        </p>
      ))}
      <p>
        <a href={`/my-data?lang=${language}`} data-own>
          {words.data}
        </a>
      </p>
      <p class="choice">
        {actions.map(({ action, states }) => (
          <button type="button" data-action={action} data-states={states}>
            {words[action]}
          </button>
        ))}
      </p>
      <p>
        <a href={`/mine?lang=${language}`} data-mine>
          {words.mine}
        </a>
      </p>
    </section>
  );
};

/** Hidden until a management token stands in the fragment; then shown in that volunteer's language. */
export const Registration = () => (
  <>
    {languages.map((language) => (
      <InLanguage language={language} />
    ))}
  </>
);
