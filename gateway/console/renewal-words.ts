import type { Language } from "../../schema/primitives.ts";
import { type ConsentWords, consentWords } from "./consent-words.ts";

const { fr, nl, de, en } = consentWords;

/** What the page says on which somebody comes along into a new campaign. */
export const renewalWords: Record<Language, ConsentWords> = {
  fr: {
    ...fr,
    title: "Une nouvelle campagne",
    question: "Voulez-vous être sur la liste de la nouvelle campagne ?",
    why: "Tout ce que vous aviez rempli pour la précédente est repris : rien n'est à refaire.",
    yes: "Oui, je veux en être",
    no: "Non merci",
    silence:
      "Vous préférez ne rien faire ? Vous n'y êtes pas inscrit(e), et rien n'est conservé pour cette campagne.",
    given: "C'est noté, merci : vous êtes sur la liste. Vous n'avez plus rien à faire.",
    declined: "C'est noté : vous n'êtes pas sur la liste de cette campagne.",
    over: "Il n'y a plus rien à décider : cette campagne est terminée, ou vous avez quitté la liste.",
    noToken: "Ce lien n'est plus valable.",
  },
  nl: {
    ...nl,
    title: "Een nieuwe campagne",
    question: "Wilt u op de lijst van de nieuwe campagne?",
    why: "Alles wat u voor de vorige had ingevuld, gaat mee: u hoeft niets opnieuw te doen.",
    yes: "Ja, ik doe mee",
    no: "Nee, dank u",
    silence: "Doet u liever niets? Dan bent u niet ingeschreven en bewaren we voor deze campagne niets.",
    given: "Genoteerd, dank u: u staat op de lijst. U hoeft niets meer te doen.",
    declined: "Genoteerd: u staat niet op de lijst van deze campagne.",
    over: "Er valt niets meer te beslissen: deze campagne is voorbij, of u hebt de lijst verlaten.",
    noToken: "Deze link geldt niet meer.",
  },
  de: {
    ...de,
    title: "Eine neue Kampagne",
    question: "Möchten Sie auf die Liste der neuen Kampagne?",
    why: "Alles, was Sie für die vorige ausgefüllt hatten, wird übernommen: Sie brauchen nichts zu wiederholen.",
    yes: "Ja, ich bin dabei",
    no: "Nein, danke",
    silence:
      "Sie möchten nichts tun? Dann sind Sie nicht eingetragen, und für diese Kampagne wird nichts aufbewahrt.",
    given: "Notiert, danke: Sie stehen auf der Liste. Sie brauchen nichts mehr zu tun.",
    declined: "Notiert: Sie stehen nicht auf der Liste dieser Kampagne.",
    over: "Es gibt nichts mehr zu entscheiden: Diese Kampagne ist vorbei, oder Sie haben die Liste verlassen.",
    noToken: "Dieser Link gilt nicht mehr.",
  },
  en: {
    ...en,
    title: "A new campaign",
    question: "Would you like to be on the list of the new campaign?",
    why: "All that you had filled in for the one before comes along: there is nothing to do again.",
    yes: "Yes, I am in",
    no: "No, thank you",
    silence:
      "You would rather do nothing? Then you are not registered, and nothing is kept for this campaign.",
    given: "Noted, thank you: you are on the list. There is nothing more to do.",
    declined: "Noted: you are not on the list of this campaign.",
    over: "There is nothing left to decide: this campaign is over, or you have left the list.",
    noToken: "This link is no longer valid.",
  },
};
