import type { Language } from "../../../schema/primitives.ts";
import { Submit } from "../frame/submit.tsx";
import { texts } from "../texts/texts.ts";
import { filledBy } from "./change-form.ts";
import { KeysOf } from "./keys-of.tsx";
import type { Told } from "./my-place.tsx";
import type { Place } from "./place.ts";
import {
  CentreChoices,
  ConditionChoices,
  choosesCentres,
  decidingIn,
  type Filled,
  FilledField,
  FilledPostcode,
  LanguageField,
  WayField,
} from "./register-fields.tsx";
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

/** Whoever helps is the one who is written to. */
const Reach = ({ filled, isHelped }: { filled: Filled; isHelped: boolean }) => {
  const whose = isHelped ? "helper" : "own";
  return (
    <>
      {isHelped && (
        <FilledField name="helperName" filled={filled} required autocomplete="off" maxlength={100} />
      )}
      <WayField filled={filled} way="email" whose={whose} />
      <WayField filled={filled} way="mobile" whose={whose} />
    </>
  );
};

export const ChangeRest = (shown: Shown) => {
  const { language, place } = shown;
  const filled = filledOf(shown, "rest");
  const { place: words } = texts[language];
  if (!filled || !place.own) return null;
  return (
    <details open={filled.faults !== undefined}>
      <summary>{words.change}</summary>
      <form method="post" action={`/my-place/change?lang=${language}`} data-place>
        <KeysOf keys={place} />
        <input type="hidden" name="what" value="rest" />
        <Reach filled={filled} isHelped={place.own.volunteer.helper !== undefined} />
        <FilledPostcode filled={filled} />
        <LanguageField filled={filled} />
        {choosesCentres(filled) && (
          <>
            <input type="hidden" name="offersCentres" value="yes" />
            <CentreChoices filled={filled} />
          </>
        )}
        {decidingIn(filled).length > 0 && (
          <>
            <input type="hidden" name="offersConditions" value="yes" />
            <ConditionChoices filled={filled} />
          </>
        )}
        <p class="quiet">{words.corrected}</p>
        <Submit choices={[{ says: words.save }]} />
      </form>
    </details>
  );
};
