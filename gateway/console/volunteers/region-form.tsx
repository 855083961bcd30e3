import type { Language } from "../../../schema/primitives.ts";
import { Submit } from "../frame/submit.tsx";
import { languages, texts } from "../texts/texts.ts";
import { centreOption } from "./change.tsx";
import { Beside, Choose, described, type Filled, TextField } from "./register-fields.tsx";
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
        <label class="tick">
          <input
            type="radio"
            name="for"
            value={whom}
            id={`for-${whom}`}
            checked={isOther === (whom === "other")}
          />{" "}
          {words.whom[whom]}
        </label>
      ))}
    </fieldset>
  );
};

const Person = ({ filled }: Shown) => {
  const { nationalNumber: number, postcode } = filled.asked.rules.asks;
  const words = texts[filled.language].register;
  return (
    <fieldset>
      <legend>
        <span class="for-me">{words.who}</span>
        <span class="for-other">{words.whoOther}</span>
      </legend>
      <TextField name="givenName" filled={filled} required autocomplete="given-name" maxlength={100} />
      <TextField name="familyName" filled={filled} required autocomplete="family-name" maxlength={100} />
      {number !== "at-centre" && (
        <TextField
          name="nationalNumber"
          filled={filled}
          required={number === "required"}
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
        />
      )}
      {number !== "required" && (
        <TextField
          name="birthDate"
          filled={filled}
          required={number === "at-centre"}
          inputmode="numeric"
          autocomplete="bday"
          maxlength={12}
          class="short"
        />
      )}
      {postcode !== "at-centre" && (
        <TextField
          name="postcode"
          filled={filled}
          required={postcode === "required"}
          inputmode="numeric"
          autocomplete="postal-code"
          pattern={"[1-9][0-9]{3}"}
          maxlength={4}
          class="short"
        />
      )}
    </fieldset>
  );
};

/** One of the two is needed, or what the region demands. */
const Ways = ({
  filled,
  email,
  mobile,
}: Shown & { email: "email" | "helperEmail"; mobile: "mobile" | "helperMobile" }) => {
  const { asks } = filled.asked.rules;
  const isOne = asks.email !== "required" && asks.mobile !== "required";
  const words = texts[filled.language].register;
  const own = email === "email";
  return (
    <>
      {isOne && <p>{words.oneOf}</p>}
      {asks.email !== "at-centre" && (
        <TextField
          name={email}
          filled={filled}
          required={asks.email === "required"}
          oneOf={isOne}
          seenLater
          type="email"
          autocomplete={own ? "email" : "off"}
        />
      )}
      {asks.mobile !== "at-centre" && (
        <TextField
          name={mobile}
          filled={filled}
          required={asks.mobile === "required"}
          oneOf={isOne}
          seenLater
          type="tel"
          autocomplete={own ? "tel" : "off"}
        />
      )}
    </>
  );
};

const Reach = ({ filled }: Shown) => {
  const { language, form } = filled;
  const words = texts[language].register;
  return (
    <>
      <fieldset class="for-me">
        <legend>{words.reach}</legend>
        <Ways filled={filled} email="email" mobile="mobile" />
      </fieldset>
      <fieldset class="for-other">
        <legend>{words.helper}</legend>
        <p class="notice">{words.helperWritten}</p>
        <TextField name="helperName" filled={filled} required seenLater maxlength={100} autocomplete="off" />
        <Ways filled={filled} email="helperEmail" mobile="helperMobile" />
      </fieldset>
      <div class="field">
        <label for="language">{words.labels.language}</label>
        <select id="language" name="language">
          {languages.map((each) => (
            <option value={each} selected={(form.get("language") ?? language) === each}>
              {texts[each].answer.name}
            </option>
          ))}
        </select>
      </div>
    </>
  );
};

const Consent = ({ filled }: Shown) => {
  const { language, form, asked, faults } = filled;
  const words = texts[language].register;
  const version = asked.rules.consentText;
  return (
    <div class="field">
      <label class="tick">
        <input
          type="checkbox"
          id="consent"
          name="consent"
          value={version}
          required
          checked={form.get("consent") === version}
          {...described("consent", { fault: faults?.has("consent") ?? false })}
        />{" "}
        <span>
          {words.consentIs}{" "}
          <a
            href={`/consent-text/${encodeURIComponent(version)}?lang=${language}`}
            target="_blank"
            rel="noopener"
          >
            {version}
          </a>
          .
        </span>
      </label>
      <Beside name="consent" filled={filled} />
    </div>
  );
};

/** The form of one region: what it demands, and what decides whom it calls. */
export const RegionForm = ({ filled }: Shown) => {
  const { language, asked, key } = filled;
  const words = texts[language].register;
  const { region, rules, centres } = asked;
  const deciding = [...new Set(rules.order.flatMap(({ condition }) => condition ?? []))];
  return (
    <form method="post" action={`/register?lang=${language}`} data-registering>
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="region" value={region.id} />
      <ForWhom filled={filled} />
      <Person filled={filled} />
      <Reach filled={filled} />
      {region.centreBy === "choice" && (
        <Choose name="centres" filled={filled} options={centres.map(centreOption)} />
      )}
      <Week filled={filled} />
      {deciding.length > 0 && (
        <Choose
          name="conditions"
          filled={filled}
          options={deciding.map((value) => ({ value, says: words.conditions[value] }))}
        />
      )}
      <Consent filled={filled} />
      <Submit choices={[{ says: words.send }]} />
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
