import type { Language } from "../../../schema/primitives.ts";
import { Submit } from "../frame/submit.tsx";
import type { Field } from "../texts/register.ts";
import { birthIn, momentIn, say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { PlaceFrame } from "./ask-place.tsx";
import { ChangeRest, ChangeWeek } from "./change.tsx";
import { History } from "./history.tsx";
import { KeysOf } from "./keys-of.tsx";
import { BirthDateField, PostcodeField } from "./knowledge-fields.tsx";
import type { Place } from "./place.ts";

type Says =
  | ("saved" | "paused" | "resumed" | "welcome")
  | ("notSaved" | "expired" | "wrong" | "spent" | "failed" | "noToken");
/** What is to be said of the step before; `given`: what was typed and could not be taken. */
export type Told = { says?: Says; minutes?: number; faults?: ReadonlySet<Field>; given?: URLSearchParams };

type Shown = { language: Language; place: Place; told: Told };

const good: readonly Says[] = ["saved", "paused", "resumed", "welcome"];
const Said = ({ language, told: { says, minutes = 0 } }: Pick<Shown, "language" | "told">) => {
  if (!says) return null;
  const { place, mine } = texts[language];
  const words = { ...place.says, wrong: mine.wrong, failed: mine.failed, noToken: mine.noToken };
  const told = says === "spent" ? say(language, place.says.spent, { n: minutes }) : words[says];
  return (
    <p class={good.includes(says) ? "notice good" : "notice bad"} role="status" tabindex={-1} data-says>
      {told}
    </p>
  );
};

const comingOf = ({ own }: Place) =>
  own?.data.bookings.find(({ state }) => state === "promised" || state === "booked");

/** Whoever is expected somewhere reads it before all else; whoever had their dose, that they are called no more. */
const Promised = ({ language, place }: Omit<Shown, "told">) => {
  const words = texts[language].place;
  const { data } = place.own ?? {};
  const coming = comingOf(place);
  const centre = place.asked?.centres.find(({ id }) => id === coming?.centre);
  if (coming)
    return (
      <>
        <p class="verdict expected">{texts[language].answer.verdicts.expected}</p>
        <p class="place">{momentIn(language, coming.at)}</p>
        <p>{centre && `${centre.name}, ${centre.municipality}`}</p>
      </>
    );
  return data?.bookings.some(({ state }) => state === "attended") ? (
    <p class="notice good">{words.dosed}</p>
  ) : null;
};

const Status = ({ language, place }: Omit<Shown, "told">) => {
  const { place: words, registration } = texts[language];
  const { standing } = place;
  if (!standing) return null;
  const { state, pausedUntil } = standing;
  // To be told to wait for a letter would contradict what is promised (F07).
  const isSettled =
    comingOf(place) !== undefined || place.own?.data.bookings.some(({ state: each }) => each === "attended");
  const step = state === "active" && !pausedUntil ? "pause" : state === "parked" ? undefined : "resume";
  return (
    <section class="standing" aria-labelledby="standing">
      <h2 id="standing">{words.standing}</h2>
      <Promised language={language} place={place} />
      {!isSettled && (
        <>
          <p class={`state ${state}`}>
            <strong>{pausedUntil ? words.silent : words.states[state]}</strong>
          </p>
          <p>
            {pausedUntil
              ? say(language, words.silentMeans, { until: momentIn(language, pausedUntil) })
              : registration.states[state]}
          </p>
        </>
      )}
      {step && !isSettled && state !== "withdrawn" && (
        <form method="post" action={`/my-place/${step}?lang=${language}`} data-place>
          <KeysOf keys={place} />
          <Submit choices={[{ says: registration[step], plain: step === "pause" }]} />
        </form>
      )}
    </section>
  );
};

/** The link alone shows nothing personal: what only they know is asked beside it. */
const Know = ({ language, place, told }: Shown) => {
  const { mine, place: words } = texts[language];
  return (
    <section aria-labelledby="know">
      <h2 id="know">{words.know}</h2>
      <p>{mine.why}</p>
      <form method="post" action={`/my-place/open?lang=${language}`} data-place>
        <KeysOf keys={{ link: place.link }} />
        <BirthDateField
          language={language}
          value={told.given?.get("birthDate") ?? undefined}
          isWrong={told.says === "wrong"}
        />
        <details>
          <summary>{mine.postcodeHint}</summary>
          <PostcodeField language={language} />
        </details>
        <Submit choices={[{ says: mine.show }]} />
      </form>
      <p class="quiet">{mine.answering}</p>
    </section>
  );
};

const Facts = ({ language, place }: Omit<Shown, "told">) => {
  const { mine, place: words, rights } = texts[language];
  if (!place.own) return null;
  const { givenName, familyName, birthDate, postcode, contact, helper, ...own } = place.own.volunteer;
  const { email, mobile } = helper?.contact ?? contact;
  const facts: [string, string | undefined][] = [
    [mine.name, `${givenName} ${familyName}`],
    [mine.birthDate, birthIn(language, birthDate)],
    [mine.postcode, postcode],
    [mine.reached, [email, mobile].filter(Boolean).join(", ")],
    [words.helper, helper?.name],
    [rights.fields.language, texts[own.language].answer.name],
    [rights.fields.registered, momentIn(language, own.registeredAt)],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ) : undefined,
      )}
    </dl>
  );
};

const Leave = ({ language, place }: Omit<Shown, "told">) => {
  const { registration, place: words } = texts[language];
  return (
    <section aria-labelledby="more">
      <h2 id="more">{words.more}</h2>
      <form method="post" action={`/my-data?lang=${language}`}>
        <input type="hidden" name="link" value={place.session ?? place.link} />
        <Submit choices={[{ says: registration.data, plain: true }]} />
      </form>
      {place.standing && place.standing.state !== "withdrawn" && (
        <form method="post" action={`/my-place/leave?lang=${language}`} data-place>
          <KeysOf keys={place} />
          <Submit choices={[{ says: registration.withdraw, danger: true }]} />
        </form>
      )}
    </section>
  );
};

/** All that somebody does with their own registration, and what happened with it so far. */
export const MyPlace = ({ language, place, told }: Shown) => {
  const words = texts[language].place;
  const { link, session, own } = place;
  return (
    <PlaceFrame language={language} keys={{ link, session }}>
      <h1>{words.title}</h1>
      <Said language={language} told={told} />
      <Status language={language} place={place} />
      {own ? (
        <>
          <section aria-labelledby="registered">
            <h2 id="registered">{words.registered}</h2>
            <Facts language={language} place={place} />
          </section>
          <ChangeWeek language={language} place={place} told={told} />
          <ChangeRest language={language} place={place} told={told} />
          <History language={language} place={place} />
        </>
      ) : (
        <Know language={language} place={place} told={told} />
      )}
      <Leave language={language} place={place} />
      <div role="alert" class="notice bad" data-away hidden>
        {words.away}
      </div>
    </PlaceFrame>
  );
};
