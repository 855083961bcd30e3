import type { Language } from "../../schema/primitives.ts";

export type AnswerWords = {
  name: string;
  title: string;
  loading: string;
  /** Before the name of the centre. */
  doseAt: string;
  comeBefore: string;
  timeLeft: string;
  notYet: string;
  yes: string;
  no: string;
  accepted: string;
  expected: string;
  bring: string;
  declined: string;
  lapsed: string;
  gone: string;
  onList: string;
  noToken: string;
  overloaded: string;
  offline: string;
  again: string;
};

/** In the order in which they are offered. */
export const languages = ["fr", "nl", "de", "en"] as const satisfies Language[];
export const isLanguage = (text: unknown): text is Language => languages.some((each) => each === text);

/* As the letters say it: who did not answer, or says no, stays on the list (F04, F06); nobody travels first (F07). */
export const answerWords: Record<Language, AnswerWords> = {
  fr: {
    name: "Français",
    title: "Une dose vous est réservée",
    loading: "Un instant…",
    doseAt: "Centre de vaccination",
    comeBefore: "Venez avant",
    timeLeft: "Temps pour répondre",
    notYet: "Ne partez pas encore : répondez d’abord.",
    yes: "Oui, je viens",
    no: "Non, pas cette fois",
    accepted: "C’est noté : la dose est pour vous.",
    expected: "On vous attend",
    bring: "Apportez votre carte d’identité.",
    declined: "Merci d’avoir répondu. La dose va à la personne suivante.",
    lapsed: "Le temps pour répondre est passé. La dose est allée à la personne suivante.",
    gone: "Cette dose n’est plus disponible. Ne vous rendez pas au centre.",
    onList: "Vous restez sur la liste et vous n’avez rien à faire.",
    noToken: "Ce lien n’est pas valable. Ouvrez-le tel qu’il est dans le message que vous avez reçu.",
    overloaded: "Un problème est survenu de notre côté. Réessayez dans un instant.",
    offline: "Pas de connexion : votre réponse n’est peut-être pas arrivée.",
    again: "Réessayer",
  },
  nl: {
    name: "Nederlands",
    title: "Er is een dosis voor u",
    loading: "Een ogenblik…",
    doseAt: "Vaccinatiecentrum",
    comeBefore: "Kom vóór",
    timeLeft: "Tijd om te antwoorden",
    notYet: "Vertrek nog niet: antwoord eerst.",
    yes: "Ja, ik kom",
    no: "Nee, deze keer niet",
    accepted: "Genoteerd: de dosis is voor u.",
    expected: "We verwachten u",
    bring: "Breng uw identiteitskaart mee.",
    declined: "Bedankt voor uw antwoord. De dosis gaat naar de volgende persoon.",
    lapsed: "De tijd om te antwoorden is voorbij. De dosis ging naar de volgende persoon.",
    gone: "Deze dosis is niet meer beschikbaar. Ga niet naar het centrum.",
    onList: "U blijft op de lijst en hoeft niets te doen.",
    noToken: "Deze link is niet geldig. Open hem zoals hij in het bericht staat dat u kreeg.",
    overloaded: "Er ging bij ons iets mis. Probeer het zo meteen opnieuw.",
    offline: "Geen verbinding: uw antwoord is misschien niet aangekomen.",
    again: "Opnieuw proberen",
  },
  de: {
    name: "Deutsch",
    title: "Eine Dosis ist für Sie reserviert",
    loading: "Einen Augenblick…",
    doseAt: "Impfzentrum",
    comeBefore: "Kommen Sie vor",
    timeLeft: "Zeit zum Antworten",
    notYet: "Fahren Sie noch nicht los: Antworten Sie zuerst.",
    yes: "Ja, ich komme",
    no: "Nein, diesmal nicht",
    accepted: "Notiert: Die Dosis ist für Sie.",
    expected: "Wir erwarten Sie",
    bring: "Bringen Sie Ihren Personalausweis mit.",
    declined: "Danke für Ihre Antwort. Die Dosis geht an die nächste Person.",
    lapsed: "Die Zeit zum Antworten ist vorbei. Die Dosis ging an die nächste Person.",
    gone: "Diese Dosis ist nicht mehr verfügbar. Gehen Sie nicht zum Zentrum.",
    onList: "Sie bleiben auf der Liste und müssen nichts tun.",
    noToken: "Dieser Link ist nicht gültig. Öffnen Sie ihn so, wie er in Ihrer Nachricht steht.",
    overloaded: "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
    offline: "Keine Verbindung: Ihre Antwort ist vielleicht nicht angekommen.",
    again: "Noch einmal versuchen",
  },
  en: {
    name: "English",
    title: "A dose is held for you",
    loading: "One moment…",
    doseAt: "Vaccination centre",
    comeBefore: "Come before",
    timeLeft: "Time to answer",
    notYet: "Do not set out yet: answer first.",
    yes: "Yes, I will come",
    no: "No, not this time",
    accepted: "Noted: the dose is yours.",
    expected: "You are expected",
    bring: "Bring your identity card.",
    declined: "Thank you for answering. The dose goes to the next person.",
    lapsed: "The time to answer is over. The dose went to the next person.",
    gone: "This dose is no longer available. Do not go to the centre.",
    onList: "You stay on the list and need not do anything.",
    noToken: "This link is not valid. Open it as it stands in the message that you were sent.",
    overloaded: "Something went wrong on our side. Try again in a moment.",
    offline: "No connection: your answer may not have arrived.",
    again: "Try again",
  },
};
