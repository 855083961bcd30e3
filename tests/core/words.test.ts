import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose, type LetterFacts } from "../../gateway/words/compose.ts";
import { explain } from "../../gateway/words/explain.ts";
import { septets, shortLimit, spell } from "../../gateway/words/gsm7.ts";
import { wordings } from "../../gateway/words/wordings.ts";
import { type Instant, Language } from "../../schema/primitives.ts";
import type { MessageKind, Reason } from "../../schema/surplus.ts";

const kinds = Object.keys(wordings.en.letters) as MessageKind[];
const cases = Language.options.flatMap((language) => kinds.map((about) => ({ language, about })));
const link = `https://reserve.example.be/answer#${"k".repeat(66)}`;

const person: LetterFacts = { givenName: "Marie", link };
const facts: LetterFacts = {
  ...person,
  centre: { name: "CEME", municipality: "Charleroi" },
  windowEndsAt: "2021-04-06T14:42:59.999Z" as Instant,
  knownBy: "2021-04-06T15:55:00.000Z" as Instant,
  comeBefore: "2021-04-06T16:30:00.000Z" as Instant,
  comeAt: "2021-04-06T15:30:00.000Z" as Instant,
  campaign: "boosters",
};
const widest: LetterFacts = {
  ...facts,
  givenName: "Wilhelmina-Ægidia ".repeat(5),
  centre: { name: "Œuvres Féronstrée et Hors-Château ".repeat(3), municipality: "Liège" },
  windowEndsAt: "2021-12-29T22:59:00.000Z" as Instant,
  knownBy: "2021-12-30T22:59:00.000Z" as Instant,
  comeAt: "2021-12-30T22:59:00.000Z" as Instant,
  pausedUntil: "2021-12-31T22:59:00.000Z" as Instant,
  campaign: "Œuvre de rappel, automne et hiver ".repeat(3).slice(0, 60),
};

const letterOf = (about: MessageKind, language: Language, more: Partial<LetterFacts> = {}) =>
  compose({ about, language, facts: { ...facts, ...more } });
const invitation = (language: Language, more?: Partial<LetterFacts>) =>
  letterOf("invitation", language, more);

it.each([
  ["https://evil.example/win", "https evil example win"],
  ["Win at evil.example", "Win at evil example"],
  ["me@t.co", "me t co"],
  ["An\u2028Pay here", "An Pay here"],
  ["J.P. d'Arc", "J.P. d'Arc"],
])("a name is no link in a letter: %s", (givenName, said) => {
  const { body, short } = letterOf("registered", "en", { givenName });
  expect(body.split("\n")[0]).toBe(`Hello ${said},`);
  expect(short.startsWith(`${said.slice(0, 20).trim()}: `)).toBe(true);
  expect(letterOf("registered", "en", { helperName: givenName }).body).toContain(`Hello ${said},`);
});

const keepsPlace = {
  fr: /gardez votre place/,
  nl: /behoudt uw plaats/,
  de: /behalten Ihren Platz/,
  en: /keep your place/,
};

describe.each(cases)("$about in $language", ({ language, about }) => {
  const letter = compose({ about, language, facts });
  const all = `${letter.subject}\n${letter.body}\n${letter.short}`;

  it("has no hole in it", () => {
    expect(all).not.toMatch(/undefined|null|NaN|\$\{|\{\{|\[object|Invalid Date/);
    expect(letter.subject).not.toBe("");
    expect(letter.subject).not.toContain("\n");
    expect(letter.body).toContain("Marie");
    expect(letter.short).toMatch(/^Marie: /);
  });

  it("F11: names no vaccine", () => {
    expect(all).not.toMatch(/pfizer|biontech|comirnaty|moderna|spikevax|astra|vaxzevria|janssen|johnson/i);
  });

  it("fits two segments of a text message, with the longest facts", () => {
    for (const each of [facts, widest]) {
      const places = septets(compose({ about, language, facts: each }).short);
      expect(places).toBeDefined();
      expect(places).toBeLessThanOrEqual(shortLimit);
    }
  });

  it("keeps a link in the body alone on its line", () => {
    for (const line of letter.body.split("\n")) if (line.includes(link)) expect(line).toBe(link);
  });
});

describe.each(Language.options)("what matters is said in %s", (language) => {
  it("F03: an invitation tells the end of its window as a time on the wall, cut to the minute", () => {
    const letter = invitation(language);
    for (const text of [letter.subject, letter.body, letter.short]) {
      expect(text).toContain("16:42");
      expect(text).not.toContain("16:43");
    }
  });

  it("tells winter time in winter", () => {
    expect(invitation(language, { windowEndsAt: "2021-12-06T14:42:00.000Z" as Instant }).short).toContain(
      "15:42",
    );
  });

  it("F07: an invitation says not to set out before answering, and what is not promised", () => {
    const { short, body } = invitation(language);
    const stay = { fr: /Ne (partez|vous mettez) pas encore/, nl: /Vertrek nog niet/ };
    const more = { de: /Fahren Sie (bitte )?noch nicht los/, en: /[Dd]o not set out yet/ };
    expect(short).toMatch({ ...stay, ...more }[language]);
    expect(body).toMatch({ ...stay, ...more }[language]);
    const unpromised = {
      fr: "ne l'est pas",
      nl: "niet beloven",
      de: "nicht versprechen",
      en: "not promised",
    };
    expect(body).toContain(unpromised[language]);
  });

  it("F04 F06: whoever was silent stays on the list, and nothing needs to be done", () => {
    const { body, short } = compose({ about: "lapsed", language, facts: { givenName: "Marie" } });
    const words = {
      fr: "Vous restez sur la liste et vous n'avez rien à faire.",
      nl: "U blijft op de lijst staan en u hoeft niets te doen.",
      de: "Sie bleiben auf der Liste und brauchen nichts zu tun.",
      en: "You stay on the list and there is nothing you need to do.",
    };
    expect(body).toContain(words[language]);
    expect(short).toContain(words[language]);
  });

  it("F06: where silence pauses, the letter says until when and brings the person back with one tap", () => {
    const paused = { ...person, pausedUntil: "2021-04-08T16:30:00.000Z" as Instant };
    const { body, short } = compose({ about: "lapsed", language, facts: paused });
    expect(body).toContain(link);
    expect(body).toContain("18:30");
    expect(short).toContain(link);
  });

  it("F16: a helper is greeted, and told whom it is about", () => {
    const { body, short } = invitation(language, { helperName: "Ludo" });
    expect(body.split("\n\n")[0]).toContain("Ludo");
    expect(body.split("\n\n")[1]).toContain("Marie");
    expect(short).toMatch(/^Marie: /);
  });

  it("a standby is told to answer and to stay, what is promised and what is not", () => {
    const { subject, body, short } = letterOf("standby", language);
    for (const text of [subject, body, short]) expect(text).toContain("16:42");
    for (const text of [body, short]) expect(text).toContain("17:55");
    const stay = { fr: /Ne (partez|vous mettez) pas/, nl: /Vertrek nog niet/, de: /noch nicht los/ };
    for (const text of [body, short]) expect(text).toMatch({ ...stay, en: /not set out yet/ }[language]);
    expect(body).toMatch(
      { fr: /ne l'est pas/, nl: /niet beloven/, de: /nicht versprechen/, en: /not promised/ }[language],
    );
    expect(body).toMatch(keepsPlace[language]);
    expect(body + short).toContain(link);
  });

  it("no dose is said to be kept for a standby, nor for whoever hears that a surplus is called off", () => {
    const kept = /réservée|gardée|vrijgehouden|vrijhielden|houden we|reserviert|kept for you|held for you/;
    expect(Object.values(invitation(language)).join()).toMatch(kept);
    for (const about of ["standby", "released", "revoked"] as const)
      expect(Object.values(letterOf(about, language)).join()).not.toMatch(kept);
  });

  it("a standby who will know only on another day is told which", () => {
    const { body, short } = letterOf("standby", language, { knownBy: "2021-04-07T15:55:00.000Z" as Instant });
    expect(body).toMatch(
      { fr: /mercredi 7 avril/, nl: /woensdag 7 april/, de: /Mittwoch/, en: /Wednesday/ }[language],
    );
    expect(short).toMatch(/0?7[/.]0?4/);
    expect(letterOf("standby", language).short).not.toMatch(/0?6[/.]0?4/);
  });

  it("F07: whoever is promised a dose may set out, and a standby who was not needed may not", () => {
    const { body, short } = letterOf("accepted", language);
    const go = {
      fr: /vous mettre en route/,
      nl: /mag nu vertrekken/,
      de: /jetzt losfahren/,
      en: /may set out now/,
    };
    for (const text of [body, short]) {
      expect(text).toMatch(go[language]);
      expect(text).toMatch(
        { fr: /une dose pour vous/, nl: /dosis voor u/, de: /Dosis für Sie/, en: /dose for you/ }[language],
      );
    }
    const released = letterOf("released", language);
    const stay = {
      fr: /Ne vous mettez pas/,
      nl: /Vertrek (alstublieft )?niet/,
      de: /nicht los/,
      en: /do not set out/,
    };
    for (const text of [released.body, released.short]) {
      expect(text).toMatch(stay[language]);
      expect(text).toMatch(keepsPlace[language]);
    }
  });

  it("explains a place by how many of each group were before, and the reader's own group as older", () => {
    const before = { "at-risk": 3, "65-plus": 9 };
    const told = explain({ place: 13, group: "65-plus", age: 71, before, policyVersion: 3 }, language);
    expect(told.match(/\d+/g)).toEqual(["13", "12", "3", "9", "65"]);
    const older = {
      fr: "(plus âgées que vous)",
      nl: "(ouder dan u)",
      de: "(älter als Sie)",
      en: "(older than you)",
    };
    expect(told).toContain(`${older[language]}.`);
    expect(told).not.toMatch(/at-risk|65-plus/);
  });

  it("explains a place alone where it may not tell who was before", () => {
    const told = explain({ place: 2, group: "65-plus", age: 71, policyVersion: 3 }, language);
    expect(told.match(/\d+/g)).toEqual(["2"]);
  });

  it("explains one person as one, and a group that has no words as the authority named it", () => {
    const explained = (before: Reason["before"]) =>
      explain({ place: 2, group: "65-plus", age: 71, before, policyVersion: 1 }, language);
    const one = { fr: "1 personne avant", nl: "was 1 persoon", de: "war 1 Person", en: "1 person was" };
    expect(explained({ "65-plus": 1 })).toContain(one[language]);
    expect(explained({ "65-plus": 1 })).not.toContain("âgées");
    expect(explained({ "under-65": 4 })).not.toContain("under-65");
    expect(explained({ "Quartier Nord": 4 })).toContain("Quartier Nord");
  });
});

it("explains in the words of the contract", () => {
  const reason: Reason = { place: 13, group: "under-65", age: 41, policyVersion: 3 };
  expect(explain({ ...reason, before: { "at-risk": 3, "65-plus": 9 } }, "en")).toBe(
    "You are number 13: 12 people were before you: 9 aged 65+, 3 at risk.",
  );
  expect(explain(reason, "en")).toBe("You are number 13 in the order.");
});

it("throws rather than write a letter with a hole", () => {
  const hollow = () => compose({ about: "invitation", language: "nl", facts: { givenName: "Marie" } });
  expect(hollow).toThrow("which is not given");
});

describe("a text message's alphabet", () => {
  it("spells what it lacks as near as it can", () => {
    expect(spell("Grâce-Hollogne, Noël, Łukasz, cœur, d’Ça")).toBe(
      "Grace-Hollogne, Noel, Lukasz, coeur, d'Ça",
    );
  });

  it("leaves out a name that it cannot spell", () => {
    const { short, body } = invitation("en", { givenName: "Дмитрий" });
    expect(short).toMatch(/^A dose/);
    expect(body).toContain("Дмитрий");
  });

  it("can send whatever was spelt", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => septets(spell(text)) !== undefined));
  });
});
