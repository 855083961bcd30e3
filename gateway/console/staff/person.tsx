import type { Basis } from "../../../schema/proof.ts";
import type { Expected } from "../../../schema/surplus.ts";
import { birthIn, timeIn } from "../texts/say.ts";
import { CardForms, CardSays } from "./card.tsx";
import type { Desk } from "./desk.ts";

/* One who comes: a row that opens onto what is to be looked at and done, with targets for a thumb. */

export type One = { desk: Desk; centre: string; person: Expected };

export const isExpected = ({ booking: { state } }: Expected): boolean =>
  state === "promised" || state === "booked";

/** What is still to be looked at: declared, and no card has shown it. */
const toCheck = ({ declared, card }: Expected): boolean => declared.length > 0 && !card;

export const nameOf = ({ words }: Desk, { booking, givenName, familyName }: Expected): string => {
  if (booking.walkIn) return words.person.walkIn;
  return familyName === undefined ? words.person.unknown : `${givenName} ${familyName}`;
};

const Mark = ({ desk: { words }, person }: One) => {
  const { state, walkIn } = person.booking;
  if (!isExpected(person))
    return walkIn ? null : <span class={`mark ${state}`}>{words.person.state[state]}</span>;
  if (person.familyName === undefined) return null;
  if (toCheck(person)) return <span class="mark check">{words.person.check}</span>;
  const says = person.card ? words.person.seen : words.person.proven;
  return <span class="mark proven">{says}</span>;
};

/** Declared and proven told apart, before the dose is given (F19). */
const Bases = ({ desk, person }: One) => {
  const { words, language } = desk;
  const value = ({ what }: Basis) =>
    what === "birthDate" && person.birthDate ? birthIn(language, person.birthDate) : "";
  return (
    <dl class="bases" aria-label={words.person.decides}>
      {person.bases.map((basis) => (
        <div class={basis.known}>
          <dt>{words.person.what[basis.what]}</dt>
          <dd>
            {value(basis)} <em>{words.person.known[basis.known]}</em>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Absent = ({ desk: { words, to }, centre, person: { booking } }: One) => (
  <details class="sure" id={`absent-${booking.id}`}>
    <summary class="press">{words.person.absent}</summary>
    <form method="post" action={to(`/staff/centres/${centre}/bookings/${booking.id}`)} data-quiet>
      <p>{words.person.absentSure}</p>
      <button type="submit" name="outcome" value="no-show" class="danger">
        {words.person.absentYes}
      </button>
    </form>
  </details>
);

/** It comes second as long as there is something to look at. */
const Given = ({ desk: { words, to }, centre, person }: One) => (
  <form
    method="post"
    action={to(`/staff/centres/${centre}/bookings/${person.booking.id}`)}
    data-quiet
    class="given"
  >
    <button type="submit" name="outcome" value="attended" class={toCheck(person) ? "other" : "yes"}>
      {words.person.given}
    </button>
    <small class="hint">{words.person.final}</small>
  </form>
);

const Head = (one: One) => {
  const { desk, person } = one;
  const { language, words, say } = desk;
  const { booking, birthDate } = person;
  return (
    <>
      <time datetime={booking.at}>{timeIn(language, booking.at)}</time>
      <span class="whom">
        <strong>{nameOf(desk, person)}</strong>
        {birthDate && <small>{say(words.person.born, { day: birthIn(language, birthDate) })}</small>}
      </span>
      <Mark {...one} />
    </>
  );
};

const about = (person: Expected) => ({
  id: `p-${person.booking.id}`,
  "data-person": person.booking.surplus,
  "data-at": `${person.booking.at} ${person.booking.id}`,
});

/** Somebody on the board: with what is to be done while they are expected, and a line once they are not. */
export const Person = (one: One) => {
  const { person } = one;
  if (!isExpected(person))
    return (
      <li {...about(person)} class="person past" data-list="past">
        <div class="head">
          <Head {...one} />
        </div>
      </li>
    );
  const objects = (person.card?.objections.length ?? 0) > 0;
  return (
    <li {...about(person)} class="person" data-list="coming">
      <details id={`d-${person.booking.id}`}>
        <summary class="head">
          <Head {...one} />
        </summary>
        <div class="body">
          <Bases {...one} />
          <CardSays {...one} />
          {!person.card && person.declared.length > 0 && <CardForms {...one} />}
          <div class="acts">
            {!objects && <Given {...one} />}
            <Absent {...one} />
          </div>
          <div class="said" data-said aria-live="polite" />
        </div>
      </details>
    </li>
  );
};
