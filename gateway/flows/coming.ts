import type { Basis } from "../../schema/proof.ts";
import type { Expected } from "../../schema/surplus.ts";
import { basesOf } from "../core/proof.ts";
import type { Coming } from "../store/evenings.ts";
import { shownBooking } from "./attend.ts";
import type { Deps } from "./deps.ts";
import { addressee } from "./person.ts";
import { decisiveOf } from "./prove.ts";

const basesIn = ({ person, proofs }: Coming): Basis[] =>
  person
    ? basesOf(
        decisiveOf(person),
        proofs.map(({ what, known, by, at }) => ({ what, known, by, at })),
      )
    : [];

/** One who comes, came or did not, as the centre's staff sees them. */
export const shownComing = (deps: Deps, coming: Coming): Expected => {
  const { booking: row, person, card } = coming;
  const booking = shownBooking(row);
  if (!person) return { booking, declared: [], bases: [] };
  const { givenName, familyName } = addressee(deps, person);
  const bases = basesIn(coming);
  const declared = bases.flatMap(({ what, known }) => (known === "declared" ? what : []));
  const seen = card && { outcome: card.outcome, objections: card.objections, by: card.by, at: card.at };
  const known = { birthDate: person.birthDate, declared, bases };
  return {
    ...{ booking, givenName, familyName, ...known },
    ...{ invitation: row.invitation ?? undefined, card: seen ?? undefined },
  };
};
