import type { Language } from "../../schema/primitives.ts";

/** What the page says on which somebody reads what is registered of them, as Belgians of each language write it. */
export type MineWords = {
  title: string;
  /** Why the birth date is asked. */
  why: string;
  link: string;
  birthDate: string;
  postcode: string;
  postcodeHint: string;
  show: string;
  wrong: string;
  /** `{n}`: minutes. */
  spent: string;
  /** Nobody is kept from their dose by what they cannot remember. */
  answering: string;
  noToken: string;
  failed: string;
  fresh: string;
  contact: string;
  send: string;
  sent: string;
  whyAsked: string;
  name: string;
  reached: string;
  until: string;
};

export const mineWords: Record<Language, MineWords> = {
  fr: {
    title: "Vos données",
    why: "Pour que personne d’autre ne lise vos données, dites-nous aussi votre date de naissance.",
    link: "Le lien de notre message",
    birthDate: "Date de naissance",
    postcode: "Code postal",
    postcodeHint: "Seulement si le centre vous a inscrit(e) lui-même.",
    show: "Voir mes données",
    wrong: "Cela ne correspond pas à ce qui a été inscrit. Vérifiez, puis réessayez.",
    spent: "Trop d’essais avec ce lien : réessayez dans {n} minutes, ou demandez un nouveau lien ci-dessous.",
    answering: "Vous pouvez toujours répondre à une invitation : son lien suffit.",
    noToken: "Ce lien n’est plus valable. Demandez-en un nouveau ci-dessous.",
    failed: "Cela n’a pas fonctionné. Réessayez dans un instant.",
    fresh: "Un nouveau lien",
    contact: "E-mail ou numéro de GSM inscrit",
    send: "Envoyer un nouveau lien",
    sent: "Si quelqu’un est inscrit à cette adresse, un nouveau lien y arrive dans quelques minutes.",
    whyAsked: "Pourquoi vous ?",
    name: "Nom",
    reached: "Nous vous écrivons à",
    until: "Cette page n’est gardée nulle part. Fermez-la quand vous avez fini.",
  },
  nl: {
    title: "Uw gegevens",
    why: "Zodat niemand anders uw gegevens leest, vragen we ook uw geboortedatum.",
    link: "De link uit ons bericht",
    birthDate: "Geboortedatum",
    postcode: "Postcode",
    postcodeHint: "Alleen als het centrum u zelf heeft ingeschreven.",
    show: "Mijn gegevens bekijken",
    wrong: "Dat komt niet overeen met wat is ingeschreven. Kijk het na en probeer opnieuw.",
    spent:
      "Te veel pogingen met deze link: probeer over {n} minuten opnieuw, of vraag hieronder een nieuwe link.",
    answering: "Op een uitnodiging kunt u altijd antwoorden: daarvoor volstaat de link.",
    noToken: "Deze link geldt niet meer. Vraag hieronder een nieuwe.",
    failed: "Dat is niet gelukt. Probeer het zo meteen opnieuw.",
    fresh: "Een nieuwe link",
    contact: "Ingeschreven e-mailadres of gsm-nummer",
    send: "Nieuwe link sturen",
    sent: "Als er iemand met dit adres is ingeschreven, komt daar over enkele minuten een nieuwe link aan.",
    whyAsked: "Waarom u?",
    name: "Naam",
    reached: "We schrijven u op",
    until: "Deze pagina wordt nergens bewaard. Sluit ze als u klaar bent.",
  },
  de: {
    title: "Ihre Angaben",
    why: "Damit niemand sonst Ihre Angaben liest, fragen wir auch nach Ihrem Geburtsdatum.",
    link: "Der Link aus unserer Nachricht",
    birthDate: "Geburtsdatum",
    postcode: "Postleitzahl",
    postcodeHint: "Nur wenn das Zentrum Sie selbst eingetragen hat.",
    show: "Meine Angaben ansehen",
    wrong: "Das stimmt nicht mit der Anmeldung überein. Prüfen Sie es und versuchen Sie es noch einmal.",
    spent:
      "Zu viele Versuche mit diesem Link: Versuchen Sie es in {n} Minuten wieder, oder fordern Sie unten einen neuen Link an.",
    answering: "Auf eine Einladung können Sie immer antworten: Dafür genügt ihr Link.",
    noToken: "Dieser Link gilt nicht mehr. Fordern Sie unten einen neuen an.",
    failed: "Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.",
    fresh: "Ein neuer Link",
    contact: "Angemeldete E-Mail-Adresse oder Handynummer",
    send: "Neuen Link senden",
    sent: "Falls jemand mit dieser Adresse angemeldet ist, kommt dort in wenigen Minuten ein neuer Link an.",
    whyAsked: "Warum Sie?",
    name: "Name",
    reached: "Wir schreiben Ihnen an",
    until: "Diese Seite wird nirgends aufbewahrt. Schließen Sie sie, wenn Sie fertig sind.",
  },
  en: {
    title: "Your details",
    why: "So that nobody else reads your details, we ask for your date of birth as well.",
    link: "The link of our message",
    birthDate: "Date of birth",
    postcode: "Postcode",
    postcodeHint: "Only if the centre itself registered you.",
    show: "Show my details",
    wrong: "That is not what was registered. Check it and try again.",
    spent: "Too many tries with this link: try again in {n} minutes, or ask for a new link below.",
    answering: "You can always answer an invitation: its link is enough.",
    noToken: "This link is no longer valid. Ask for a new one below.",
    failed: "That did not work. Try again in a moment.",
    fresh: "A new link",
    contact: "Registered e-mail address or mobile number",
    send: "Send a new link",
    sent: "If somebody is registered with this address, a new link arrives there in a few minutes.",
    whyAsked: "Why you?",
    name: "Name",
    reached: "We write to you at",
    until: "This page is kept nowhere. Close it when you are done.",
  },
};
