import type { RosterEntry } from "../../schema/adapter.ts";
import { type CentreId, CentreId as CentreIdShape, type Language } from "../../schema/primitives.ts";
import { Condition, Contact } from "../../schema/volunteer.ts";
import { type Cell, digitsOf, filled, folded, type Reading, textOf } from "./cells.ts";

const lookup = <Value extends string>(words: Record<Value, string>): Map<string, Value> =>
  new Map(
    (Object.entries(words) as [Value, string][]).flatMap(([value, list]) =>
      list.split(", ").map((word): [string, Value] => [folded(word), value]),
    ),
  );

const languages = lookup<Language>({
  fr: "fr, f, français, francophone, frans, franstalig, französisch, french",
  nl: "nl, n, nederlands, nederlandstalig, néerlandais, niederländisch, dutch, vlaams",
  de: "de, d, deutsch, deutschsprachig, allemand, duits, german",
  en: "en, e, english, anglais, engels, englisch",
});

/** A language that nobody is written to in is left out, not held against the person. */
export const readLanguage = (cell: Cell): Reading<Language> => ({
  value: languages.get(folded(filled(cell))),
});

const states = lookup<RosterEntry["state"]>({
  active:
    "active, actif, active, actief, aktiv, inscrit, inscrite, ingeschreven, eingetragen, en attente, wachtend, ok",
  paused: "paused, pause, en pause, suspendu, suspendue, gepauzeerd, pauze, pausiert",
  left: "left, withdrawn, vaccinated, vacciné, vaccinée, vacciné(e), gevaccineerd, geimpft, geïmpft, désisté, désistée, annulé, annulée, geannuleerd, uitgeschreven, abgemeldet, storniert, décédé, décédée, overleden, verstorben",
});

/** An unknown word is a fault: it may say that the person has died or has had the dose. */
export const readState = (cell: Cell): Reading<RosterEntry["state"]> => {
  const text = folded(filled(cell));
  if (text === "") return { value: "active" };
  const value = states.get(text);
  return value ? { value } : { fault: "not a known state: write active, paused, withdrawn or vaccinated" };
};

/** "6000", "6000,0" out of a number cell, "B-6000", "6000 Charleroi". */
export const readPostcode = (cell: Cell): Reading<string> => {
  const text = digitsOf(cell);
  if (text === "") return {};
  const found = /^(?:B\s?-?\s?)?([1-9])[.\s]?(\d{3})(?:[\s,-]+\p{L}.*)?$/iu.exec(text);
  return found
    ? { value: `${found[1]}${found[2]}` }
    : { fault: "not a Belgian postcode of four digits: correct it, or leave it empty" };
};

/** Of several addresses the first, as people write the one to use first. */
export const readEmail = (cell: Cell): Reading<string> => {
  const text = filled(cell).replace(/^mailto:/i, "");
  const [first = ""] = text.split(/[;,/\n]/);
  if (text === "") return {};
  const email = Contact.shape.email.safeParse(first.trim());
  return email.success
    ? { value: email.data }
    : { fault: "not an e-mail address: correct it, or leave it empty where there is a telephone" };
};

export const readConditions = (cell: Cell): Reading<Condition[]> => {
  const found = Condition.array().safeParse(
    textOf(cell)
      .split(/[\s,;]+/)
      .filter(Boolean),
  );
  return found.success
    ? { value: found.data }
    : { fault: `not a known condition: write ${Condition.options.join(", ")}, or leave it empty` };
};

/** A tick, a "yes" or the illness itself; anything but a "no". What it says is declared, not proven (F19). */
export const readAtRisk = (cell: Cell): Reading<Condition[]> => {
  const text = folded(filled(cell));
  return {
    value: ["", "0", "non", "nee", "nein", "no", "n", "false", "faux"].includes(text) ? [] : ["at-risk"],
  };
};

/** Whoever is on a centre's list can come to that centre, whatever else the row says. */
export const readCentres = (cell: Cell, centre: CentreId): Reading<CentreId[]> => {
  const found = CentreIdShape.array().safeParse(
    textOf(cell)
      .split(/[\s,;]+/)
      .filter(Boolean),
  );
  if (!found.success) return { fault: "not the names of centres as the gateway writes them: leave it empty" };
  return { value: found.data.includes(centre) ? found.data : [centre, ...found.data] };
};
