import type { PolicyRules } from "../../../schema/region.ts";

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
export type Section = "who" | "asks" | "asking" | "vaccines" | "letters" | "kept";

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

type Tree = { [name: string]: unknown };

/** What stands at `budgets.helperAtMost`; nothing where there is none. */
export const at = (rules: unknown, name: string): unknown =>
  name.split(".").reduce<unknown>((tree, step) => (tree as Tree | undefined)?.[step], rules);

const put = (tree: Tree, name: string, value: unknown): void => {
  const [first = "", ...rest] = name.split(".");
  if (rest.length === 0) tree[first] = value;
  else {
    const below = (tree[first] ?? {}) as Tree;
    tree[first] = below;
    put(below, rest.join("."), value);
  }
};

export type Form = URLSearchParams;
export type GroupForm = { name: string; fromAge: string; toAge: string; condition: string };

/** The form of rules as they are. */
export const formOf = (rules: PolicyRules): Form => {
  const form = new URLSearchParams({ campaign: rules.campaign });
  for (const field of allFields) {
    const value = at(rules, field.name);
    if (field.kind === "several") {
      const chosen = Array.isArray(value) ? value.map(String) : field.choices;
      for (const each of chosen) form.append(field.name, each);
    } else if (field.kind === "switch") {
      if (value) form.set(field.name, "yes");
    } else if (value !== undefined) form.set(field.name, String(value));
  }
  setGroups(
    form,
    rules.order.map(({ name, fromAge, toAge, condition = "" }) => ({
      name,
      condition,
      fromAge: String(fromAge),
      toAge: String(toAge),
    })),
  );
  return form;
};

const parts = ["name", "fromAge", "toAge", "condition"] as const;

export const groupsIn = (form: Form): GroupForm[] =>
  Array.from({ length: Math.min(40, Number(form.get("groups")) || 0) }, (_, nth) => {
    const of = (part: (typeof parts)[number]) => form.get(`order.${nth}.${part}`) ?? "";
    return { name: of("name"), fromAge: of("fromAge"), toAge: of("toAge"), condition: of("condition") };
  });

export const setGroups = (form: Form, groups: GroupForm[]): void => {
  for (const name of [...form.keys()]) if (name.startsWith("order.")) form.delete(name);
  form.set("groups", String(groups.length));
  for (const [nth, group] of groups.entries())
    for (const part of parts) form.set(`order.${nth}.${part}`, group[part]);
};

/** What is wrong with a field: its kind stands for the words of the remedy. */
export type Fault = "number" | "empty" | "both" | "none" | "invalid";
export type Faults = Map<string, Fault>;

const numberIn = (text: string, { least, most, decimals }: Field & { kind: "number" }) => {
  const value = Number(text.trim().replace(",", "."));
  const isFine = text.trim() !== "" && value >= least && value <= most;
  return isFine && (decimals || Number.isInteger(value)) ? value : undefined;
};

const readField = (form: Form, field: Field, base: PolicyRules, faults: Faults): unknown => {
  const text = (form.get(field.name) ?? "").trim();
  if (field.kind === "switch") return text === "yes";
  if (field.kind === "several") {
    const chosen = form.getAll(field.name).filter((each) => field.choices.includes(each));
    // All of them is what the absence of the field says; it stays absent where it was.
    const isAll = chosen.length === field.choices.length && at(base, field.name) === undefined;
    if (chosen.length === 0 && field.name === "vaccines") faults.set(field.name, "none");
    return isAll ? undefined : chosen;
  }
  if (text === "") {
    if (!field.optional) faults.set(field.name, field.kind === "number" ? "number" : "empty");
    return undefined;
  }
  if (field.kind !== "number") return text;
  const value = numberIn(text, field);
  if (value === undefined) faults.set(field.name, "number");
  return value;
};

const age = (name: string, most: number) =>
  ({ kind: "number", name, least: 0, most, unit: "year" }) as const satisfies Field;

const readGroups = (form: Form, faults: Faults): unknown[] =>
  groupsIn(form).map(({ name, fromAge, toAge, condition }, nth) => {
    const [from, to] = [numberIn(fromAge || "0", age("", 120)), numberIn(toAge || "130", age("", 130))];
    if (name.trim() === "") faults.set(`order.${nth}.name`, "empty");
    if (from === undefined) faults.set(`order.${nth}.fromAge`, "number");
    if (to === undefined) faults.set(`order.${nth}.toAge`, "number");
    return { name: name.trim(), fromAge: from, toAge: to, ...(condition ? { condition } : {}) };
  });

/** The rules that a form says, and what is wrong with it; `base`: those that it began with. */
export const rulesIn = (form: Form, base: PolicyRules): { rules: PolicyRules; faults: Faults } => {
  const faults: Faults = new Map();
  const rules: Tree = { campaign: base.campaign, vaccineFromAge: {} };
  for (const field of allFields) {
    const value = readField(form, field, base, faults);
    if (value !== undefined) put(rules, field.name, value);
  }
  const quiet = at(rules, "quietHours") as Tree | undefined;
  if (quiet && (!quiet.from || !quiet.until))
    faults.set(quiet.from ? "quietHours.until" : "quietHours.from", "both");
  rules.order = readGroups(form, faults);
  if (groupsIn(form).length === 0) faults.set("order", "none");
  return { rules: rules as PolicyRules, faults };
};

/** Fields in which the API found what this form let through: `/rules/order/0/name` is `order.0.name`. */
export const faultsAt = (pointers: readonly string[]): Faults =>
  new Map(
    pointers.map((pointer): [string, Fault] => {
      const name = pointer.replace(/^\/rules\//, "").replaceAll("/", ".");
      return [name, "invalid"];
    }),
  );
