/* Every field of a policy as its form has it. tests/console/agency-policy.test.ts holds that none of the schema's is
 * missing, and that the bounds are the schema's. Names are ways into the rules: `budgets.helperAtMost`. */

export type Unit = "minute" | "day" | "kilometer" | "year" | "none";
export type Field = { name: string; optional?: boolean } & (
  | { kind: "number"; least: number; most: number; unit: Unit; decimals?: boolean }
  | { kind: "choice"; choices: readonly string[]; wordsOf: "demand" | "underAge" | "lastMinutes" }
  | { kind: "text" }
  | { kind: "time" }
  | { kind: "switch" }
  | { kind: "several"; choices: readonly string[]; wordsOf: "vaccines" | "doseKeeps" }
);
type Section = "who" | "asks" | "asking" | "vaccines" | "letters" | "kept";

const number = (name: string, least: number, most: number, unit: Unit = "none"): Field => ({
  kind: "number",
  name,
  least,
  most,
  unit,
});
const open = (field: Field): Field => ({ ...field, optional: true });
const demand = (name: string): Field => ({
  kind: "choice",
  name,
  wordsOf: "demand",
  choices: ["required", "optional", "at-centre"],
});

export const vaccines = ["pfizer", "moderna", "astrazeneca", "janssen"] as const;
const keeps = ["name", "birth", "number", "dose"] as const;

/** Whom they concern and in which order stands beside these: policy-order.tsx. */
export const fields: Record<Section, Field[]> = {
  who: [
    number("minimumAge", 0, 120, "year"),
    { kind: "choice", name: "underAge", wordsOf: "underAge", choices: ["refuse", "park"] },
  ],
  asks: [
    ...["nationalNumber", "postcode", "email", "mobile"].map((each) => demand(`asks.${each}`)),
    { kind: "text", name: "consentText" },
  ],
  asking: [
    number("windowMinutes", 5, 240, "minute"),
    number("shortestWindowMinutes", 1, 60, "minute"),
    number("travelMinutes", 0, 240, "minute"),
    number("lastInvitationMinutes", 0, 1440, "minute"),
    number("leaveWithinMinutes", 1, 120, "minute"),
    { kind: "time", name: "quietHours.from", optional: true },
    { kind: "time", name: "quietHours.until", optional: true },
    { kind: "switch", name: "standby" },
    number("messagesPerDose", 1, 500),
    {
      kind: "choice",
      name: "lastMinutes.rule",
      wordsOf: "lastMinutes",
      choices: ["windows-shorten", "first-yes"],
    },
    number("lastMinutes.minutes", 0, 120, "minute"),
    number("pauseMinutes", 0, 43_200, "minute"),
    number("silencePausesDays", 0, 30, "day"),
    { kind: "number", name: "spillOverKm", least: 0, most: 100, unit: "kilometer", decimals: true },
    number("dosesAtMost", 1, 500),
  ],
  vaccines: [
    { kind: "several", name: "vaccines", wordsOf: "vaccines", choices: vaccines, optional: true },
    ...vaccines.map((each) => open(number(`vaccineFromAge.${each}`, 0, 120, "year"))),
    number("intervalDays", 0, 730, "day"),
  ],
  letters: [
    open(number("budgets.messagesPerPersonDay", 1, 1_000)),
    open(number("budgets.messagesPerContactDay", 1, 10_000)),
    open(number("budgets.messagesPerRegionHour", 1, 10_000_000)),
    open(number("budgets.helperAtMost", 1, 10_000)),
  ],
  kept: [
    open(number("retention.leftDays", 0, 36_500, "day")),
    open(number("retention.closedDays", 1, 36_500, "day")),
    open(number("retention.doseDays", 0, 36_500, "day")),
    { kind: "several", name: "retention.doseKeeps", wordsOf: "doseKeeps", choices: keeps, optional: true },
    open(number("retention.listedDays", 30, 36_500, "day")),
    open(number("retention.tombstoneDays", 1, 36_500, "day")),
    open(number("retention.receiptDays", 30, 36_500, "day")),
    open(number("retention.tokenDays", 1, 36_500, "day")),
    open(number("retention.addressDays", 1, 36_500, "day")),
  ],
};

export const sections = Object.keys(fields) as Section[];
export const allFields: Field[] = sections.flatMap((section) => fields[section]);

/** What stands at `budgets.helperAtMost`; nothing where there is none. */
export const at = (rules: unknown, name: string): unknown =>
  name
    .split(".")
    .reduce<unknown>((tree, step) => (tree as Record<string, unknown> | undefined)?.[step], rules);
