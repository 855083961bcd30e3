import { texts } from "../texts/texts.ts";
import { Beside, described, type Filled } from "./register-fields.tsx";
import { days, parts } from "./register-form.ts";

/** Any Monday will do to name the days from. */
const monday = Date.UTC(2021, 3, 5);

/** When somebody can come: boxes that a thumb meets; assets/week.js makes heads of rows and columns tick all of theirs. */
export const Week = ({ filled }: { filled: Filled }) => {
  const { language, form } = filled;
  const words = texts[language].register;
  const name = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  const chosen = new Set(form.getAll("when"));
  const fault = filled.faults?.has("when") ?? false;
  return (
    <fieldset id="when" tabindex={-1} {...described("when", { hint: words.hints.when, fault })}>
      <legend>{words.labels.when}</legend>
      <Beside name="when" filled={filled} hint={words.hints.when} />
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
            const says = name.format(monday + nth * 86_400_000);
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
