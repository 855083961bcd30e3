import type { Invitation } from "../../../schema/surplus.ts";
import { texts } from "../texts/texts.ts";
import { At, Choices } from "./answer-parts.tsx";
import { type Drawn, When } from "./answer-when.tsx";

/** A map for everybody's browser; a script makes the address from what the API tells. */
const mapOf = ({ latitude, longitude }: Invitation["centre"]): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;

/** Whoever is expected: when, where, what to bring, the way, and the calendar. */
export const Expected = (drawn: Drawn) => {
  const { language, seen } = drawn;
  const words = texts[language].answer;
  return (
    <When {...drawn} views={["accepted"]}>
      <p class="label">{words.expected}</p>
      <p class="place">
        <At {...drawn} of="comeAt" />
      </p>
      <p class="notice good">{words.bring}</p>
      <p>
        <a
          href={seen?.invitation && mapOf(seen.invitation.centre)}
          data-map
          target="_blank"
          rel="noopener noreferrer"
        >
          {words.map}
        </a>
      </p>
      <form method="post" action={`/answer/calendar?lang=${language}`} class="choice">
        <input type="hidden" name="link" value={seen?.link} />
        <button type="submit" class="other">
          {words.calendar}
        </button>
      </form>
      {/* Behind a second tap: whoever gives a dose back by mistake has lost it. */}
      <details>
        <summary>{words.cannotCome}</summary>
        <p>{words.cannotComeNotice}</p>
        <Choices {...drawn} choices={[{ step: "cancel", says: words.cancelNow, danger: true }]} />
      </details>
    </When>
  );
};
