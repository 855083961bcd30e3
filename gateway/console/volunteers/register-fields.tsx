import type { JSX } from "hono/jsx/jsx-runtime";
import type { Language } from "../../../schema/primitives.ts";
import { described, type Option, Select, TextField, Tick, Told } from "../frame/field.tsx";
import type { Field } from "../texts/register.ts";
import { say } from "../texts/say.ts";
import { languages, texts } from "../texts/texts.ts";
import { type Asked, placeOf } from "./register-places.ts";

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

/** What stands below a field: its hint, and what is wrong with it. */
export const besideOf = ({ language, faults, asked }: Filled, name: Field) => {
  const words = texts[language].register;
  const { minimumAge, underAge } = asked.rules;
  const age =
    name === "birthDate" && underAge === "refuse" ? say(language, words.fromAge, { n: minimumAge }) : "";
  const fault = [words.faults[name], age].filter(Boolean).join(" ");
  return { hint: words.hints[name], fault: faults?.has(name) ? fault : undefined };
};

type Line = JSX.IntrinsicElements["input"] & {
  name: Field;
  filled: Filled;
  /** One of two of which one is needed: neither is said to be optional. */
  oneOf?: boolean;
  /** Needed, but not where this field is out of sight: the API says so. */
  seenLater?: boolean;
};
export const FilledField = ({ name, filled, required = false, oneOf, seenLater, ...attributes }: Line) => {
  const words = texts[filled.language].register;
  const label = (
    <>
      {words.labels[name]} {!required && !oneOf && <small>({words.optional})</small>}
    </>
  );
  return (
    <TextField
      name={name}
      label={label}
      {...besideOf(filled, name)}
      required={required && !seenLater}
      value={filled.form.get(name) ?? ""}
      {...attributes}
    />
  );
};

/** Where they live, where the region asks it. */
export const FilledPostcode = ({ filled }: { filled: Filled }) => {
  const { postcode } = filled.asked.rules.asks;
  return postcode === "at-centre" ? null : (
    <FilledField
      name="postcode"
      filled={filled}
      required={postcode === "required"}
      inputmode="numeric"
      autocomplete="postal-code"
      pattern="[1-9][0-9]{3}"
      maxlength={4}
      class="short"
    />
  );
};

const ways = {
  email: { type: "email", own: "email", helper: "helperEmail", fills: "email" },
  mobile: { type: "tel", own: "mobile", helper: "helperMobile", fills: "tel" },
} as const;
type Way = { filled: Filled; way: keyof typeof ways; whose: "own" | "helper"; seenLater?: boolean };

/** Whether one way to reach somebody is enough, whichever it is. */
export const isOneEnough = ({ asked: { rules } }: Filled): boolean =>
  rules.asks.email !== "required" && rules.asks.mobile !== "required";

/** A way to reach whoever is registered, or whoever helps them. */
export const WayField = ({ filled, way, whose, seenLater }: Way) => (
  <FilledField
    name={ways[way][whose]}
    filled={filled}
    required={filled.asked.rules.asks[way] === "required"}
    oneOf={isOneEnough(filled)}
    seenLater={seenLater}
    type={ways[way].type}
    autocomplete={whose === "own" ? ways[way].fills : "off"}
  />
);

/** In which language they are written to. */
export const LanguageField = ({ filled: { language, form } }: { filled: Filled }) => (
  <Select
    name="language"
    label={texts[language].register.labels.language}
    options={languages.map((each) => [each, texts[each].answer.name])}
    chosen={form.get("language") ?? language}
  />
);

type Choices = { name: Field; filled: Filled; options: Option[] };
const Choices = ({ name, filled, options }: Choices) => {
  const beside = besideOf(filled, name);
  const chosen = filled.form.getAll(name);
  return (
    <fieldset id={name} tabindex={-1} {...described(name, beside)}>
      <legend>{texts[filled.language].register.labels[name]}</legend>
      <Told id={name} {...beside} />
      {options.map(([value, says]) => (
        <Tick name={name} value={value} checked={chosen.includes(value)}>
          {says}
        </Tick>
      ))}
    </fieldset>
  );
};

/** Where a region lets people choose their centres. */
export const choosesCentres = ({ asked: { region } }: Filled): boolean => region.centreBy === "choice";
export const CentreChoices = ({ filled }: { filled: Filled }) => (
  <Choices
    name="centres"
    filled={filled}
    options={filled.asked.centres.map((centre) => [centre.id, placeOf(centre)])}
  />
);

/** What decides, beside their age, when somebody is called. */
export const decidingIn = ({ asked: { rules } }: Filled) => [
  ...new Set(rules.order.flatMap(({ condition }) => condition ?? [])),
];
export const ConditionChoices = ({ filled }: { filled: Filled }) => {
  const { conditions } = texts[filled.language].register;
  return (
    <Choices
      name="conditions"
      filled={filled}
      options={decidingIn(filled).map((each) => [each, conditions[each]])}
    />
  );
};
