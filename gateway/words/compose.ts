import { type Instant, type Language, localDay, millis, zone } from "../../schema/primitives.ts";
import type { Centre } from "../../schema/region.ts";
import type { MessageKind } from "../../schema/surplus.ts";
import { spell, unspelt } from "./gsm7.ts";
import type { Told, Wording } from "./wording.ts";
import { wordings } from "./wordings.ts";

/**
 * What a letter may speak of. Nothing about the vaccine (F11), and nothing about why this person was chosen: their
 * group may reveal an illness, so it is shown behind the link and not sent.
 */
export type LetterFacts = {
  /** The volunteer's, also where a helper is the one who reads it. */
  givenName: string;
  /** The helper to whom the letter goes; without one it goes to the volunteer. */
  helperName?: string;
  /**
   * "https://…/answer#token" for an invitation or standby, "https://…/renew#token" for renewal, the page of one's own registration for registered,
   * registered-again, recovery, and for lapsed where `pausedUntil` is given; the others carry none. The token
   * stands in the fragment, which no server or proxy ever sees. At most 100 characters, to fit a text message.
   */
  link?: string;
  /** For all but registered, registered-again, recovery and lapsed. */
  centre?: Pick<Centre, "name" | "municipality">;
  /**
   * For an invitation or standby: the moment of composing plus the policy's window, or `knownBy` where that is
   * earlier. The window that counts starts a little later, when the channel took the letter, and a time is told in
   * whole minutes, cut: the letter never promises longer than holds (F03).
   */
  windowEndsAt?: Instant;
  /** For a standby: when a person who said yes knows at the latest. */
  knownBy?: Instant;
  /** For an invitation or standby: when the doses are lost. */
  comeBefore?: Instant;
  /** For accepted and booking-moved. */
  comeAt?: Instant;
  /** For lapsed, where the policy pauses who did not react (F06). */
  pausedUntil?: Instant;
  /** For renewal: the campaign's name in the reader's language. */
  campaign?: string;
};

/** `short` is a text message: GSM-7 alone, at most `shortLimit` places, so two segments. */
type Letter = { subject: string; body: string; short: string };

/** Writes the letter; throws where the facts lack what its kind speaks of. */
export const compose = (ask: { about: MessageKind; language: Language; facts: LetterFacts }): Letter => {
  const givenName = plain(ask.facts.givenName);
  const helperName = ask.facts.helperName && plain(ask.facts.helperName);
  const wording = wordings[ask.language];
  const draft = wording.letters[ask.about];
  const long = tell(ask.facts, longForm(wording));
  const paragraphs = [
    wording.greeting(helperName ?? givenName),
    ...(helperName ? [wording.onBehalfOf(givenName)] : []),
    ...draft.body(long),
    wording.closing,
  ];
  return {
    subject: draft.subject(long),
    body: paragraphs.join("\n\n"),
    short: calledBy(givenName) + draft.short(tell(ask.facts, shortForm(wording))),
  };
};

/**
 * A name as letters say it. Anybody may register somebody else's address under a name of their choice, and mail programs
 * and telephones make a link of whatever looks like one: of "https://example.org" no more than its words is left.
 */
const plain = (name: string): string =>
  name
    .replace(/[.。．｡](?=[\p{L}\p{N}]{2})|[:/\\@]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();

/** One telephone may be several people's; a name in letters that a text message lacks is left out. */
const calledBy = (givenName: string): string => {
  const name = spell(givenName).slice(0, 20).trim();
  return name.includes(unspelt) ? "" : `${name}: `;
};

type Form = {
  campaign(name: string): string;
  centre(centre: Pick<Centre, "name" | "municipality">): string;
  clock(at: Instant): string;
  moment(at: Instant): string;
  /** Names the day only where it is not that of the other moment. */
  latest(told: { at: Instant; besides: Instant }): string;
};

const longForm = (wording: Wording): Form => {
  const times = calendar(wording, { weekday: "long", day: "numeric", month: "long" });
  return {
    campaign: (name) => name,
    centre: ({ name, municipality }) => (name === municipality ? name : `${name} (${municipality})`),
    ...times,
  };
};

const shortForm = (wording: Wording): Form => {
  const times = calendar(wording, { day: "numeric", month: "numeric" });
  return {
    campaign: (name) => spell(name).slice(0, 32).trim(),
    centre: ({ name }) => spell(name).slice(0, 32).trim(),
    ...times,
  };
};

const calendar = (
  wording: Wording,
  dayForm: Intl.DateTimeFormatOptions,
): Omit<Form, "centre" | "campaign"> => {
  const { locale } = wording;
  const times = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  const days = new Intl.DateTimeFormat(locale, { timeZone: zone, ...dayForm });
  const time = (at: Instant) => times.format(millis(at));
  const day = (at: Instant) => days.format(millis(at));
  return {
    clock: (at) => wording.clock(time(at)),
    moment: (at) => wording.moment(day(at), time(at)),
    latest: ({ at, besides }) =>
      wording.latest({ time: time(at), day: localDay(at) === localDay(besides) ? undefined : day(at) }),
  };
};

/** Each fact is asked for only by the wordings that speak of it. */
const tell = (facts: LetterFacts, form: Form): Told => ({
  get centre() {
    return form.centre(given(facts, "centre"));
  },
  get link() {
    return given(facts, "link");
  },
  get campaign() {
    return form.campaign(given(facts, "campaign"));
  },
  get until() {
    return form.clock(given(facts, "windowEndsAt"));
  },
  get before() {
    return form.moment(given(facts, "comeBefore"));
  },
  get at() {
    return form.moment(given(facts, "comeAt"));
  },
  get knownBy() {
    return form.latest({ at: given(facts, "knownBy"), besides: given(facts, "windowEndsAt") });
  },
  pausedUntil: facts.pausedUntil && form.moment(facts.pausedUntil),
});

const given = <Name extends keyof LetterFacts>(
  facts: LetterFacts,
  name: Name,
): NonNullable<LetterFacts[Name]> => {
  const fact = facts[name];
  if (fact === undefined || fact === null)
    throw new Error(`this letter speaks of ${name}, which is not given`);
  return fact;
};
