import { type RosterField, rosterFields } from "../../../schema/adapter.ts";
import type { BindingRehearsal, NewBinding } from "../../../schema/binding.ts";
import type { CentreId, PlatformName, VolunteerId } from "../../../schema/primitives.ts";
import { covers } from "../../core/consent.ts";
import * as census from "../../store/census.ts";
import { type Deps, transact } from "../deps.ts";
import { contactOf } from "../person.ts";
import { type KnownPlatform, plan } from "./plan.ts";

/* What a change would do, and what would be lost in translation. Nothing is changed, and nobody is named. */

type Counts = Map<RosterField, number>;

const atOnce = 1000;

/** Those who have given each field, by reading everybody once: whom a contact reaches is sealed. */
const whoGave = async (deps: Deps, centres: CentreId[], platform: PlatformName) => {
  const given: Counts = new Map(rosterFields.map((field) => [field, 0]));
  const add = (field: RosterField, has: boolean) => has && given.set(field, (given.get(field) ?? 0) + 1);
  let [people, withoutConsent] = [0, 0];
  let after: VolunteerId | undefined;
  do {
    const page = await census.page(deps.db, centres, { after, limit: atOnce });
    for (const row of page.rows) {
      const contact = contactOf(deps, row);
      people += 1;
      if (!covers(row.consentText, platform)) withoutConsent += 1;
      add("nationalNumber", row.nationalSealed !== null);
      add("birthDate", !row.birthYearOnly);
      add("postcode", row.postcode !== null);
      add("email", contact.email !== undefined);
      add("mobile", contact.mobile !== undefined);
      add("conditions", row.conditions.length > 0);
      for (const field of ["language", "centres", "availability"] as const) add(field, true);
    }
    after = page.next;
  } while (after);
  return { given, people, withoutConsent };
};

const unmoved = { volunteers: 0, lost: [], missing: [], withoutConsent: 0 };

const ofPeople = async (deps: Deps, centres: CentreId[], { name, roster }: KnownPlatform) => {
  const { given, people, withoutConsent } = await whoGave(deps, centres, name);
  const fields = (wanted: readonly RosterField[], count: (field: RosterField) => number) =>
    wanted.map((field) => ({ field, people: count(field) })).filter((each) => each.people > 0);
  const has = (field: RosterField) => given.get(field) ?? 0;
  return {
    volunteers: people,
    lost: fields(
      rosterFields.filter((field) => !roster?.keeps.includes(field)),
      has,
    ),
    missing: fields(roster?.demands ?? [], (field) => people - has(field)),
    withoutConsent,
  };
};

/** What would happen if this change were ordered now. */
export const rehearseChange = async (
  deps: Deps,
  known: readonly KnownPlatform[],
  input: NewBinding,
): Promise<BindingRehearsal> => {
  const { planned, inFlight, waiting } = await transact(deps, async (tx) => {
    const now = deps.now();
    const planned = await plan(tx, known, { ...input, from: input.from < now ? now : input.from });
    return {
      planned,
      inFlight: await census.inFlight(tx, planned.centres),
      waiting: await census.waiting(tx, planned.centres),
    };
  });
  const list = planned.roles.find(({ role }) => role === "roster")?.after;
  const platform = known.find(({ name }) => name === list);
  const people = platform ? await ofPeople(deps, planned.centres, platform) : unmoved;
  return { ...planned, ...people, inFlight, waiting };
};
