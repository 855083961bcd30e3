import type { Call } from "../../../schema/call.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Centre } from "../../../schema/region.ts";
import { type Notice, Said } from "../frame/said.tsx";
import { localeOf, timeIn } from "../texts/say.ts";
import type { ListDesk } from "./desk.ts";
import { ListPage } from "./frame.tsx";

export const outcomes = ["yes", "no", "no-answer"] as const;

type Given = { desk: ListDesk; centre: Centre; calls: Call[]; at: number; now: number; notice?: Notice };

const named = (language: Language, of: Language): string =>
  new Intl.DisplayNames(localeOf(language), { type: "language" }).of(of) ?? of;

/** 0470 12 34 56: as people read a Belgian number out; any other as it is. */
const written = (number: string): string =>
  /^\+32\d{9}$/.test(number) ? number.replace(/^\+32(\d{3})(\d\d)(\d\d)(\d\d)$/, "0$1 $2 $3 $4") : number;

const minutesLeft = ({ callBefore }: Call, now: number): number =>
  Math.max(0, Math.floor((Date.parse(callBefore) - now) / 60_000));

const ToDial = ({ desk: { words, say }, call }: { desk: ListDesk; call: Call }) => {
  const { mobile, email } = call.contact;
  if (mobile)
    return (
      <a class="button number-to-call" href={`tel:${mobile}`}>
        {say(words.telephone.call, { number: written(mobile) })}
      </a>
    );
  return (
    <p class="notice">
      {words.telephone.noNumber} {email && <a href={`mailto:${email}`}>{email}</a>}
    </p>
  );
};

const Whom = ({ desk, call, now }: { desk: ListDesk; call: Call; now: number }) => {
  const { words, say, language } = desk;
  const { telephone } = words;
  const left = minutesLeft(call, now);
  return (
    <article class="card to-call">
      <p class={left < 5 ? "left soon" : "left"}>
        <strong>{say(telephone.left, { n: left })}</strong>
        <span>{say(telephone.until, { time: timeIn(language, call.callBefore) })}</span>
      </p>
      <h2 lang="">
        {call.givenName} {call.familyName}
      </h2>
      <p class="quiet">
        {say(telephone.speaks, { language: named(language, call.language) })}
        {call.calls > 0 && ` · ${say(telephone.tried, { n: call.calls })}`}
      </p>
      <ToDial desk={desk} call={call} />
      <p>
        {call.kind === "hold"
          ? say(telephone.hold, { time: timeIn(language, call.comeBefore) })
          : say(telephone.standby, { time: timeIn(language, call.knownBy) })}
      </p>
    </article>
  );
};

const Answers = ({ desk, centre, call, at }: Omit<Given, "calls" | "now"> & { call: Call }) => {
  const { words, to } = desk;
  return (
    <form method="post" action={to(`/staff/centres/${centre.id}/telephone`)} class="answers">
      <input type="hidden" name="invitation" value={call.invitation} />
      <input type="hidden" name="at" value={at} />
      {outcomes.map((outcome) => (
        <button type="submit" name="outcome" value={outcome} class={`answer-${outcome}`}>
          {words.telephone[outcome]}
        </button>
      ))}
    </form>
  );
};

/** Whom to telephone now: one person at a time, and one big button for each answer. */
export const TelephonePage = (given: Given) => {
  const { desk, centre, calls, at, now, notice } = given;
  const { words, say, to } = desk;
  const { telephone } = words;
  const call = calls[at] ?? calls[0];
  const here = `/staff/centres/${centre.id}/telephone`;
  const others = calls.length - 1;
  const next = calls.length > 1 ? (calls.indexOf(call as Call) + 1) % calls.length : 0;
  return (
    <ListPage
      desk={desk}
      title={telephone.title}
      at="telephone"
      centre={centre.id}
      width="narrow"
      scripts={["follow.js"]}
    >
      <h1>
        {telephone.title}
        <small>{centre.name}</small>
      </h1>
      <Said notice={notice} />
      <div data-follow={call ? "off" : "slowly"} id="telephone">
        {call ? (
          <>
            <Whom desk={desk} call={call} now={now} />
            <Answers desk={desk} centre={centre} call={call} at={calls.indexOf(call)} />
            {others > 0 && (
              <p class="others">
                <span class="quiet">{say(telephone.waiting, { n: others })}</span>
                <a href={to(here, { at: String(next) })}>{telephone.later}</a>
              </p>
            )}
          </>
        ) : (
          <>
            <p class="lead">{telephone.none}</p>
            <p class="quiet">{telephone.noneWhy}</p>
            <p>
              <a class="button other" href={to(here)}>
                {telephone.look}
              </a>
            </p>
          </>
        )}
      </div>
    </ListPage>
  );
};
