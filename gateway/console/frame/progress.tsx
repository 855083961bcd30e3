import type { Language } from "../../../schema/primitives.ts";
import type { Work } from "../../../schema/work.ts";
import { listTexts } from "../texts/lists/words.ts";
import { say } from "../texts/say.ts";

/** Whether it still goes on by itself. */
export const isGoing = ({ state }: Pick<Work, "state">): boolean =>
  state === "waiting" || state === "running" || state === "stopping";

type Far = Pick<Work, "state" | "done" | "total" | "secondsLeft">;

/** "about 3 minutes left", as coarse as an estimate may be. */
const leftOf = (language: Language, { state, secondsLeft }: Far): string => {
  const { work } = listTexts[language];
  if (state !== "running") return "";
  if (secondsLeft === null) return work.unknown;
  if (secondsLeft < 5) return say(language, work.seconds, { n: 0 });
  if (secondsLeft < 90) return say(language, work.seconds, { n: 5 * Math.ceil(secondsLeft / 5) });
  if (secondsLeft < 90 * 60) return say(language, work.minutes, { n: Math.round(secondsLeft / 60) });
  return say(language, work.hours, { n: Math.round(secondsLeft / 3600) });
};

/** How far long work has come, and how long it will still take. `names`: the id of what names it. */
export const Progress = ({ language, work, names }: { language: Language; work: Far; names?: string }) => {
  const words = listTexts[language].work;
  const { done, total, state } = work;
  const far =
    total === undefined
      ? say(language, words.so, { done })
      : say(language, words.of, { done, total: Math.max(total, done) });
  const left = leftOf(language, work);
  const isUnknown = total === undefined && state === "running";
  return (
    <div class={`progress ${state}`}>
      <p>
        <span class="state">{words.state[state]}</span>
        <span class="far">
          {far}
          {left && `, ${left}`}
        </span>
      </p>
      <progress
        {...(isUnknown ? {} : { value: done, max: Math.max(total ?? 0, done, 1) })}
        {...(names ? { "aria-labelledby": names } : { "aria-label": words.state[state] })}
      />
    </div>
  );
};
