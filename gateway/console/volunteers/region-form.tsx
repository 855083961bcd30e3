import type { Language } from "../../../schema/primitives.ts";
import { described, Tick, Told } from "../frame/field.tsx";
import { Submit } from "../frame/submit.tsx";
import { texts } from "../texts/texts.ts";
import {
  besideOf,
  CentreChoices,
  ConditionChoices,
  choosesCentres,
  decidingIn,
  type Filled,
  FilledField,
  FilledPostcode,
  isOneEnough,
  LanguageField,
  WayField,
} from "./register-fields.tsx";
import { isHelping } from "./register-form.ts";
import { Week } from "./week.tsx";

type Shown = { filled: Filled };

/** For oneself or for somebody else; the style shows the helper's fields to whoever helps, and without it they stand there. */
const ForWhom = ({ filled: { language, form } }: Shown) => {
  const words = texts[language].register;
  const isOther = isHelping(form);
  return (
    <fieldset>
      <legend>{words.forWhom}</legend>
      {(["me", "other"] as const).map((whom) => (
        <Tick
          type="radio"
          name="for"
          value={whom}
          id={`for-${whom}`}
          checked={isOther === (whom === "other")}
        >
          {words.whom[whom]}
        </Tick>
      ))}
    </fieldset>
  );
};

const Person = ({ filled }: Shown) => {
  const { nationalNumber: number } = filled.asked.rules.asks;
  const words = texts[filled.language].register;
  return (
    <fieldset>
      <legend>
        <span class="for-me">{words.who}</span>
        <span class="for-other">{words.whoOther}</span>
      </legend>
      <FilledField name="givenName" filled={filled} required autocomplete="given-name" maxlength={100} />
      <FilledField name="familyName" filled={filled} required autocomplete="family-name" maxlength={100} />
      {number !== "at-centre" && (
        <FilledField
          name="nationalNumber"
          filled={filled}
          required={number === "required"}
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
        />
      )}
      {number !== "required" && (
        <FilledField
          name="birthDate"
          filled={filled}
          required={number === "at-centre"}
          inputmode="numeric"
          autocomplete="bday"
          maxlength={12}
          class="short"
        />
      )}
      <FilledPostcode filled={filled} />
    </fieldset>
  );
};

/** One of the two is needed, or what the region demands. */
const Ways = ({ filled, whose }: Shown & { whose: "own" | "helper" }) => {
  const { asks } = filled.asked.rules;
  return (
    <>
      {isOneEnough(filled) && <p>{texts[filled.language].register.oneOf}</p>}
      {(["email", "mobile"] as const).map(
        (way) => asks[way] !== "at-centre" && <WayField filled={filled} way={way} whose={whose} seenLater />,
      )}
    </>
  );
};

const Reach = ({ filled }: Shown) => {
  const words = texts[filled.language].register;
  return (
    <>
      <fieldset class="for-me">
        <legend>{words.reach}</legend>
        <Ways filled={filled} whose="own" />
      </fieldset>
      <fieldset class="for-other">
        <legend>{words.helper}</legend>
        <p class="notice">{words.helperWritten}</p>
        <FilledField
          name="helperName"
          filled={filled}
          required
          seenLater
          maxlength={100}
          autocomplete="off"
        />
        <Ways filled={filled} whose="helper" />
      </fieldset>
      <LanguageField filled={filled} />
    </>
  );
};

const Consent = ({ filled }: Shown) => {
  const { language, form, asked } = filled;
  const words = texts[language].register;
  const version = asked.rules.consentText;
  const beside = besideOf(filled, "consent");
  const address = `/consent-text/${encodeURIComponent(version)}?lang=${language}`;
  return (
    <div class="field">
      <Tick
        id="consent"
        name="consent"
        value={version}
        required
        checked={form.get("consent") === version}
        {...described("consent", beside)}
      >
        {words.consentIs}{" "}
        <a href={address} target="_blank" rel="noopener">
          {version}
        </a>
        .
      </Tick>
      <Told id="consent" {...beside} />
    </div>
  );
};

/** The form of one region: what it demands, and what decides whom it calls. */
export const RegionForm = ({ filled }: Shown) => {
  const { language, asked, key } = filled;
  return (
    <form method="post" action={`/register?lang=${language}`} data-registering>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="region" value={asked.region.id} />
      <ForWhom filled={filled} />
      <Person filled={filled} />
      <Reach filled={filled} />
      {choosesCentres(filled) && <CentreChoices filled={filled} />}
      <Week filled={filled} />
      {decidingIn(filled).length > 0 && <ConditionChoices filled={filled} />}
      <Consent filled={filled} />
      <Submit choices={[{ says: texts[language].register.send }]} />
    </form>
  );
};

/** What a script says while it sends, and what it keeps. */
export const Waiting = ({ language }: { language: Language }) => {
  const words = texts[language].register;
  return (
    <>
      <div
        role="status"
        class="notice"
        data-status
        hidden
        data-sending={words.sending}
        data-later={words.later}
      />
      <div class="choice" data-stop hidden>
        <button type="button">{words.stop}</button>
      </div>
      <p class="quiet" data-kept hidden>
        {words.kept}{" "}
        <button type="button" class="plain" data-erase>
          {words.erase}
        </button>
      </p>
    </>
  );
};
