import { texts } from "../texts/texts.ts";
import { At, Choices, Labelled, Left, LookAgain, Onward } from "./answer-parts.tsx";
import { type Drawn, When } from "./answer-when.tsx";

/* The question of an invitation, the wait after it, and what became of it. */

export const Question = (drawn: Drawn) => {
  const { language } = drawn;
  const words = texts[language].answer;
  const until = { ...drawn, says: words.answerBefore, of: "windowEndsAt", time: true } as const;
  return (
    <>
      <When {...drawn} views={["open"]}>
        <Labelled {...drawn} says={words.comeBefore} of="comeBefore" />
        <Labelled {...until} />
        <Left {...drawn} />
        <p class="notice">{words.notYet}</p>
        <p>{words.heldPromise}</p>
        <Choices
          {...drawn}
          choices={[
            { step: "accept", says: words.yes },
            { step: "decline", says: words.no },
          ]}
        />
      </When>
      <When {...drawn} views={["standby"]}>
        <Labelled {...drawn} says={words.comeBeforeIf} of="comeBefore" />
        <Labelled {...until} />
        <Left {...drawn} />
        <Labelled {...drawn} says={words.knownByIfYes} of="knownBy" />
        <p class="notice">{words.maybeNotice}</p>
        <Choices
          {...drawn}
          choices={[
            { step: "accept", says: words.yesMaybe },
            { step: "decline", says: words.no },
          ]}
        />
      </When>
      <When {...drawn} views={["open", "standby"]}>
        <p class="quiet">{words.noCostsNothing}</p>
        <Onward {...drawn} to="/mine" says={texts[language].mine.whyAsked} />
        <LookAgain {...drawn} />
      </When>
    </>
  );
};

export const Waiting = (drawn: Drawn) => {
  const words = texts[drawn.language].answer;
  return (
    <>
      <When {...drawn} views={["ready"]}>
        <Labelled {...drawn} says={words.knownBy} of="knownBy" />
        <p class="notice">{words.readyNotice}</p>
        <p>{drawn.seen ? words.keepsWhatever : words.reloads}</p>
        <LookAgain {...drawn} />
        <Choices {...drawn} choices={[{ step: "decline", says: words.cannot }]} />
      </When>
      <When {...drawn} views={["late"]}>
        <Labelled {...drawn} says={words.knownByIfYes} of="knownBy" />
        <p class="notice">{words.late}</p>
        <Choices {...drawn} choices={[{ step: "accept", says: words.yesStill }]} />
      </When>
    </>
  );
};

export const Outcome = (drawn: Drawn) => {
  const { language, seen } = drawn;
  const words = texts[language].answer;
  const isOver = ["declined", "lapsed", "revoked", "undeliverable", "cancelled", "back"] as const;
  return (
    <div aria-live="polite">
      {!seen && (
        <p data-when="loading decided" hidden>
          {words.loading}
        </p>
      )}
      <When {...drawn} views={seen ? ["decided"] : []}>
        <p>{words.loading}</p>
        <LookAgain {...drawn} />
      </When>
      <When {...drawn} views={["refused"]}>
        <p class="notice bad">{words.refusedNotice}</p>
        <p>{words.keepsUnlessDosed}</p>
      </When>
      <When {...drawn} views={["cancelled"]}>
        <p class="notice">{words.cancelled}</p>
      </When>
      <When {...drawn} views={["attended"]}>
        <p class="notice good">{words.attendedNotice}</p>
      </When>
      <When {...drawn} views={["no-show"]}>
        <p class="notice">{words.missedNotice}</p>
      </When>
      <When {...drawn} views={["declined"]}>
        <p class="notice good">{words.declined}</p>
      </When>
      <When {...drawn} views={["lapsed", "paused"]}>
        <p class="notice">{words.lapsedNotice}</p>
      </When>
      <When {...drawn} views={["paused"]}>
        <p>
          {words.pausedUntil} <At {...drawn} of="pausedUntil" />. {words.pausedMeans}
        </p>
        <Choices {...drawn} choices={[{ step: "resume", says: words.callAgain }]} />
      </When>
      <When {...drawn} views={["back"]}>
        <p class="notice good">{words.backNotice}</p>
      </When>
      <When {...drawn} views={["released"]}>
        <p class="notice">{words.releasedNotice}</p>
        <p>{words.keepsPlace}</p>
      </When>
      <When {...drawn} views={["revoked", "undeliverable"]}>
        <p class="notice">{words.gone}</p>
      </When>
      <When {...drawn} views={isOver}>
        <p>{words.onList}</p>
      </When>
      <When {...drawn} views={[...isOver, "paused", "released", "refused", "attended", "no-show"]}>
        <Onward {...drawn} to="/my-place" says={texts[language].place.title} />
      </When>
      <When {...drawn} views={["no-token"]}>
        <p class="notice">{words.noToken}</p>
      </When>
      <When {...drawn} views={["overloaded"]}>
        <p class="notice">{words.overloaded}</p>
      </When>
      <When {...drawn} views={["offline"]}>
        <p class="notice">{words.offline}</p>
      </When>
      {/* Whatever they had read before, nobody travels without having read whether they are expected (F07). */}
      <When {...drawn} views={["overloaded", "offline"]}>
        <p>{words.readFirst}</p>
      </When>
      <When {...drawn} views={seen ? [] : ["overloaded", "offline"]}>
        <p class="choice">
          <button type="button" data-again>
            {words.again}
          </button>
        </p>
      </When>
      <When {...drawn} views={seen ? ["overloaded"] : []}>
        <LookAgain {...drawn} />
      </When>
    </div>
  );
};
