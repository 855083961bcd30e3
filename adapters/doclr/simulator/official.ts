import type { components } from "../../../schema/platforms/doclr.gen.ts";
import type { Instant } from "../../../schema/primitives.ts";
import { type Invited, invitedAs, nameOf, note, type Person, type Reservation, type State } from "./state.ts";

type Document = components["schemas"];
type Supersession = Document["Supersession"];

const pageSize = 100;

/** The page of changes behind that number, each with the person as they were invited. */
export const changesAfter = (state: State, after: number): Document["Changes"] => {
  const all = state.changes ?? [];
  const page = all.slice(after, after + pageSize);
  const changes = page.map(({ code, ...change }, nth) => {
    const { person, contact } = state.invited.find((each) => each.code === code) as Invited;
    return { change: after + nth + 1, invitation: nameOf(state, code), person, ...contact, ...change };
  });
  return { changes, last: after + page.length, more: after + page.length < all.length };
};

const isActive = ({ state }: Reservation) => state === "ACTIVE";
const heldWith = (state: State, code: string): Reservation[] =>
  state.reservations.filter((each) => each.code === code && isActive(each));

/** When the reservation that a code holds now was made. */
const reservedAt = (state: State, code: string): string | undefined =>
  state.changes?.findLast((each) => each.code === code && each.kind === "RESERVED")?.at;

/** Gives back what a code holds. */
const giveBack = (state: State, { code }: Invited, now: Instant): void => {
  for (const each of heldWith(state, code)) {
    each.state = "CANCELLED";
    note(state, { code, kind: "RELEASED", at: now });
  }
};

/** Ends the person's invitations for a dose of a reserve list; what was accepted before that one stands. */
export const supersede = (
  state: State,
  { person, reason, acceptedAt }: Supersession,
  now: Instant,
): Invited[] => {
  const found = invitedAs(state, person);
  for (const invited of found) {
    if (invited.ended || invited.vaccinated) continue;
    const held = heldWith(state, invited.code);
    if (held.some(({ partner }) => partner)) continue;
    const isFirst = held.length > 0 && (reservedAt(state, invited.code) ?? "") <= acceptedAt;
    if (isFirst && reason === "RESERVE_LIST") continue;
    giveBack(state, invited, now);
    invited.ended = "SUPERSEDED";
    note(state, { code: invited.code, kind: "WITHDRAWN", at: now });
  }
  return found;
};

export const reinstate = (state: State, person: Person, now: Instant): Invited[] => {
  const found = invitedAs(state, person);
  for (const invited of found) {
    if (invited.ended !== "SUPERSEDED") continue;
    delete invited.ended;
    note(state, { code: invited.code, kind: "INVITED", at: now });
  }
  return found;
};

const kinds = {
  declined: "DECLINED",
  withdrawn: "WITHDRAWN",
  vaccinated: "VACCINATED",
  died: "DECEASED",
} as const;

/** What the person, the authority or a register does, outside the API. */
export const happens = (
  state: State,
  invited: Invited,
  { what, at }: { what: keyof typeof kinds; at: Instant },
): void => {
  if (what !== "vaccinated") giveBack(state, invited, at);
  if (what === "vaccinated") invited.vaccinated = true;
  else invited.ended = what === "declined" ? "DECLINED" : "WITHDRAWN";
  if (what === "died") invited.deceased = true;
  note(state, { code: invited.code, kind: kinds[what], at });
};
