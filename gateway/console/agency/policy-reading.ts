import type { PolicyRules } from "../../../schema/region.ts";
import type { Desk } from "./desk.ts";
import { allFields, at, type Field } from "./policy-fields.ts";

/* Rules as a form has them, and what a form says as rules. */

export type Form = URLSearchParams;
type GroupForm = { name: string; fromAge: string; toAge: string; condition: string };

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

type Tree = { [name: string]: unknown };

const put = (tree: Tree, name: string, value: unknown): void => {
  const [first = "", ...rest] = name.split(".");
  if (rest.length === 0) tree[first] = value;
  else {
    const below = (tree[first] ?? {}) as Tree;
    tree[first] = below;
    put(below, rest.join("."), value);
  }
};

/** What is wrong with a field: its kind stands for the words of the remedy. */
export type Fault = "number" | "empty" | "both" | "none" | "invalid";
export type Faults = Map<string, Fault>;

/** A form as it is filled in. */
export type Filled = { desk: Desk; form: Form; faults: Faults };

/** Of a field's own place on the page. */
export const idOf = (name: string): string => `f-${name.replaceAll(".", "-")}`;

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
