import type { Language } from "../../../schema/primitives.ts";
import type { SurplusToday } from "../../../schema/today.ts";
import { say, timeIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";

/* The doses of today. assets/live.js reads this part anew when something changes; without it, it is as of one moment. */

const shown = ["used", "promised", "held", "free", "lost"] as const;
const legend = ["free", "held", "promised", "used", "lost"] as const;
const totals = ["announced", "promised", "used", "lost"] as const;

const sumOf = (items: readonly SurplusToday[], states: readonly (typeof shown)[number][]): number =>
  items.reduce((sum, { doses }) => states.reduce((all, state) => all + doses[state], sum), 0);

type Shown = { language: Language; items: readonly SurplusToday[]; at: string };

const saying = (language: Language, { state, usableUntil, doses }: SurplusToday): string => {
  const words = texts[language].home.today;
  const time = timeIn(language, usableUntil);
  if (state === "cancelled") return words.cancelled;
  if (state === "closed") return say(language, words.ended, { time });
  const sought = doses.free + doses.held;
  const found = sought > 0 ? say(language, words.looking, { n: sought }) : words.found;
  return `${found}, ${say(language, words.until, { time })}`;
};

const Surplus = ({ language, surplus }: { language: Language; surplus: SurplusToday }) => {
  const words = texts[language].home.today;
  const counts = shown
    .filter((state) => surplus.doses[state] > 0)
    .map((state) => `${surplus.doses[state]} ${words[state]}`);
  return (
    <article class={surplus.state === "open" ? "surplus" : "surplus over"}>
      <h3>
        {surplus.municipality} <small>{surplus.centre}</small>
      </h3>
      <p class="state">{saying(language, surplus)}</p>
      <p class="doses" role="img" aria-label={counts.join(", ")}>
        {shown.flatMap((state) =>
          Array.from({ length: surplus.doses[state] }, () => <i class={`dose ${state}`} />),
        )}
      </p>
    </article>
  );
};

export const TodayNow = ({ language, items, at }: Shown) => {
  const words = texts[language].home.today;
  const count = (name: (typeof totals)[number]) => sumOf(items, name === "announced" ? shown : [name]);
  return (
    <div data-follow={`/today?lang=${language}`}>
      <dl class="totals">
        {totals.map((name) => (
          <div>
            <dt>{words[name]}</dt>
            <dd>{count(name)}</dd>
          </div>
        ))}
      </dl>
      {items.length === 0 ? (
        <p class="quiet">{words.none}</p>
      ) : (
        <>
          <ul class="legend" aria-label={words.legend}>
            {legend.map((state) => (
              <li>
                <i class={`dose ${state}`} /> {words[state]}
              </li>
            ))}
          </ul>
          {items.map((surplus) => (
            <Surplus language={language} surplus={surplus} />
          ))}
        </>
      )}
      <p class="quiet" data-still>
        {say(language, words.asOf, { time: timeIn(language, at) })}{" "}
        <a href={`/?lang=${language}&at=${Date.parse(at)}#today`}>{words.again}</a>
      </p>
    </div>
  );
};

export const Today = (given: Shown) => {
  const words = texts[given.language].home.today;
  return (
    <section aria-labelledby="today">
      <h2 id="today">
        {words.title} <span class="live" data-live={words.live} role="status" />
      </h2>
      <TodayNow {...given} />
    </section>
  );
};
