import { momentIn, timeIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import type { Drawn } from "./answer-when.tsx";

/* What the page of an invitation is made of. */

const moments = ["comeBefore", "knownBy", "comeAt", "windowEndsAt", "pausedUntil"] as const;
type Moment = (typeof moments)[number];

/** A moment with its day, or the `time` of it alone. */
export const At = ({ language, seen, of, time }: Drawn & { of: Moment; time?: boolean }) => {
  const at = seen?.invitation?.[of];
  const told = at && (time ? timeIn(language, at) : momentIn(language, at));
  return (
    <time data-moment={of} data-time={time} datetime={at}>
      {told}
    </time>
  );
};

export const Labelled = ({
  says,
  of,
  time,
  ...drawn
}: Drawn & { says: string; of: Moment; time?: boolean }) => (
  <>
    <p class="label">{says}</p>
    <p class="place">
      <At {...drawn} of={of} time={time} />
    </p>
  </>
);

export type Step = "accept" | "decline" | "cancel" | "resume";
type Choice = { step: Step; says: string; danger?: boolean };
/** One tap each. Where no script runs, each is a form of its own, and the link travels in its body. */
export const Choices = ({ language, seen, choices }: Drawn & { choices: Choice[] }) => (
  <form method="post" action={`/answer?lang=${language}`} class="choice">
    <input type="hidden" name="link" value={seen?.link} />
    {choices.map(({ step, says, danger }, nth) => (
      <button
        type="submit"
        name="answer"
        value={step}
        data-answer={step}
        class={danger ? "danger" : nth === 0 && step !== "decline" ? "yes" : "other"}
      >
        {says}
      </button>
    ))}
  </form>
);

/** To another page of theirs: the link goes along in the fragment, or in a body where no script runs. */
export const Onward = ({ language, seen, to, says }: Drawn & { to: string; says: string }) =>
  seen ? (
    <form method="post" action={`${to}?lang=${language}`}>
      <input type="hidden" name="link" value={seen.link} />
      <button type="submit" class="plain">
        {says}
      </button>
    </form>
  ) : (
    <p>
      <a href={`${to}?lang=${language}`} data-mine>
        {says}
      </a>
    </p>
  );

/** What a page that does not renew itself is renewed by. */
export const LookAgain = ({ language, seen }: Drawn) =>
  seen ? (
    <form method="post" action={`/answer?lang=${language}`} class="choice">
      <input type="hidden" name="link" value={seen.link} />
      <button type="submit" class="other">
        {texts[language].answer.lookAgain}
      </button>
    </form>
  ) : null;

export const Left = ({ language, seen }: Drawn) =>
  seen ? null : (
    <>
      <p class="label">{texts[language].answer.timeLeft}</p>
      <p class="countdown" role="timer" data-is="left" />
    </>
  );
