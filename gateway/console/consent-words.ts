import type { Language } from "../../schema/primitives.ts";

/** What the page says on which somebody consents, as Belgians of each language write it. */
export type ConsentWords = {
  title: string;
  question: string;
  why: string;
  /** Before the version of the text. */
  text: string;
  yes: string;
  /** Where silence and a no are not the same. */
  no?: string;
  declined?: string;
  silence: string;
  given: string;
  over: string;
  noToken: string;
  again: string;
  failed: string;
  /** Where no script runs: what is asked instead, and the button under it. */
  paste: string;
  goOn: string;
};

export const consentWords: Record<Language, ConsentWords> = {
  fr: {
    title: "Votre accord",
    question: "Votre inscription peut-elle suivre votre centre ?",
    why: "Votre centre de vaccination change de système. Tout ce que vous aviez rempli est déjà là : rien n'est à refaire.",
    text: "Texte de l'accord, version",
    yes: "Oui, je suis d'accord",
    silence:
      "Vous préférez ne rien faire ? Rien ne change : vous restez sur la liste, et nous vous écrirons nous-mêmes.",
    given: "C'est noté, merci. Vous n'avez plus rien à faire.",
    over: "Cette inscription n'est plus sur la liste : il n'y a rien à décider.",
    noToken: "Ce lien n'est plus valable. Vous pouvez en demander un autre à la page d'accueil.",
    again: "Réessayer",
    failed: "Cela n'a pas pu être enregistré. Rien n'est perdu : réessayez dans un instant.",
    paste: "Collez ici le lien de notre message :",
    goOn: "Continuer",
  },
  nl: {
    title: "Uw toestemming",
    question: "Mag uw inschrijving met uw centrum mee?",
    why: "Uw vaccinatiecentrum verandert van systeem. Alles wat u had ingevuld, staat er al: u hoeft niets opnieuw te doen.",
    text: "Tekst van de toestemming, versie",
    yes: "Ja, dat mag",
    silence: "Doet u liever niets? Dan verandert er niets: u blijft op de lijst en wij schrijven u zelf.",
    given: "Genoteerd, dank u. U hoeft niets meer te doen.",
    over: "Deze inschrijving staat niet meer op de lijst: er valt niets te beslissen.",
    noToken: "Deze link geldt niet meer. Op de startpagina kunt u een nieuwe vragen.",
    again: "Opnieuw proberen",
    failed: "Dat kon niet worden bewaard. Er is niets verloren: probeer het zo dadelijk opnieuw.",
    paste: "Plak hier de link uit ons bericht:",
    goOn: "Verder",
  },
  de: {
    title: "Ihre Einwilligung",
    question: "Darf Ihre Eintragung mit Ihrem Zentrum umziehen?",
    why: "Ihr Impfzentrum wechselt das System. Alles, was Sie ausgefüllt hatten, ist schon da: Sie brauchen nichts zu wiederholen.",
    text: "Text der Einwilligung, Fassung",
    yes: "Ja, einverstanden",
    silence:
      "Sie möchten nichts tun? Dann ändert sich nichts: Sie bleiben auf der Liste, und wir schreiben Ihnen selbst.",
    given: "Notiert, danke. Sie brauchen nichts mehr zu tun.",
    over: "Diese Eintragung steht nicht mehr auf der Liste: Es gibt nichts zu entscheiden.",
    noToken: "Dieser Link gilt nicht mehr. Auf der Startseite können Sie einen neuen anfordern.",
    again: "Nochmals versuchen",
    failed:
      "Das konnte nicht gespeichert werden. Es ist nichts verloren: Versuchen Sie es gleich noch einmal.",
    paste: "Fügen Sie hier den Link aus unserer Nachricht ein:",
    goOn: "Weiter",
  },
  en: {
    title: "Your consent",
    question: "May your registration move with your centre?",
    why: "Your vaccination centre is changing its system. All that you had filled in is there already: there is nothing to do again.",
    text: "Text of the consent, version",
    yes: "Yes, I agree",
    silence:
      "You would rather do nothing? Then nothing changes: you stay on the list, and we write to you ourselves.",
    given: "Noted, thank you. There is nothing more to do.",
    over: "This registration is no longer on the list: there is nothing to decide.",
    noToken: "This link is no longer valid. You can ask for another on the first page.",
    again: "Try again",
    failed: "That could not be stored. Nothing is lost: try again in a moment.",
    paste: "Paste the link of our message here:",
    goOn: "Continue",
  },
};
