import { type Cell, folded, textOf } from "./cells.ts";

/**
 * What a column can hold, with its heading in the lists that we write and the headings that centres use, folded
 * and without the filler words below. A running number ("N°", "Volgnr") is left out on purpose: it names the line,
 * not the person, and changes when the list is sorted.
 */
export const fields = {
  reference: [
    "everydose-id",
    "everydose id, id, identifiant, identificatie, identifikation, uuid, reference, referentie, referenz, kenmerk, dossier, dossiernummer, dossiernr, akte, aktenzeichen",
  ],
  familyName: [
    "Nom / Naam / Name",
    "nom, nom famille, naam, familienaam, achternaam, name, nachname, familienname, last name, surname, family name",
  ],
  givenName: [
    "Prénom / Voornaam / Vorname",
    "prenom, prenoms, voornaam, voornamen, vorname, vornamen, first name, given name",
  ],
  familyFirst: [
    "Nom et prénom",
    "nom prenom, naam voornaam, familienaam voornaam, name vorname, nachname vorname, full name, volledige naam, nom complet, patient, personne, persoon, person",
  ],
  givenFirst: [
    "Prénom et nom",
    "prenom nom, voornaam naam, voornaam familienaam, vorname name, vorname nachname, first last name",
  ],
  birthDate: [
    "Date de naissance / Geboortedatum / Geburtsdatum",
    "date naissance, naissance, ne, nee, ne e, ne le, nee le, ne e le, ddn, annee naissance, geboortedatum, geboorte, geboren, geboren op, gebdatum, geb datum, geb dat, geboortejaar, geburtsdatum, geburtstag, geburtsjahr, geboren am, date birth, birth date, birthdate, dob, year birth",
  ],
  nationalNumber: [
    "NISS / INSZ / ENSS",
    "niss, insz, enss, national, registre national, rn, nrn, rrn, rijksregister, rijksregisternummer, rijksregisternr, nationaal, bis, nationalregister, nationalregisternummer, national registernummer, national register, ssin, niss bis",
  ],
  mobile: [
    "GSM / Mobile",
    "gsm, gsmnummer, gsmnr, mobile, mobiel, portable, telephone portable, telephone mobile, tel portable, tel mobile, tel gsm, handy, handynummer, mobil, mobilnummer, mobiltelefon, mobile phone, cell",
  ],
  telephone: [
    "Téléphone / Telefoon / Telefon",
    "telephone, tel, telephone fixe, tel fixe, fixe, telefoon, telefoonnummer, telefoonnr, telnr, vaste lijn, telefon, telefonnummer, festnetz, phone",
  ],
  email: [
    "E-mail",
    "e mail, email, mail, courriel, adresse mail, adresse e mail, adresse email, adresse electronique, mailadres, e mailadres, emailadres, e mail adres, mailadresse, e mail adresse, emailadresse, email address, e mail address",
  ],
  postcode: [
    "Code postal / Postcode / PLZ",
    "code postal, cp, c p, postal, postcode, pc, postnummer, plz, postleitzahl, zip, zip code, postal code, cp localite, code postal localite",
  ],
  language: ["Langue / Taal / Sprache", "langue, taal, sprache, language, taalrol"],
  state: ["Statut / Status", "statut, status, etat, toestand, stand, state"],
  centres: ["everydose-centres", "everydose centres"],
  availability: ["everydose-availability", "everydose availability"],
  conditions: ["everydose-conditions", "everydose conditions"],
  atRisk: [
    "À risque",
    "risque, a risque, groupe a risque, comorbidite, comorbidites, risico, risicogroep, risicopatient, risiko, risikogruppe, risikopatient, at risk",
  ],
} as const satisfies Record<string, readonly [title: string, words: string]>;
export type Field = keyof typeof fields;
const names = Object.keys(fields) as Field[];

/** The heading under which a column is written. */
export const title = (field: Field): string => fields[field][0];

/** What every list keeps of a person, a centre's own as well as ours, in the order in which we write it. */
export const usual = [
  "reference",
  "familyName",
  "givenName",
  "birthDate",
  "nationalNumber",
  "mobile",
  "email",
  "postcode",
  "language",
  "state",
] as const satisfies Field[];

const filler = new Set(
  "n no nr num numero nummer number de du d des of la votre vos uw ihre et en und and".split(" "),
);
const plain = (heading: string): string =>
  folded(heading)
    .split(" ")
    .filter((word) => !filler.has(word))
    .join(" ");
const known = new Map<string, Field>(
  names.flatMap((field) =>
    fields[field][1].split(", ").map((words): [string, Field] => [plain(words), field]),
  ),
);

/** "Tél. / GSM (de préférence)" is a telephone: the whole first, then each part; brackets only explain. */
const fieldOf = (heading: string): Field | undefined => {
  const bare = heading.replace(/\([^)]*\)/g, (bracket) => (bracket.length > 4 ? " " : bracket));
  return [bare, ...bare.split(/[/|\n]/)].map((part) => known.get(plain(part))).find((field) => field);
};

/** Where a list says what: `body` is the index of the first row after the headings. */
export type Layout = { body: number; columns: Map<Field, number>; headings: string[] };

const layout = (headings: string[], guesses: (Field | undefined)[], body: number): Layout => {
  const columns = new Map<Field, number>();
  for (const [column, field] of guesses.entries())
    if (field && !columns.has(field)) columns.set(field, column);
  const alone = columns.get("familyName");
  if (alone !== undefined && !columns.has("givenName")) {
    columns.delete("familyName");
    columns.set("familyFirst", alone);
  }
  return { body, columns, headings };
};

const oneLine = (row: Cell[], at: number): Layout => {
  const headings = Array.from(row, textOf);
  return layout(headings, headings.map(fieldOf), at + 1);
};

/** Two lines, where "Contact" stands merged over "GSM" and "E-mail", or "Nom" over an empty cell. */
const twoLines = (upper: Cell[], lower: Cell[], at: number): Layout => {
  const width = Math.max(upper.length, lower.length);
  const pairs = Array.from(
    { length: width },
    (_, column) => [textOf(upper[column]), textOf(lower[column])] as const,
  );
  return layout(
    pairs.map(([above, below]) => below || above),
    pairs.map(([above, below]) => fieldOf(below) ?? fieldOf(`${above} ${below}`) ?? fieldOf(above)),
    at + 2,
  );
};

const nameFields: Field[] = ["familyName", "familyFirst", "givenFirst"];
const otherFields: Field[] = ["mobile", "telephone", "email", "nationalNumber", "birthDate"];
const usable = ({ columns }: Layout) =>
  nameFields.some((field) => columns.has(field)) && otherFields.some((field) => columns.has(field));

/** The headings among the first rows, under whatever titles; nothing where no row names a person and a contact. */
export const findLayout = (rows: Cell[][]): Layout | undefined => {
  let best: Layout | undefined;
  const offer = (candidate: Layout) => {
    if (usable(candidate) && candidate.columns.size > (best?.columns.size ?? 0)) best = candidate;
  };
  for (const [at, row] of rows.slice(0, 25).entries()) {
    offer(oneLine(row, at));
    const below = rows[at + 1] ?? [];
    // A person's row has a digit or an "@" somewhere; a second line of headings has neither.
    if (below.some((cell) => textOf(cell)) && !below.some((cell) => /[\d@]/.test(textOf(cell))))
      offer(twoLines(row, below, at));
  }
  return best;
};
