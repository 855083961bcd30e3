import type { Language } from "../../../schema/primitives.ts";
import type { Policy } from "../../../schema/region.ts";
import { say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { type Asked, placeOf, within } from "./register-places.ts";

/* What somebody knows before they fill in anything: which list is theirs, what is asked, and who goes before whom. */

type Told = { language: Language; asked: Asked; postcode: string };
type Rules = Policy["rules"];

const Centres = ({ language, asked: { region, centres }, postcode }: Told) => {
  const words = texts[language].register;
  const own = centres.filter(({ serves }) => within(postcode, serves));
  if (region.centreBy === "choice") return <p>{say(language, words.intro.choice, { n: centres.length })}</p>;
  if (own.length === 0) return null;
  return (
    <p>
      {say(language, words.intro.centre, { n: own.length })} <strong>{own.map(placeOf).join("; ")}</strong>
    </p>
  );
};

/** What this region wants to be told, in the order of the form. */
const wanted = (language: Language, { asks }: Rules): string[] => {
  const { labels, intro } = texts[language].register;
  const isOne = asks.email === "optional" && asks.mobile === "optional";
  const asked = (name: "email" | "mobile" | "nationalNumber" | "postcode") =>
    asks[name] === "required" ? [labels[name]] : [];
  return [
    intro.name,
    ...asked("nationalNumber"),
    ...(asks.nationalNumber === "required" ? [] : [labels.birthDate]),
    ...asked("postcode"),
    ...(isOne ? [intro.oneContact] : [...asked("email"), ...asked("mobile")]),
    intro.when,
  ];
};

const groupOf = (language: Language, { fromAge, toAge, condition }: Rules["order"][number]): string => {
  const { groups, groupConditions } = texts[language].register;
  const age = say(language, toAge >= 130 ? groups.from : groups.between, { from: fromAge, to: toAge });
  return condition ? `${age}, ${groupConditions[condition]}` : age;
};

const Order = ({ language, asked: { rules } }: Omit<Told, "postcode">) => {
  const words = texts[language].register;
  return (
    <>
      <h2>{words.intro.order}</h2>
      <ol>
        {rules.order.map((group) => (
          <li>{groupOf(language, group)}</li>
        ))}
      </ol>
      <p>{words.intro.within}</p>
      <p class="notice">{words.order}</p>
    </>
  );
};

export const Intro = (told: Told) => {
  const { language, asked } = told;
  const words = texts[language].register;
  const { minimumAge, underAge } = asked.rules;
  return (
    <section class="intro">
      <Centres {...told} />
      <Order language={language} asked={asked} />
      <h2>{words.intro.asked}</h2>
      <ul>
        {wanted(language, asked.rules).map((each) => (
          <li>{each}</li>
        ))}
      </ul>
      <p class="quiet">
        {say(language, underAge === "refuse" ? words.fromAge : words.parked, { n: minimumAge })}{" "}
        {words.intro.short}
      </p>
      <p>
        <a href={`/register?lang=${language}`}>{words.intro.other}</a>
      </p>
    </section>
  );
};
