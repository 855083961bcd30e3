import type { Language } from "../../../schema/primitives.ts";
import type { Field } from "../texts/register.ts";
import { texts } from "../texts/texts.ts";
import { days, parts } from "./register-form.ts";
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
    name === "birthDate" && underAge === "refuse" ? words.fromAge.replace("{n}", String(minimumAge)) : "",
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

type Input = { name: Field; filled: Filled; required?: boolean; [attribute: string]: unknown };
export const TextField = ({ name, filled, required = false, ...attributes }: Input) => {
  const words = texts[filled.language].register;
  const hint = words.hints[name];
  return (
    <p class="field">
      <label for={name}>
        {words.labels[name]} {!required && <small>({words.optional})</small>}
      </label>
      <input
        {...{ id: name, name, required, value: filled.form.get(name) ?? "", ...attributes }}
        {...described(name, { hint, fault: filled.faults?.has(name) ?? false })}
      />
      <Beside name={name} filled={filled} hint={hint} />
    </p>
  );
};

type Choices = { name: Field; filled: Filled; options: { value: string; says: string }[] };
export const Choose = ({ name, filled, options }: Choices) => {
  const words = texts[filled.language].register;
  const chosen = new Set(filled.form.getAll(name));
  const hint = words.hints[name];
  return (
    <fieldset {...described(name, { hint, fault: filled.faults?.has(name) ?? false })}>
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

/** Any Monday will do to name the days from. */
const monday = Date.UTC(2021, 3, 5);
export const Week = ({ filled }: { filled: Filled }) => {
  const { language, form } = filled;
  const words = texts[language].register;
  const name = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  const chosen = new Set(form.getAll("when"));
  return (
    <fieldset {...described("when", { hint: words.hints.when, fault: filled.faults?.has("when") ?? false })}>
      <legend>{words.labels.when}</legend>
      <Beside name="when" filled={filled} hint={words.hints.when} />
      <table class="week">
        <thead>
          <tr>
            <td />
            {parts.map((part) => (
              <th scope="col">{words.parts[part]}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, nth) => {
            const says = name.format(monday + nth * 86_400_000);
            return (
              <tr>
                <th scope="row">{says}</th>
                {parts.map((part) => (
                  <td>
                    <label class="cell">
                      <input
                        {...{ type: "checkbox", name: "when", value: `${day}.${part}` }}
                        {...{ checked: chosen.has(`${day}.${part}`) }}
                        aria-label={`${says}, ${words.parts[part]}`}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </fieldset>
  );
};
