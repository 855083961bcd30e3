import type { Language } from "../../schema/primitives.ts";
import { languages } from "./answer-words.ts";
import { registrationWords } from "./registration-words.ts";
import { rightsWords } from "./rights-words.ts";

const actions = [
  { action: "pause", states: "active" },
  { action: "resume", states: "paused" },
  { action: "withdraw", states: "active parked paused" },
] as const;

const InLanguage = ({ language }: { language: Language }) => {
  const words = registrationWords[language];
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
          {rightsWords[language].title}
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
