import type { PropsWithChildren } from "hono/jsx";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { languages, texts } from "../texts/texts.ts";
import { Beside, Choose, described, type Filled, TextField, Week } from "./register-fields.tsx";

/* Registering: the postcode, the form of its region, and the answer. All of it works where no script runs. */

type Frame = PropsWithChildren<{ language: Language; query?: string }>;

export const RegisterFrame = ({ language, query = "", children }: Frame) => (
  <Layout
    {...{ title: texts[language].register.title, language, scripts: ["register.js"] }}
    {...{ styles: ["volunteers.css"], room: "register" }}
    languageTo={(each) => `/register?lang=${each}${query}`}
  >
    {children}
  </Layout>
);

type First = { language: Language; postcode?: string; says?: "noRegion" | "unread" };

/** Which list is mine? */
export const PostcodePage = ({ language, postcode, says }: First) => {
  const words = texts[language].register;
  return (
    <RegisterFrame language={language}>
      <h1>{words.heading}</h1>
      <p>{words.order}</p>
      {says && (
        <p class="notice" role="alert">
          {words[says]}
        </p>
      )}
      <p hidden data-resume>
        <a href="/register">{words.resume}</a>
      </p>
      <form method="get" action="/register">
        <input type="hidden" name="lang" value={language} />
        <p class="field">
          <label for="postcode">{words.labels.postcode}</label>
          <input
            {...{ id: "postcode", name: "postcode", inputmode: "numeric", autocomplete: "postal-code" }}
            {...{ pattern: "[1-9][0-9]{3}", maxlength: 4, required: true, value: postcode }}
          />
        </p>
        <p class="choice">
          <button type="submit" class="yes">
            {words.goOn}
          </button>
        </p>
      </form>
    </RegisterFrame>
  );
};

const Person = ({ filled }: { filled: Filled }) => {
  const { rules } = filled.asked;
  const number = rules.asks.nationalNumber;
  return (
    <fieldset>
      <legend>{texts[filled.language].register.who}</legend>
      <TextField name="givenName" filled={filled} required autocomplete="given-name" maxlength={100} />
      <TextField name="familyName" filled={filled} required autocomplete="family-name" maxlength={100} />
      {number !== "at-centre" && (
        <TextField
          {...{ name: "nationalNumber", filled, required: number === "required" }}
          {...{ inputmode: "numeric", autocomplete: "off", maxlength: 20 }}
        />
      )}
      {number !== "required" && (
        <TextField
          name="birthDate"
          filled={filled}
          required={number === "at-centre"}
          type="date"
          autocomplete="bday"
        />
      )}
      {rules.asks.postcode !== "at-centre" && (
        <TextField
          {...{ name: "postcode", filled, required: rules.asks.postcode === "required" }}
          {...{ inputmode: "numeric", autocomplete: "postal-code", pattern: "[1-9][0-9]{3}", maxlength: 4 }}
        />
      )}
    </fieldset>
  );
};

const Reach = ({ filled }: { filled: Filled }) => {
  const { language, form, asked } = filled;
  const words = texts[language].register;
  const { email, mobile } = asked.rules.asks;
  return (
    <fieldset>
      <legend>{words.reach}</legend>
      {email !== "at-centre" && (
        <TextField
          name="email"
          filled={filled}
          required={email === "required"}
          type="email"
          autocomplete="email"
        />
      )}
      {mobile !== "at-centre" && (
        <TextField
          name="mobile"
          filled={filled}
          required={mobile === "required"}
          type="tel"
          autocomplete="tel"
        />
      )}
      <p class="field">
        <label for="language">{words.labels.language}</label>
        <select id="language" name="language">
          {languages.map((each) => (
            <option value={each} selected={(form.get("language") ?? language) === each}>
              {texts[each].answer.name}
            </option>
          ))}
        </select>
      </p>
    </fieldset>
  );
};

/** The form of one region: what it demands, and what decides whom it calls. */
export const FormPage = ({ filled }: { filled: Filled }) => {
  const { language, asked, form, key, says } = filled;
  const words = texts[language].register;
  const { region, rules, centres } = asked;
  const deciding = [...new Set(rules.order.flatMap(({ condition }) => condition ?? []))];
  return (
    <RegisterFrame language={language} query={`&region=${region.id}&postcode=${form.get("postcode") ?? ""}`}>
      <h1>
        <small>{words.list}</small> {region.name[language]}
      </h1>
      <p>{words.order}</p>
      {says && (
        <p class="notice" role="alert" tabindex={-1} data-says>
          {says}
        </p>
      )}
      <form method="post" action={`/register?lang=${language}`} data-registering>
        <input type="hidden" name="key" value={key} />
        <input type="hidden" name="region" value={region.id} />
        <Person filled={filled} />
        <Reach filled={filled} />
        {region.centreBy === "choice" && (
          <Choose
            {...{ name: "centres", filled }}
            options={centres.map(({ id, name, municipality }) => ({
              value: id,
              says: name === municipality ? name : `${name}, ${municipality}`,
            }))}
          />
        )}
        <Week filled={filled} />
        {deciding.length > 0 && (
          <Choose
            {...{ name: "conditions", filled }}
            options={deciding.map((value) => ({ value, says: words.conditions[value] }))}
          />
        )}
        <p class="field">
          <label class="tick">
            <input
              {...{ type: "checkbox", name: "consent", value: rules.consentText, required: true }}
              {...{ checked: form.get("consent") === rules.consentText }}
              {...described("consent", { fault: filled.faults?.has("consent") ?? false })}
            />{" "}
            <span>
              {words.labels.consent}{" "}
              <a
                href={`/consent-text/${encodeURIComponent(rules.consentText)}?lang=${filled.language}`}
                target="_blank"
                rel="noopener"
              >
                {rules.consentText}
              </a>
              .
            </span>
          </label>
          <Beside name="consent" filled={filled} />
        </p>
        <p class="choice">
          <button type="submit" class="yes">
            {words.send}
          </button>
        </p>
      </form>
      <div
        role="status"
        class="notice"
        data-status
        data-sending={words.sending}
        data-later={words.later}
        hidden
      />
      <p class="choice" data-stop hidden>
        <button type="button">{words.stop}</button>
      </p>
      <p class="quiet" data-kept hidden>
        {words.kept}{" "}
        <button type="button" class="plain" data-erase>
          {words.erase}
        </button>
      </p>
    </RegisterFrame>
  );
};

export const DonePage = ({ language, token }: { language: Language; token: string }) => {
  const words = texts[language].register;
  return (
    <RegisterFrame language={language}>
      <h1 tabindex={-1} data-says>
        {words.done}
      </h1>
      <p class="notice good">{words.doneMore}</p>
      <p>
        <a href={`/#${token}`}>{words.mine}</a>
      </p>
    </RegisterFrame>
  );
};
