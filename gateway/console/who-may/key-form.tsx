import { randomUUID } from "node:crypto";
import type { KeyRole } from "../../../schema/key.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import { Submit } from "../frame/submit.tsx";
import { signInTexts } from "../texts/sign-in/words.ts";
import { whoMayTexts } from "../texts/who-may/words.ts";

/** What was typed, as it was. */
export type TypedKey = { label: string; role: string; regions: string[]; centres: string[] };

type Given = {
  language: Language;
  places: { regions: Region[]; centres: Centre[] };
  typed?: TypedKey;
  faults: Partial<Record<"label" | "reach", string>>;
};

/** Those for whom keys are made most often come first. */
const roles: KeyRole[] = [
  "staff",
  "lead",
  "helper",
  "agency",
  "reporting",
  "platform",
  "auditor",
  "operator",
];

const Tick = ({
  name,
  value,
  says,
  chosen,
}: {
  name: string;
  value: string;
  says: string;
  chosen: boolean;
}) => (
  <label class="tick">
    <input type="checkbox" name={name} value={value} checked={chosen} />
    {says}
  </label>
);

const Where = ({ language, places, typed, faults }: Given) => {
  const words = whoMayTexts[language].keys;
  const chosen = typed?.centres ?? [];
  return (
    <>
      <fieldset aria-describedby={faults.reach ? "reach-fault reach-hint" : "reach-hint"}>
        <legend>{words.regions}</legend>
        {faults.reach && (
          <span class="fault" id="reach-fault" role="alert">
            {faults.reach}
          </span>
        )}
        <span class="hint" id="reach-hint">
          {words.allHint}
        </span>
        {places.regions.map(({ id, name }) => (
          <Tick
            name="regions"
            value={id}
            says={name[language]}
            chosen={typed?.regions.includes(id) ?? false}
          />
        ))}
      </fieldset>
      <details open={chosen.length > 0}>
        <summary>{words.chosen}</summary>
        {places.regions.map(({ id, name }) => (
          <fieldset>
            <legend>{name[language]}</legend>
            {places.centres
              .filter(({ region }) => region === id)
              .map((centre) => (
                <Tick
                  name="centres"
                  value={centre.id}
                  says={`${centre.name}, ${centre.municipality}`}
                  chosen={chosen.includes(centre.id)}
                />
              ))}
          </fieldset>
        ))}
      </details>
    </>
  );
};

/** For a new key. Sent twice, it is made once. */
export const KeyForm = ({ language, places, typed, faults }: Given) => {
  const words = whoMayTexts[language].keys;
  return (
    <form class="key" method="post" action={`/who-may/keys?lang=${language}`}>
      <input type="hidden" name="once" value={randomUUID()} />
      <div class="field">
        <label for="label">{words.label}</label>
        <input
          id="label"
          name="label"
          required
          maxlength={48}
          autocomplete="off"
          spellcheck={false}
          autocapitalize="none"
          value={typed?.label}
          aria-describedby={faults.label ? "label-fault label-hint" : "label-hint"}
          aria-invalid={faults.label ? "true" : undefined}
        />
        {faults.label && (
          <span class="fault" id="label-fault" role="alert">
            {faults.label}
          </span>
        )}
        <span class="hint" id="label-hint">
          {words.labelHint}
        </span>
      </div>
      <div class="field">
        <label for="role">{words.role}</label>
        <select id="role" name="role">
          {roles.map((role) => (
            <option value={role} selected={role === typed?.role}>
              {signInTexts[language].role[role]}
            </option>
          ))}
        </select>
      </div>
      <Where language={language} places={places} typed={typed} faults={faults} />
      <Submit choices={[{ says: words.makeIt }]} />
    </form>
  );
};
