import type { Because, Deciding } from "../../../schema/proof.ts";
import { TextField, Tick } from "../frame/field.tsx";
import type { One } from "./person.tsx";

/* The look at the card before the dose is given (F19). */

const giving = ["dose-would-be-lost", "other-proof", "vulnerable"] as const satisfies Because[];
const turning = ["not-eligible", "no-card", "person-declines", "unwell"] as const satisfies Because[];

const Why = ({
  desk: { words },
  id,
  reasons,
}: Pick<One, "desk"> & { id: string; reasons: readonly Because[] }) => (
  <>
    <label for={id}>{words.card.why}</label>
    <select id={id} name="because">
      {reasons.map((each) => (
        <option value={each}>{words.card.because[each]}</option>
      ))}
    </select>
  </>
);

/** What came of the look; where the rules speak against the dose, either way on says why. */
export const CardSays = ({ desk, centre, person }: One) => {
  const { words, say, to } = desk;
  const { card, booking } = person;
  if (!card) return null;
  const action = to(`/staff/centres/${centre}/bookings/${booking.id}`);
  return (
    <div class={card.objections.length > 0 ? "notice bad card-seen" : "card-seen"}>
      <p>{say(words.card.seen, { outcome: words.card.outcome[card.outcome] })}</p>
      {card.objections.length > 0 && (
        <>
          <p>{words.card.objects}</p>
          <ul>
            {card.objections.map((each) => (
              <li>{words.card.objection[each]}</li>
            ))}
          </ul>
          <form method="post" action={action} data-quiet>
            <Why desk={desk} id={`give-${booking.id}`} reasons={giving} />
            <button type="submit" name="outcome" value="attended">
              {words.card.giveAnyway}
            </button>
          </form>
        </>
      )}
      <details class="sure" id={`turn-${booking.id}`}>
        <summary class="press">{words.card.turnAway}</summary>
        <form method="post" action={action} data-quiet>
          <Why desk={desk} id={`away-${booking.id}`} reasons={turning} />
          <button type="submit" name="outcome" value="cancelled" class="danger">
            {words.card.turnAway}
          </button>
        </form>
      </details>
    </div>
  );
};

const Found = ({ desk: { words, say }, person, what }: Pick<One, "desk" | "person"> & { what: Deciding }) => {
  const id = `${what}-${person.booking.id}`;
  const label = words.person.what[what];
  if (what === "birthDate")
    return <TextField id={id} name={what} label={label} type="date" autocomplete="off" />;
  if (what === "postcode")
    return (
      <TextField
        id={id}
        name={what}
        label={label}
        inputmode="numeric"
        maxlength={4}
        pattern="[1-9][0-9]{3}"
        autocomplete="off"
      />
    );
  return (
    <Tick name="without" value={what}>
      {say(words.card.notShown, { what: label })}
    </Tick>
  );
};

/** What the card shows: as declared, otherwise, or no card at all. */
export const CardForms = ({ desk, centre, person }: One) => {
  const { words, to } = desk;
  const { booking, bases, declared } = person;
  const action = to(`/staff/centres/${centre}/bookings/${booking.id}/card`);
  const all = declared.map((what) => <input type="hidden" name="declared" value={what} />);
  return (
    <div class="look">
      <form method="post" action={action} data-quiet>
        {all}
        <button type="submit" name="outcome" value="confirmed">
          {words.card.asDeclared}
        </button>
      </form>
      <details class="sure" id={`differs-${booking.id}`}>
        <summary class="press">{words.card.differs}</summary>
        <form method="post" action={action} data-quiet>
          {all}
          <p>{words.card.found}</p>
          {bases.map(({ what }) => (
            <Found desk={desk} person={person} what={what} />
          ))}
          <button type="submit" name="outcome" value="differs">
            {words.card.note}
          </button>
        </form>
      </details>
      <form method="post" action={action} data-quiet>
        <button type="submit" name="outcome" value="refused" class="other">
          {words.card.refused}
        </button>
      </form>
    </div>
  );
};
