import type { Language } from "../../../schema/primitives.ts";
import { Submit } from "../frame/submit.tsx";
import { languages, texts } from "../texts/texts.ts";
import { filledBy } from "./change-form.ts";
import { KeysOf } from "./keys-of.tsx";
import type { Told } from "./my-place.tsx";
import type { Place } from "./place.ts";
import { Choose, type Filled, TextField } from "./register-fields.tsx";
import { Week } from "./week.tsx";

/* What somebody may change of their registration at any time. */

type Shown = { language: Language; place: Place; told: Told };

const filledOf = ({ language, place, told }: Shown, what: "week" | "rest"): Filled | undefined => {
  const { own, asked } = place;
  if (!own || !asked) return undefined;
  const given = told.given?.get("what") === what ? told.given : undefined;
  return { language, asked, form: given ?? filledBy(own.volunteer), key: "", faults: given && told.faults };
};

export const ChangeWeek = (shown: Shown) => {
  const filled = filledOf(shown, "week");
  const words = texts[shown.language].place;
  if (!filled) return null;
  return (
    <form method="post" action={`/my-place/change?lang=${shown.language}`} data-place>
      <KeysOf keys={shown.place} />
      <input type="hidden" name="what" value="week" />
      <Week filled={filled} />
      <Submit choices={[{ says: words.saveWeek, plain: true }]} />
    </form>
  );
};

const Reach = ({ filled, isHelped }: { filled: Filled; isHelped: boolean }) => {
  const { email, mobile } = filled.asked.rules.asks;
  const need = { email: email === "required", mobile: mobile === "required" };
  const oneOf = !need.email && !need.mobile;
  return isHelped ? (
    <>
      <TextField name="helperName" filled={filled} required autocomplete="off" maxlength={100} />
      <TextField
        name="helperEmail"
        filled={filled}
        required={need.email}
        oneOf={oneOf}
        type="email"
        autocomplete="off"
      />
      <TextField
        name="helperMobile"
        filled={filled}
        required={need.mobile}
        oneOf={oneOf}
        type="tel"
        autocomplete="off"
      />
    </>
  ) : (
    <>
      <TextField
        name="email"
        filled={filled}
        required={need.email}
        oneOf={oneOf}
        type="email"
        autocomplete="email"
      />
      <TextField
        name="mobile"
        filled={filled}
        required={need.mobile}
        oneOf={oneOf}
        type="tel"
        autocomplete="tel"
      />
    </>
  );
};

export const ChangeRest = (shown: Shown) => {
  const { language, place } = shown;
  const filled = filledOf(shown, "rest");
  const { place: words, register } = texts[language];
  if (!filled || !place.own) return null;
  const { region, rules, centres } = filled.asked;
  const deciding = [...new Set(rules.order.flatMap(({ condition }) => condition ?? []))];
  return (
    <details open={filled.faults !== undefined}>
      <summary>{words.change}</summary>
      <form method="post" action={`/my-place/change?lang=${language}`} data-place>
        <KeysOf keys={place} />
        <input type="hidden" name="what" value="rest" />
        <Reach filled={filled} isHelped={place.own.volunteer.helper !== undefined} />
        {rules.asks.postcode !== "at-centre" && (
          <TextField
            name="postcode"
            filled={filled}
            required={rules.asks.postcode === "required"}
            inputmode="numeric"
            autocomplete="postal-code"
            maxlength={4}
          />
        )}
        <div class="field">
          <label for="language">{register.labels.language}</label>
          <select id="language" name="language">
            {languages.map((each) => (
              <option value={each} selected={filled.form.get("language") === each}>
                {texts[each].answer.name}
              </option>
            ))}
          </select>
        </div>
        {region.centreBy === "choice" && (
          <>
            <input type="hidden" name="offersCentres" value="yes" />
            <Choose name="centres" filled={filled} options={centres.map(centreOption)} />
          </>
        )}
        {deciding.length > 0 && (
          <>
            <input type="hidden" name="offersConditions" value="yes" />
            <Choose
              name="conditions"
              filled={filled}
              options={deciding.map((value) => ({ value, says: register.conditions[value] }))}
            />
          </>
        )}
        <p class="quiet">{words.corrected}</p>
        <Submit choices={[{ says: words.save }]} />
      </form>
    </details>
  );
};

type Centre = Filled["asked"]["centres"][number];
export const centreOption = ({ id, name, municipality }: Pick<Centre, "id" | "name" | "municipality">) => ({
  value: id,
  says: name === municipality ? name : `${name}, ${municipality}`,
});
