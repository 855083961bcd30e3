import type { Language } from "../../schema/primitives.ts";

export type AnswerWords = {
  name: string;
  /** Of the window, whatever the page shows. */
  title: string;
  loading: string;
  /** Before the name of the centre. */
  doseAt: string;
  comeBefore: string;
  timeLeft: string;
  again: string;
  onList: string;
  keepsPlace: string;
  /** A dose is held for this person alone. */
  held: string;
  notYet: string;
  yes: string;
  no: string;
  /** A standby is asked; nothing here may sound as though a dose were theirs. */
  maybe: string;
  maybeNotice: string;
  comeBeforeIf: string;
  knownByIfYes: string;
  yesMaybe: string;
  /** Said yes, and stands by. */
  ready: string;
  readyNotice: string;
  knownBy: string;
  reloads: string;
  cannot: string;
  accepted: string;
  expected: string;
  bring: string;
  /** May still let go of the dose that is promised to them. */
  cannotCome: string;
  cannotComeNotice: string;
  cancelNow: string;
  /** The booking system refused. The same whoever reads it and whatever its reason: no stranger learns it (F20). */
  refused: string;
  refusedNotice: string;
  keepsUnlessDosed: string;
  cancelled: string;
  past: string;
  declined: string;
  lapsed: string;
  lapsedNotice: string;
  /** Was silent, and may still stand by. */
  late: string;
  yesStill: string;
  released: string;
  releasedNotice: string;
  gone: string;
  noToken: string;
  overloaded: string;
  offline: string;
};

/** In the order in which they are offered. */
export const languages = ["fr", "nl", "de", "en"] as const satisfies Language[];
export const isLanguage = (text: unknown): text is Language => languages.some((each) => each === text);

/* As the letters say it: who did not answer, or says no, stays on the list (F04, F06); nobody travels first (F07). */
export const answerWords: Record<Language, AnswerWords> = {
  fr: {
    name: "Français",
    title: "Votre invitation",
    loading: "Un instant…",
    doseAt: "Centre de vaccination",
    comeBefore: "Venez avant",
    timeLeft: "Temps pour répondre",
    again: "Réessayer",
    onList: "Vous restez sur la liste et vous n’avez rien à faire.",
    keepsPlace: "Vous gardez votre place sur la liste et vous n’avez rien à faire.",
    held: "Une dose vous est réservée",
    notYet: "Ne partez pas encore : répondez d’abord.",
    yes: "Oui, je viens",
    no: "Non, pas cette fois",
    maybe: "Une dose pourrait se libérer pour vous",
    maybeNotice:
      "Rien n’est sûr : quelqu’un placé avant vous peut encore prendre la dose. Ne partez pas, même après un oui : attendez notre message.",
    comeBeforeIf: "Vous devriez être là avant",
    knownByIfYes: "Si vous dites oui, vous saurez au plus tard",
    yesMaybe: "Oui, je viendrais",
    ready: "C’est noté, merci",
    readyNotice:
      "Vous êtes en attente : si une dose se libère, nous vous disons à quelle heure venir. Ne partez pas encore.",
    knownBy: "Vous saurez au plus tard",
    reloads: "Cette page se met à jour toute seule. Quoi qu’il arrive, vous gardez votre place sur la liste.",
    cannot: "Non, je ne peux plus venir",
    accepted: "Il y a une dose pour vous",
    expected: "On vous attend",
    bring: "Vous pouvez vous mettre en route. Apportez votre carte d’identité.",
    refused: "Votre rendez-vous n’a pas pu être pris",
    refusedNotice:
      "Le système de rendez-vous du centre ne l’a pas accepté, et la dose va à la personne suivante. Ne vous rendez pas au centre, et faites demi-tour si vous êtes en chemin.",
    keepsUnlessDosed:
      "Sauf si vous avez déjà reçu votre dose, vous gardez votre place sur la liste et vous n’avez rien à faire. Nous sommes désolés.",
    cancelled:
      "Votre rendez-vous est annulé. La dose peut aller à quelqu’un d’autre ; ne vous rendez pas au centre.",
    past: "Ce rendez-vous est passé.",
    cannotCome: "Je ne peux finalement pas venir",
    cannotComeNotice:
      "La dose va tout de suite à la personne suivante, et vous restez sur la liste. Cela ne peut pas être annulé.",
    cancelNow: "Annuler mon rendez-vous",
    declined: "Merci d’avoir répondu : la dose pourra aller à quelqu’un d’autre.",
    lapsed: "Le temps pour répondre est passé",
    lapsedNotice: "Ne vous rendez pas au centre : aucune dose ne vous y attend.",
    late: "Vous voudriez encore venir ? Dites-le : une dose peut encore se libérer. Ne partez pas, attendez notre message.",
    yesStill: "Oui, je viendrais encore",
    released: "Toutes les doses ont trouvé quelqu’un",
    releasedNotice: "Ne vous rendez pas au centre. Merci d’avoir été prêt(e) à venir.",
    gone: "Cette dose n’est plus disponible. Ne vous rendez pas au centre.",
    noToken: "Ce lien n’est pas valable. Ouvrez-le tel qu’il est dans le message que vous avez reçu.",
    overloaded: "Un problème est survenu de notre côté. Réessayez dans un instant.",
    offline: "Pas de connexion : votre réponse n’est peut-être pas arrivée.",
  },
  nl: {
    name: "Nederlands",
    title: "Uw uitnodiging",
    loading: "Een ogenblik…",
    doseAt: "Vaccinatiecentrum",
    comeBefore: "Kom vóór",
    timeLeft: "Tijd om te antwoorden",
    again: "Opnieuw proberen",
    onList: "U blijft op de lijst en hoeft niets te doen.",
    keepsPlace: "U behoudt uw plaats op de lijst en u hoeft niets te doen.",
    held: "We houden een dosis voor u vrij",
    notYet: "Vertrek nog niet: antwoord eerst.",
    yes: "Ja, ik kom",
    no: "Nee, deze keer niet",
    maybe: "Misschien komt er een dosis vrij voor u",
    maybeNotice:
      "Niets is zeker: wie vóór u staat, kan de dosis nog nemen. Vertrek nog niet, ook niet na een ja: wacht op ons bericht.",
    comeBeforeIf: "U zou er moeten zijn vóór",
    knownByIfYes: "Zegt u ja, dan weet u het uiterlijk",
    yesMaybe: "Ja, ik zou komen",
    ready: "Genoteerd, dank u wel",
    readyNotice:
      "U staat klaar: komt er een dosis vrij, dan laten we weten hoe laat u mag komen. Vertrek nog niet.",
    knownBy: "U weet het uiterlijk",
    reloads: "Deze pagina wordt vanzelf bijgewerkt. Wat er ook gebeurt, u behoudt uw plaats op de lijst.",
    cannot: "Nee, ik kan toch niet komen",
    accepted: "Er is een dosis voor u",
    expected: "We verwachten u",
    bring: "U mag vertrekken. Breng uw identiteitskaart mee.",
    refused: "Uw afspraak kon niet worden gemaakt",
    refusedNotice:
      "Het afsprakensysteem van het centrum heeft ze niet aanvaard, en de dosis gaat naar de volgende persoon. Ga niet naar het centrum, en keer terug als u al onderweg bent.",
    keepsUnlessDosed:
      "Tenzij u uw dosis al kreeg, behoudt u uw plaats op de lijst en hoeft u niets te doen. Onze excuses.",
    cancelled: "Uw afspraak is geannuleerd. De dosis kan naar iemand anders gaan; ga niet naar het centrum.",
    past: "Deze afspraak is voorbij.",
    cannotCome: "Ik kan toch niet komen",
    cannotComeNotice:
      "De dosis gaat meteen naar de volgende persoon, en u blijft op de lijst. Dit kan niet ongedaan worden gemaakt.",
    cancelNow: "Mijn afspraak annuleren",
    declined: "Bedankt voor uw antwoord: zo kan de dosis naar iemand anders gaan.",
    lapsed: "De tijd om te antwoorden is voorbij",
    lapsedNotice: "Ga niet naar het centrum: er ligt geen dosis voor u klaar.",
    late: "Wilt u toch nog komen? Laat het ons weten: er kan nog een dosis vrijkomen. Vertrek nog niet en wacht op ons bericht.",
    yesStill: "Ja, ik zou nog komen",
    released: "Elke dosis heeft iemand gevonden",
    releasedNotice: "Ga niet naar het centrum. Bedankt dat u klaarstond.",
    gone: "Deze dosis is niet meer beschikbaar. Ga niet naar het centrum.",
    noToken: "Deze link is niet geldig. Open hem zoals hij in het bericht staat dat u kreeg.",
    overloaded: "Er ging bij ons iets mis. Probeer het zo meteen opnieuw.",
    offline: "Geen verbinding: uw antwoord is misschien niet aangekomen.",
  },
  de: {
    name: "Deutsch",
    title: "Ihre Einladung",
    loading: "Einen Augenblick…",
    doseAt: "Impfzentrum",
    comeBefore: "Kommen Sie vor",
    timeLeft: "Zeit zum Antworten",
    again: "Noch einmal versuchen",
    onList: "Sie bleiben auf der Liste und müssen nichts tun.",
    keepsPlace: "Sie behalten Ihren Platz auf der Liste und müssen nichts tun.",
    held: "Eine Dosis ist für Sie reserviert",
    notYet: "Fahren Sie noch nicht los: Antworten Sie zuerst.",
    yes: "Ja, ich komme",
    no: "Nein, diesmal nicht",
    maybe: "Vielleicht wird eine Dosis für Sie frei",
    maybeNotice:
      "Sicher ist das nicht: Wer vor Ihnen steht, kann die Dosis noch nehmen. Fahren Sie nicht los, auch nicht nach einem Ja: Warten Sie auf unsere Nachricht.",
    comeBeforeIf: "Sie müssten da sein vor",
    knownByIfYes: "Wenn Sie Ja sagen, wissen Sie es spätestens",
    yesMaybe: "Ja, ich würde kommen",
    ready: "Notiert, vielen Dank",
    readyNotice:
      "Sie halten sich bereit: Wird eine Dosis frei, sagen wir Ihnen, um wie viel Uhr Sie kommen können. Fahren Sie noch nicht los.",
    knownBy: "Sie wissen es spätestens",
    reloads:
      "Diese Seite aktualisiert sich von selbst. Was auch geschieht: Sie behalten Ihren Platz auf der Liste.",
    cannot: "Nein, ich kann doch nicht kommen",
    accepted: "Es gibt eine Dosis für Sie",
    expected: "Wir erwarten Sie",
    bring: "Sie können losfahren. Bringen Sie Ihren Personalausweis mit.",
    refused: "Ihr Termin kam nicht zustande",
    refusedNotice:
      "Das Terminsystem des Zentrums hat ihn nicht angenommen, und die Dosis geht an die nächste Person. Fahren Sie nicht zum Zentrum, und kehren Sie um, wenn Sie unterwegs sind.",
    keepsUnlessDosed:
      "Falls Sie Ihre Dosis nicht schon bekommen haben, behalten Sie Ihren Platz auf der Liste und müssen nichts tun. Es tut uns leid.",
    cancelled:
      "Ihr Termin ist abgesagt. Die Dosis kann an jemand anderen gehen; fahren Sie nicht zum Zentrum.",
    past: "Dieser Termin ist vorbei.",
    cannotCome: "Ich kann doch nicht kommen",
    cannotComeNotice:
      "Die Dosis geht sofort an die nächste Person, und Sie bleiben auf der Liste. Das lässt sich nicht rückgängig machen.",
    cancelNow: "Meinen Termin absagen",
    declined: "Danke für Ihre Antwort: So kann die Dosis an jemand anderen gehen.",
    lapsed: "Die Zeit zum Antworten ist vorbei",
    lapsedNotice: "Fahren Sie nicht zum Zentrum: Dort wartet keine Dosis auf Sie.",
    late: "Möchten Sie doch noch kommen? Sagen Sie es uns: Es kann noch eine Dosis frei werden. Fahren Sie noch nicht los und warten Sie auf unsere Nachricht.",
    yesStill: "Ja, ich würde noch kommen",
    released: "Jede Dosis hat jemanden gefunden",
    releasedNotice: "Fahren Sie nicht zum Zentrum. Danke, dass Sie sich bereitgehalten haben.",
    gone: "Diese Dosis ist nicht mehr verfügbar. Gehen Sie nicht zum Zentrum.",
    noToken: "Dieser Link ist nicht gültig. Öffnen Sie ihn so, wie er in Ihrer Nachricht steht.",
    overloaded: "Bei uns ist etwas schiefgegangen. Versuchen Sie es gleich noch einmal.",
    offline: "Keine Verbindung: Ihre Antwort ist vielleicht nicht angekommen.",
  },
  en: {
    name: "English",
    title: "Your invitation",
    loading: "One moment…",
    doseAt: "Vaccination centre",
    comeBefore: "Come before",
    timeLeft: "Time to answer",
    again: "Try again",
    onList: "You stay on the list and need not do anything.",
    keepsPlace: "You keep your place on the list and need not do anything.",
    held: "A dose is held for you",
    notYet: "Do not set out yet: answer first.",
    yes: "Yes, I will come",
    no: "No, not this time",
    maybe: "A dose may come free for you",
    maybeNotice:
      "Nothing is certain: whoever stands above you may still take the dose. Do not set out yet, not even after a yes: wait for our message.",
    comeBeforeIf: "You would have to be there before",
    knownByIfYes: "If you say yes, you will know by",
    yesMaybe: "Yes, I would come",
    ready: "Noted, thank you",
    readyNotice:
      "You are standing by: if a dose comes free, we tell you at what time to come. Do not set out yet.",
    knownBy: "You will know by",
    reloads: "This page keeps itself up to date. Whatever happens, you keep your place on the list.",
    cannot: "No, I cannot come any more",
    accepted: "There is a dose for you",
    expected: "You are expected",
    bring: "You may set out now. Bring your identity card.",
    refused: "Your appointment could not be made",
    refusedNotice:
      "The booking system of the centre did not take it, and the dose goes to the next person. Do not go to the centre, and turn back if you are on your way.",
    keepsUnlessDosed:
      "Unless you have had your dose, you keep your place on the list and need not do anything. We are sorry.",
    cancelled: "Your appointment is cancelled. The dose can go to somebody else; do not go to the centre.",
    past: "This appointment is over.",
    cannotCome: "I cannot come after all",
    cannotComeNotice:
      "The dose goes to the next person at once, and you stay on the list. This cannot be undone.",
    cancelNow: "Cancel my appointment",
    declined: "Thank you for answering: the dose can now go to somebody else.",
    lapsed: "The time to answer is over",
    lapsedNotice: "Do not go to the centre: no dose is waiting for you there.",
    late: "Would you still come? Tell us: a dose may still come free. Do not set out yet, and wait for our message.",
    yesStill: "Yes, I would still come",
    released: "Every dose found its person",
    releasedNotice: "Do not go to the centre. Thank you for being ready to come.",
    gone: "This dose is no longer available. Do not go to the centre.",
    noToken: "This link is not valid. Open it as it stands in the message that you were sent.",
    overloaded: "Something went wrong on our side. Try again in a moment.",
    offline: "No connection: your answer may not have arrived.",
  },
};
