import type { Language } from "../../../schema/primitives.ts";
import type { Field } from "../texts/register.ts";
import { say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import type { Asked } from "./register-places.ts";

/* The fields of a registration, each with its hint and, where the API found one, its fault. */

export type Filled = {
  language: Language;
  asked: Asked;
  form: URLSearchParams;
  key: string;
  faults?: ReadonlySet<Field>;
  /** What is said above the form. */
  says?: string;
};

/** Names the hint and the fault of a field, so that they are read out with it. */
export const described = (name: Field, { hint, fault }: { hint?: string; fault: boolean }) => ({
  "aria-invalid": fault ? "true" : undefined,
  "aria-describedby":
    [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(" ") || undefined,
});

type Told = { name: Field; filled: Filled; hint?: string };
export const Beside = ({ name, filled: { language, faults, asked }, hint }: Told) => {
  const words = texts[language].register;
  const { minimumAge, underAge } = asked.rules;
  const says = [
    words.faults[name],
    name === "birthDate" && underAge === "refuse" ? say(language, words.fromAge, { n: minimumAge }) : "",
  ];
  return (
    <>
      {hint && (
        <small id={`${name}-hint`} class="hint">
          {hint}
        </small>
      )}
      {faults?.has(name) && (
        <span id={`${name}-fault`} class="fault">
          {says.join(" ")}
        </span>
      )}
    </>
  );
};

type Input = {
  name: Field;
  filled: Filled;
  required?: boolean;
  /** One of two of which one is needed: neither is said to be optional. */
  oneOf?: boolean;
  /** Needed, but not where this field is out of sight: the API says so. */
  seenLater?: boolean;
  [attribute: string]: unknown;
};
export const TextField = ({ name, filled, required = false, oneOf, seenLater, ...attributes }: Input) => {
  const words = texts[filled.language].register;
  const hint = words.hints[name];
  return (
    <div class="field">
      <label for={name}>
        {words.labels[name]} {!required && !oneOf && <small>({words.optional})</small>}
      </label>
      <input
        id={name}
        name={name}
        required={required && !seenLater}
        value={filled.form.get(name) ?? ""}
        {...attributes}
        {...described(name, { hint, fault: filled.faults?.has(name) ?? false })}
      />
      <Beside name={name} filled={filled} hint={hint} />
    </div>
  );
};

type Choices = { name: Field; filled: Filled; options: { value: string; says: string }[] };
export const Choose = ({ name, filled, options }: Choices) => {
  const words = texts[filled.language].register;
  const chosen = new Set(filled.form.getAll(name));
  const hint = words.hints[name];
  return (
    <fieldset
      id={name}
      tabindex={-1}
      {...described(name, { hint, fault: filled.faults?.has(name) ?? false })}
    >
      <legend>{words.labels[name]}</legend>
      <Beside name={name} filled={filled} hint={hint} />
      {options.map(({ value, says }) => (
        <label class="tick">
          <input type="checkbox" name={name} value={value} checked={chosen.has(value)} /> {says}
        </label>
      ))}
    </fieldset>
  );
};
