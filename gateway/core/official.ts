import type { OfficialEvent } from "../../schema/event.ts";
import type { Instant } from "../../schema/primitives.ts";

/* docs/one-person.md shows the table. What an official invitation and a place on the reserve list mean for each other. */

/** Why nobody calls somebody any more who has not left. */
export type ClosedFor = "vaccinated" | "official" | "died";

/** What a platform's list is told of it: a dose, or else no more than that somebody is not on the list now. */
export const toldToLists = (reason: ClosedFor | "withdrawn" | null): "vaccinated" | "withdrawn" =>
  reason === "vaccinated" ? reason : "withdrawn";

type Kind = OfficialEvent["kind"];

/** What a state of an official invitation ends a list life for; nothing where both stand beside each other (F05). */
const endsFor = (state: Kind): ClosedFor | undefined => {
  if (state === "booked") return "official";
  return state === "vaccinated" || state === "died" ? state : undefined;
};

/** What no later word takes back: a dose, and more so a death. */
const lasting = (state: Kind): number => ({ vaccinated: 1, died: 2 })[state as "vaccinated" | "died"] ?? 0;

/**
 * Whether an event says something new of an official invitation that stands so: by its moment, in whichever order
 * platforms tell; but what lasts counts however late it is heard of, and an invitation that is then tidied away was
 * a dose all the same.
 */
export const isNews = (
  { kind, at }: Pick<OfficialEvent, "kind" | "at">,
  before: { state: Kind; at: Instant },
): boolean => {
  const [now, then] = [lasting(kind), lasting(before.state)];
  if (now !== then) return now > then;
  return at > before.at || (at === before.at && kind !== before.state);
};

const weight = (ended: ClosedFor | null | undefined): number =>
  ended ? { official: 1, vaccinated: 2, died: 3 }[ended] : 0;

/** Of several reasons the one that holds longest: an appointment may be given back, a dose not, and a death counts most. */
export const gravest = (reasons: readonly (ClosedFor | null | undefined)[]): ClosedFor | null =>
  reasons.reduce<ClosedFor | null>(
    (worst, each) => (weight(each) > weight(worst) ? (each ?? null) : worst),
    null,
  );

/** Why somebody is not to be called whose official invitations stand so. */
export const closedBy = (states: readonly Kind[]): ClosedFor | null => gravest(states.map(endsFor));

/** `ends`: the list life. `given-back`: the official reservation, for a dose was promised first. `back`: on the list. */
export type Meaning = { ends: ClosedFor } | "given-back" | "back" | "nothing";

/**
 * What it means for somebody on the list that an official invitation of theirs changed. Neither kind of invitation
 * blocks the other; whichever was accepted first stands. `standing`: what their other ones still say.
 */
export const meaningOf = (
  { kind, at }: Pick<OfficialEvent, "kind" | "at">,
  person: { closedFor: ClosedFor | null; promisedAt?: Instant; standing: ClosedFor | null },
): Meaning => {
  const { closedFor, promisedAt, standing } = person;
  const ends = endsFor(kind);
  if (!ends) return closedFor === "official" && standing === null ? "back" : "nothing";
  if (weight(ends) <= weight(closedFor)) return "nothing";
  return ends === "official" && promisedAt !== undefined && promisedAt <= at ? "given-back" : { ends };
};
