import { randomUUID } from "node:crypto";
import type { KeyRole } from "../../../schema/key.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import { described, Select, TextField, Tick, Told } from "../frame/field.tsx";
import { Submit } from "../frame/submit.tsx";
import { signInTexts } from "../texts/sign-in/words.ts";
import { whoMayTexts } from "../texts/who-may/words.ts";

/** What was typed, as it was. */
export type TypedKey = { label: string; role: string; regions: string[]; centres: string[] };

export type Places = { regions: Region[]; centres: Centre[] };
export type KeyFaults = { label?: string; reach?: string };

type Given = { language: Language; places: Places; typed?: TypedKey; faults: KeyFaults };

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

const Where = ({ language, places, typed, faults }: Given) => {
  const words = whoMayTexts[language].keys;
  const chosen = typed?.centres ?? [];
  return (
    <>
      <fieldset {...described("reach", { hint: words.allHint, fault: faults.reach })}>
        <legend>{words.regions}</legend>
        <Told id="reach" hint={words.allHint} fault={faults.reach} isAlert />
        {places.regions.map(({ id, name }) => (
          <Tick name="regions" value={id} checked={typed?.regions.includes(id)}>
            {name[language]}
          </Tick>
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
                <Tick name="centres" value={centre.id} checked={chosen.includes(centre.id)}>
                  {`${centre.name}, ${centre.municipality}`}
                </Tick>
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
      <TextField
        name="label"
        label={words.label}
        hint={words.labelHint}
        fault={faults.label}
        isAlert
        required
        maxlength={48}
        autocomplete="off"
        spellcheck={false}
        autocapitalize="none"
        value={typed?.label}
      />
      <Select
        name="role"
        label={words.role}
        options={roles.map((role) => [role, signInTexts[language].role[role]])}
        chosen={typed?.role}
      />
      <Where language={language} places={places} typed={typed} faults={faults} />
      <Submit choices={[{ says: words.makeIt }]} />
    </form>
  );
};
