import { described, Told } from "../frame/field.tsx";
import { weekdayIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { besideOf, type Filled } from "./register-fields.tsx";
import { days, parts } from "./register-form.ts";

/** When somebody can come: boxes that a thumb meets; assets/week.js makes heads of rows and columns tick all of theirs. */
export const Week = ({ filled }: { filled: Filled }) => {
  const { language, form } = filled;
  const words = texts[language].register;
  const chosen = new Set(form.getAll("when"));
  const beside = besideOf(filled, "when");
  return (
    <fieldset id="when" tabindex={-1} {...described("when", beside)}>
      <legend>{words.labels.when}</legend>
      <Told id="when" {...beside} />
      <table class="week" data-week data-all={words.wholeLine}>
        <thead>
          <tr>
            <td />
            {parts.map((part) => (
              <th scope="col" data-part={part}>
                {words.parts[part]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, nth) => {
            const says = weekdayIn(language, nth);
            return (
              <tr>
                <th scope="row" data-day={day}>
                  {says}
                </th>
                {parts.map((part) => (
                  <td>
                    <label class="cell">
                      <input
                        type="checkbox"
                        name="when"
                        value={`${day}.${part}`}
                        checked={chosen.has(`${day}.${part}`)}
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
