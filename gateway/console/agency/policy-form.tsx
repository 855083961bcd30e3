import { described, Select, TextField, Tick, Told } from "../frame/field.tsx";
import { knownWord, wordFor } from "../texts/word-for.ts";
import type { Desk } from "./desk.ts";
import { labelOf } from "./policy-difference.tsx";
import { type Field, fields, sections } from "./policy-fields.ts";
import { Order } from "./policy-order.tsx";
import { type Filled, idOf } from "./policy-reading.ts";

/* The next version of a policy as a form: what was typed stands in it, and beside each field what is wrong with it. */

const faultIn = ({ desk, faults }: Filled, field: Field): string | undefined => {
  const fault = faults.get(field.name);
  if (!fault) return undefined;
  const { policy } = desk.words;
  return fault === "number" && field.kind === "number"
    ? desk.say(policy.faults[field.decimals ? "decimal" : "number"], { least: field.least, most: field.most })
    : policy.faults[fault];
};

const hintOf = (desk: Desk, field: Field): string | undefined => {
  const { policy } = desk.words;
  const own = knownWord(policy.hints, field.name);
  if (field.kind !== "number") return own;
  const unit = field.unit === "none" ? "" : ` ${policy.units[field.unit]}`;
  const bounds = desk.say(policy.bounds, { unit, least: field.least, most: field.most });
  const usual = field.optional
    ? field.name.startsWith("vaccine")
      ? policy.emptyAny
      : policy.emptyUsual
    : "";
  return [own, bounds, usual].filter(Boolean).join(" ");
};

const Choices = ({
  filled,
  field,
  hint,
}: {
  filled: Filled;
  field: Field & { kind: "several" };
  hint?: string;
}) => {
  const { desk, form } = filled;
  const chosen = form.getAll(field.name);
  const fault = faultIn(filled, field);
  return (
    <fieldset class="field several" id={idOf(field.name)} {...described(idOf(field.name), { hint, fault })}>
      <legend>{labelOf(desk, field.name)}</legend>
      <Told id={idOf(field.name)} hint={hint} fault={fault} />
      {field.choices.map((each) => (
        <Tick name={field.name} value={each} checked={chosen.includes(each)}>
          {wordFor(desk.words.policy.words[field.wordsOf], each)}
        </Tick>
      ))}
    </fieldset>
  );
};

type OneLine = Exclude<Field, { kind: "several" | "switch" }>;
const Input = ({ filled, field, hint }: { filled: Filled; field: OneLine; hint?: string }) => {
  const { desk, form } = filled;
  const { name } = field;
  const fault = faultIn(filled, field);
  const about = { id: idOf(name), name, label: labelOf(desk, name), hint, fault };
  const value = form.get(name) ?? "";
  if (field.kind === "choice") {
    const words = desk.words.policy.words[field.wordsOf];
    const options = field.choices.map((each) => [each, wordFor(words, each)] as const);
    return <Select {...about} options={options} chosen={value} />;
  }
  return field.kind === "number" ? (
    <TextField
      {...about}
      inputmode={field.decimals ? "decimal" : "numeric"}
      autocomplete="off"
      value={value}
    />
  ) : (
    <TextField {...about} type={field.kind} autocomplete="off" value={value} />
  );
};

const One = ({ filled, field }: { filled: Filled; field: Field }) => {
  const { desk, form } = filled;
  const hint = hintOf(desk, field);
  if (field.kind === "several") return <Choices filled={filled} field={field} hint={hint} />;
  if (field.kind !== "switch") return <Input filled={filled} field={field} hint={hint} />;
  return (
    <div class="field">
      <Tick
        name={field.name}
        value="yes"
        checked={form.get(field.name) === "yes"}
        {...described(idOf(field.name), { hint })}
      >
        {labelOf(desk, field.name)}
      </Tick>
      <Told id={idOf(field.name)} hint={hint} />
    </div>
  );
};

/** All of the rules, section by section. */
export const RulesForm = ({ filled }: { filled: Filled }) => {
  const { policy } = filled.desk.words;
  return (
    <>
      {sections.map((section) => (
        <>
          <fieldset class="section">
            <legend>{policy.sections[section]}</legend>
            <div class="fields">
              {fields[section].map((field) => (
                <One filled={filled} field={field} />
              ))}
            </div>
          </fieldset>
          {section === "who" && <Order filled={filled} />}
        </>
      ))}
    </>
  );
};

/** What is wrong, above the form: each leads to its field. */
export const FaultList = ({ filled }: { filled: Filled }) => {
  const { desk, faults } = filled;
  if (faults.size === 0) return null;
  const named = [...faults.keys()];
  const label = (name: string) => {
    const group = /^order\.(\d+)/.exec(name)?.[1];
    return group === undefined
      ? labelOf(desk, name)
      : desk.say(desk.words.policy.order.nth, { place: Number(group) + 1 });
  };
  return (
    <div class="notice bad" role="alert">
      <p>{desk.say(desk.words.policy.faultsFound, { n: named.length })}</p>
      <ul>
        {named.map((name) => (
          <li>
            <a href={`#${name === "order" ? "order" : idOf(name)}`}>{label(name)}</a>
          </li>
        ))}
      </ul>
    </div>
  );
};
