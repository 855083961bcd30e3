import { refuse } from "../../schema/errors.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import type { Knowledge, Opened } from "../../schema/volunteer.ts";
import * as audit from "../store/audit.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, transact } from "./deps.ts";
import { issueToken, lifetimes, openToken } from "./token.ts";
import { forgive, type Limit, spend } from "./tries.ts";

/*
 * The second factor: a link may be read by others, on a shared screen or a helper's telephone, so what is personal opens
 * only to who also knows the birth date. To answer, to travel, to pause or to leave needs the link alone, and nothing
 * here locks that: whoever has tried too often waits, or asks for a fresh link.
 */

/** Wrong tries by one link, about one person (by however many links), and from one address on the network. */
const limitsOn = (link: string, volunteer: string, address: string | undefined): Limit[] => [
  { of: `link ${link}`, atMost: 5, minutes: 60 },
  { of: `person ${volunteer}`, atMost: 20, minutes: 24 * 60 },
  ...(address === undefined ? [] : [{ of: `address ${address}`, atMost: 60, minutes: 60 }]),
];

/**
 * Whoever was put on a list by the year of their birth alone names the postcode too, where the list has one: a year is
 * soon guessed.
 */
const knows = (
  row: Pick<volunteers.VolunteerRow, "birthDate" | "birthYearOnly" | "postcode">,
  { birthDate, postcode }: Knowledge,
): boolean => {
  if (!row.birthYearOnly) return row.birthDate === birthDate;
  return row.birthDate.slice(0, 4) === birthDate.slice(0, 4) && (row.postcode ?? postcode) === postcode;
};

/**
 * A token that opens what is personal, for half an hour, to whoever holds the link of a message and knows the birth
 * date. What was wrong is not said.
 */
export const openPersonal = async (
  deps: Deps,
  token: string,
  { address, ...knowledge }: Knowledge & { address?: string },
): Promise<Opened> => {
  const held = await transact(deps, (tx) =>
    openToken(tx, deps, { token, purposes: ["manage", "letter", "answer"] }),
  );
  const { volunteer, invitation } = held ?? refuse("token_not_valid");
  const limits = limitsOn(token, volunteer, address);
  await spend(deps, limits);
  const opened = await transact(deps, async (tx) => {
    const row = (await volunteers.byId(tx, volunteer)) ?? refuse("token_not_valid");
    const line = { at: deps.now(), region: row.region, actor: "volunteer", subject: row.id };
    const right = knows(row, knowledge);
    await audit.note(tx, { ...line, event: right ? "volunteer.opened" : "volunteer.not-opened" });
    if (!right) return undefined;
    await forgive(tx, deps, limits);
    const expiresAt = plusMinutes(deps.now(), lifetimes.personal);
    const session = await issueToken(tx, deps, { purpose: "personal", volunteer, invitation, expiresAt });
    return { token: session, expiresAt };
  });
  return opened ?? refuse("birth_date_wrong");
};
