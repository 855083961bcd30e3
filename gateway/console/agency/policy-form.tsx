import { knownWord, wordFor } from "../texts/word-for.ts";
import type { Desk } from "./desk.ts";
import { labelOf } from "./policy-difference.tsx";
import {
  type Fault,
  type Faults,
  type Field,
  type Form,
  fields,
  groupsIn,
  sections,
} from "./policy-fields.ts";

/* The next version of a policy as a form: what was typed stands in it, and beside each field what is wrong with it. */

export type Filled = { desk: Desk; form: Form; faults: Faults };

const idOf = (name: string) => `f-${name.replaceAll(".", "-")}`;

const faultIn = ({ desk, faults }: Filled, field: Field): string | undefined => {
  const fault = faults.get(field.name);
  if (!fault) return undefined;
  const { policy } = desk.words;
  return fault === "number" && field.kind === "number"
    ? desk.say(policy.faults[field.decimals ? "decimal" : "number"], { least: field.least, most: field.most })
    : policy.faults[fault];
};

const described = (name: string, hint: unknown, fault: unknown) => ({
  "aria-invalid": fault ? "true" : undefined,
  "aria-describedby":
    [hint && `${idOf(name)}-hint`, fault && `${idOf(name)}-fault`].filter(Boolean).join(" ") || undefined,
});

const Beside = ({ name, hint, fault }: { name: string; hint?: string; fault?: string }) => (
  <>
    {fault && (
      <span id={`${idOf(name)}-fault`} class="fault">
        {fault}
      </span>
    )}
    {hint && (
      <small id={`${idOf(name)}-hint`} class="hint">
        {hint}
      </small>
    )}
  </>
);

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
    <fieldset class="field several" id={idOf(field.name)} {...described(field.name, hint, fault)}>
      <legend>{labelOf(desk, field.name)}</legend>
      <Beside name={field.name} hint={hint} fault={fault} />
      {field.choices.map((each) => (
        <label class="tick">
          <input type="checkbox" name={field.name} value={each} checked={chosen.includes(each)} />
          {wordFor(desk.words.policy.words[field.wordsOf], each)}
        </label>
      ))}
    </fieldset>
  );
};

const Input = ({ filled, field, hint }: { filled: Filled; field: Field; hint?: string }) => {
  const { desk, form } = filled;
  const { name } = field;
  const fault = faultIn(filled, field);
  const about = { id: idOf(name), name, ...described(name, hint, fault) };
  const value = form.get(name) ?? "";
  return (
    <div class="field">
      <label for={about.id}>{labelOf(desk, name)}</label>
      {field.kind === "choice" ? (
        <select {...about}>
          {field.choices.map((each) => (
            <option value={each} selected={each === value}>
              {wordFor(desk.words.policy.words[field.wordsOf], each)}
            </option>
          ))}
        </select>
      ) : field.kind === "number" ? (
        <input
          {...about}
          inputmode={field.decimals ? "decimal" : "numeric"}
          autocomplete="off"
          value={value}
        />
      ) : (
        <input {...about} type={field.kind === "time" ? "time" : "text"} autocomplete="off" value={value} />
      )}
      <Beside name={name} hint={hint} fault={fault} />
    </div>
  );
};

const One = ({ filled, field }: { filled: Filled; field: Field }) => {
  const { desk, form } = filled;
  const hint = hintOf(desk, field);
  if (field.kind === "several") return <Choices filled={filled} field={field} hint={hint} />;
  if (field.kind !== "switch") return <Input filled={filled} field={field} hint={hint} />;
  return (
    <div class="field">
      <label class="tick">
        <input
          type="checkbox"
          name={field.name}
          value="yes"
          checked={form.get(field.name) === "yes"}
          {...described(field.name, hint, undefined)}
        />
        {labelOf(desk, field.name)}
      </label>
      <Beside name={field.name} hint={hint} />
    </div>
  );
};

const conditions = ["at-risk", "care-worker", "essential-worker"] as const;

const said = (desk: Desk, fault: Fault | undefined, most: number): string | undefined => {
  if (!fault) return undefined;
  return fault === "number"
    ? desk.say(desk.words.policy.faults.number, { least: 0, most })
    : desk.words.policy.faults[fault];
};

const GroupRow = ({ filled, nth, of }: { filled: Filled; nth: number; of: number }) => {
  const { desk, form, faults } = filled;
  const { order, words } = desk.words.policy;
  const name = form.get(`order.${nth}.name`) ?? "";
  const text = (part: "name" | "fromAge" | "toAge", most: number) => {
    const field = `order.${nth}.${part}`;
    const fault = said(desk, faults.get(field), most);
    return (
      <div class="field">
        <label for={idOf(field)}>{order[part]}</label>
        <input
          id={idOf(field)}
          name={field}
          value={form.get(field) ?? ""}
          autocomplete="off"
          {...(part === "name" ? { maxlength: 40 } : { inputmode: "numeric", maxlength: 3 })}
          {...described(field, undefined, fault)}
        />
        <Beside name={field} fault={fault} />
      </div>
    );
  };
  const move = (act: "up" | "down" | "remove", says: string, off: boolean) => (
    <button type="submit" name="do" value={`${act}-${nth}`} class="other small" disabled={off} formnovalidate>
      {says}
      <span class="unseen"> {desk.say(order.ofGroup, { name, place: nth + 1 })}</span>
    </button>
  );
  return (
    <li class="group">
      <fieldset>
        <legend>{desk.say(order.nth, { place: nth + 1 })}</legend>
        <div class="row">
          {text("name", 40)}
          {text("fromAge", 120)}
          {text("toAge", 130)}
          <div class="field">
            <label for={idOf(`order.${nth}.condition`)}>{order.condition}</label>
            <select id={idOf(`order.${nth}.condition`)} name={`order.${nth}.condition`}>
              <option value="">{order.anyCondition}</option>
              {conditions.map((each) => (
                <option value={each} selected={form.get(`order.${nth}.condition`) === each}>
                  {words.conditions[each]}
                </option>
              ))}
            </select>
          </div>
        </div>
        <div class="moves">
          {move("up", order.up, nth === 0)}
          {move("down", order.down, nth === of - 1)}
          {move("remove", order.remove, of === 1)}
        </div>
      </fieldset>
    </li>
  );
};

/** Groups in turn. Their buttons send the whole form, so that nothing typed elsewhere is lost. */
const Order = ({ filled }: { filled: Filled }) => {
  const { order, faults } = filled.desk.words.policy;
  const groups = groupsIn(filled.form);
  const fault = filled.faults.has("order") ? faults.none : undefined;
  return (
    <fieldset class="section" id="order">
      <legend>{order.title}</legend>
      <p class="hint">{order.hint}</p>
      {fault && <span class="fault">{fault}</span>}
      <input type="hidden" name="groups" value={String(groups.length)} />
      <ol class="groups">
        {groups.map((_, nth) => (
          <GroupRow filled={filled} nth={nth} of={groups.length} />
        ))}
      </ol>
      <button
        type="submit"
        name="do"
        value="add"
        class="other small"
        disabled={groups.length >= 20}
        formnovalidate
      >
        {order.add}
      </button>
    </fieldset>
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
