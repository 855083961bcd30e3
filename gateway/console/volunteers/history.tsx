import type { PersonData } from "../../../schema/held.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { PlaceWords } from "../texts/place.ts";
import { momentIn, say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { knownWord } from "../texts/word-for.ts";
import type { Place } from "./place.ts";

type Happened = { at: string; says: string };
type Centres = NonNullable<Place["asked"]>["centres"];

const asked = (
  { invitations }: PersonData,
  how: { words: PlaceWords; language: Language; nameOf(id: string): string },
): Happened[] =>
  invitations.map(({ centre, kind, state, decidedAt }) => ({
    at: decidedAt,
    says: [
      say(how.language, how.words.asked[kind], { centre: how.nameOf(centre) }),
      how.words.answers[state],
    ].join(" "),
  }));

/** What happened, in words. */
export const eventIn = (language: Language, event: string): string =>
  knownWord(texts[language].place.events, event.replace("volunteer.", "")) ?? event;

/** Invitations with their answers, letters, and what they did themselves, the newest first. */
const happened = (data: PersonData, centres: Centres, language: Language): Happened[] => {
  const words = texts[language].place;
  const nameOf = (id: string) => centres.find((centre) => centre.id === id)?.name ?? id;
  // That they looked themselves is told where all is told that is held of them.
  const own = data.history
    .filter(({ event }) => event !== "volunteer.read")
    .map(({ at, event }) => ({ at, says: eventIn(language, event) }));
  const booked = data.bookings.map(({ at, centre, state }) => ({
    at,
    says: say(language, words.bookings[state], { centre: nameOf(centre) }),
  }));
  return [...own, ...asked(data, { words, language, nameOf }), ...booked].toSorted((one, other) =>
    other.at.localeCompare(one.at),
  );
};

export const History = ({
  language,
  place: { own, asked: region },
}: {
  language: Language;
  place: Place;
}) => {
  if (!own) return null;
  const all = happened(own.data, region?.centres ?? [], language);
  return (
    <section aria-labelledby="happened">
      <h2 id="happened">{texts[language].place.happened}</h2>
      <ol class="happened">
        {all.map(({ at, says }) => (
          <li>
            <time datetime={at}>{momentIn(language, at)}</time>
            <span>{says}</span>
          </li>
        ))}
      </ol>
    </section>
  );
};
