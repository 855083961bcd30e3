import type { Language } from "../../../schema/primitives.ts";
import { TextField } from "../frame/field.tsx";
import { texts } from "../texts/texts.ts";

/* What only they know, and opens what a link alone does not. */

type BirthDate = { language: Language; value?: string; isWrong?: boolean };
export const BirthDateField = ({ language, value, isWrong }: BirthDate) => (
  <TextField
    name="birthDate"
    label={texts[language].mine.birthDate}
    hint={texts[language].register.hints.birthDate}
    required
    inputmode="numeric"
    maxlength={12}
    autocomplete="bday"
    value={value}
    aria-invalid={isWrong ? "true" : undefined}
  />
);

/** `hint`: absent where it is said already for whom this is. */
export const PostcodeField = ({ language, hint }: { language: Language; hint?: string }) => (
  <TextField
    name="postcode"
    label={texts[language].mine.postcode}
    hint={hint}
    inputmode="numeric"
    autocomplete="postal-code"
    maxlength={4}
  />
);
