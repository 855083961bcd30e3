import type { ReceiptState } from "../../schema/erasure.ts";
import type { HeldField, HeldItem, PersonData } from "../../schema/held.ts";
import type { Language } from "../../schema/primitives.ts";

/** What the pages say on which people see what is held of them, take it along and have it erased. */
export type RightsWords = {
  title: string;
  intro: string;
  paste: string;
  goOn: string;
  held: string;
  fields: Record<HeldField, string>;
  from: Record<HeldItem["from"]["by"], string>;
  correct: Record<HeldItem["correct"], string>;
  decides: string;
  sentTo: string;
  nobody: string;
  what: Record<PersonData["sentTo"][number]["what"], string>;
  consents: string;
  history: string;
  /** `{left}`, `{closed}` and `{dose}` are numbers of days. */
  terms: string;
  download: string;
  correctOwn: string;
  correctWhy: string;
  names: Record<"givenName" | "familyName", string>;
  save: string;
  corrected: string;
  notCorrected: string;
  erase: string;
  eraseWhy: string;
  eraseYes: string;
  erased: string;
  keepLink: string;
  account: string;
  states: Record<ReceiptState, string>;
  things: Record<"list" | "booking" | "official", string>;
  keptUntil: string;
  noToken: string;
  failed: string;
};

const fr: RightsWords = {
  title: "Vos données",
  intro: "Voyez tout ce que nous gardons de vous, emportez-le ou faites-le effacer.",
  paste: "Collez ici le lien de notre message :",
  goOn: "Continuer",
  held: "Ce que nous gardons",
  fields: {
    ...{
      name: "Nom",
      birthDate: "Date de naissance",
      nationalNumber: "Numéro national",
      postcode: "Code postal",
    },
    ...{ email: "E-mail", mobile: "GSM", helper: "Personne qui vous aide", language: "Langue" },
    ...{ availability: "Disponibilités", centres: "Centres", vaccines: "Vaccins acceptés" },
    ...{ conditions: "Priorités déclarées", state: "État de l'inscription", registered: "Inscription" },
  },
  from: { person: "de vous", platform: "de la liste de", gateway: "de nous" },
  correct: {
    oneself: "vous pouvez le corriger vous-même",
    nobody: "c'est ce qui s'est passé",
  },
  decides: "votre place dans l'ordre en dépend : un changement est noté",
  sentTo: "À qui nous le transmettons",
  nobody: "À personne.",
  what: { list: "liste de réserve", booking: "rendez-vous", invitation: "invitation" },
  consents: "Votre accord",
  history: "Ce qui s'est passé",
  terms:
    "Nous le gardons tant que vous êtes sur la liste, puis {left} jours après votre départ, {closed} jours si plus personne ne doit vous appeler, et {dose} jours après une dose reçue ici, comme la loi le demande.",
  download: "Télécharger (JSON)",
  correctOwn: "Corriger qui vous êtes",
  correctWhy:
    "Remplissez seulement ce qui est faux. Votre place dans l'ordre suit de la date corrigée ; le centre regarde votre carte.",
  names: { givenName: "Prénom", familyName: "Nom de famille" },
  save: "Corriger",
  corrected: "C'est corrigé.",
  notCorrected:
    "Rien n'a été corrigé : la date et le numéro doivent exister, aller ensemble et convenir à cette région.",
  erase: "Tout effacer",
  eraseWhy:
    "Vous ne serez plus appelé, et une dose gardée pour vous va tout de suite à quelqu'un d'autre. Chaque plateforme doit confirmer qu'elle vous a oublié. Cela ne peut pas être annulé.",
  eraseYes: "Oui, effacer tout",
  erased: "C'est effacé ici. Voici qui l'a confirmé.",
  keepLink: "Gardez ce lien : lui seul montre plus tard qui a confirmé. Il ne contient rien de vous.",
  account: "Qui a confirmé",
  states: {
    waiting: "pas encore confirmé, nous redemandons",
    erased: "confirmé : tout y est effacé",
    "by-hand": "plus rien n'y court ; quelqu'un doit y faire effacer le reste",
    "done-by-hand": "effacé à la main",
    kept: "gardé par la loi",
  },
  things: { list: "inscription", booking: "rendez-vous", official: "invitation officielle" },
  keptUntil: "La loi garde votre nom, votre naissance, votre numéro et votre dose jusqu'au",
  noToken: "Ce lien n'est plus valable. Vous pouvez en demander un autre à la page d'accueil.",
  failed: "Cela n'a pas réussi. Rien n'est perdu : réessayez dans un instant.",
};

const nl: RightsWords = {
  title: "Uw gegevens",
  intro: "Bekijk alles wat wij over u bewaren, neem het mee of laat het wissen.",
  paste: "Plak hier de link uit ons bericht:",
  goOn: "Verder",
  held: "Wat wij bewaren",
  fields: {
    ...{
      name: "Naam",
      birthDate: "Geboortedatum",
      nationalNumber: "Rijksregisternummer",
      postcode: "Postcode",
    },
    ...{ email: "E-mail", mobile: "Gsm", helper: "Wie u helpt", language: "Taal" },
    ...{ availability: "Wanneer u kunt", centres: "Centra", vaccines: "Aanvaarde vaccins" },
    ...{ conditions: "Opgegeven voorrang", state: "Stand van de inschrijving", registered: "Ingeschreven" },
  },
  from: { person: "van u", platform: "van de lijst van", gateway: "van ons" },
  correct: {
    oneself: "u kunt het zelf verbeteren",
    nobody: "het is wat er gebeurd is",
  },
  decides: "uw plaats in de volgorde hangt ervan af: een wijziging wordt genoteerd",
  sentTo: "Aan wie wij het doorgeven",
  nobody: "Aan niemand.",
  what: { list: "reservelijst", booking: "afspraak", invitation: "uitnodiging" },
  consents: "Uw toestemming",
  history: "Wat er gebeurd is",
  terms:
    "Wij bewaren het zolang u op de lijst staat, dan nog {left} dagen na uw vertrek, {closed} dagen als niemand u nog hoeft op te roepen, en {dose} dagen na een dosis die u hier kreeg, zoals de wet het vraagt.",
  download: "Downloaden (JSON)",
  correctOwn: "Verbeteren wie u bent",
  correctWhy:
    "Vul alleen in wat fout is. Uw plaats in de volgorde volgt uit de verbeterde datum; het centrum bekijkt uw kaart.",
  names: { givenName: "Voornaam", familyName: "Familienaam" },
  save: "Verbeteren",
  corrected: "Het is verbeterd.",
  notCorrected:
    "Er is niets verbeterd: datum en nummer moeten bestaan, bij elkaar horen en in deze regio kunnen.",
  erase: "Alles wissen",
  eraseWhy:
    "U wordt niet meer opgeroepen, en een dosis die voor u bewaard wordt, gaat meteen naar iemand anders. Elk platform moet bevestigen dat het u vergeten is. Dit kan niet ongedaan worden gemaakt.",
  eraseYes: "Ja, alles wissen",
  erased: "Hier is het gewist. Dit heeft wie bevestigd.",
  keepLink: "Bewaar deze link: alleen daarmee ziet u later wie bevestigd heeft. Er staat niets van u in.",
  account: "Wie bevestigd heeft",
  states: {
    waiting: "nog niet bevestigd, wij vragen het opnieuw",
    erased: "bevestigd: alles is er gewist",
    "by-hand": "er loopt niets meer; iemand moet de rest daar laten wissen",
    "done-by-hand": "met de hand gewist",
    kept: "bewaard door de wet",
  },
  things: { list: "inschrijving", booking: "afspraak", official: "officiële uitnodiging" },
  keptUntil: "De wet bewaart uw naam, geboorte, nummer en dosis tot",
  noToken: "Deze link geldt niet meer. Op de startpagina kunt u een nieuwe vragen.",
  failed: "Dat is niet gelukt. Er is niets verloren: probeer het zo dadelijk opnieuw.",
};

const de: RightsWords = {
  title: "Ihre Daten",
  intro: "Sehen Sie alles, was wir von Ihnen aufbewahren, nehmen Sie es mit oder lassen Sie es löschen.",
  paste: "Fügen Sie hier den Link aus unserer Nachricht ein:",
  goOn: "Weiter",
  held: "Was wir aufbewahren",
  fields: {
    ...{
      name: "Name",
      birthDate: "Geburtsdatum",
      nationalNumber: "Nationalregisternummer",
      postcode: "Postleitzahl",
    },
    ...{ email: "E-Mail", mobile: "Handy", helper: "Wer Ihnen hilft", language: "Sprache" },
    ...{ availability: "Wann Sie können", centres: "Zentren", vaccines: "Angenommene Impfstoffe" },
    ...{ conditions: "Angegebener Vorrang", state: "Stand der Eintragung", registered: "Eingetragen" },
  },
  from: { person: "von Ihnen", platform: "von der Liste von", gateway: "von uns" },
  correct: {
    oneself: "Sie können es selbst berichtigen",
    nobody: "so ist es geschehen",
  },
  decides: "Ihr Platz in der Reihenfolge hängt davon ab: Eine Änderung wird vermerkt",
  sentTo: "An wen wir es weitergeben",
  nobody: "An niemanden.",
  what: { list: "Reserveliste", booking: "Termin", invitation: "Einladung" },
  consents: "Ihre Einwilligung",
  history: "Was geschehen ist",
  terms:
    "Wir bewahren es auf, solange Sie auf der Liste stehen, dann {left} Tage nach Ihrem Austritt, {closed} Tage, wenn niemand Sie mehr rufen muss, und {dose} Tage nach einer Dosis, die Sie hier bekamen, wie das Gesetz es verlangt.",
  download: "Herunterladen (JSON)",
  correctOwn: "Berichtigen, wer Sie sind",
  correctWhy:
    "Füllen Sie nur aus, was falsch ist. Ihr Platz in der Reihenfolge folgt dem berichtigten Datum; das Zentrum sieht sich Ihren Ausweis an.",
  names: { givenName: "Vorname", familyName: "Familienname" },
  save: "Berichtigen",
  corrected: "Es ist berichtigt.",
  notCorrected:
    "Nichts wurde berichtigt: Datum und Nummer müssen stimmen, zueinander passen und in dieser Region möglich sein.",
  erase: "Alles löschen",
  eraseWhy:
    "Sie werden nicht mehr gerufen, und eine Dosis, die für Sie bereitliegt, geht sofort an jemand anderen. Jede Plattform muss bestätigen, dass sie Sie vergessen hat. Das lässt sich nicht rückgängig machen.",
  eraseYes: "Ja, alles löschen",
  erased: "Hier ist es gelöscht. Das hat wer bestätigt:",
  keepLink:
    "Bewahren Sie diesen Link auf: Nur er zeigt später, wer bestätigt hat. Er enthält nichts von Ihnen.",
  account: "Wer bestätigt hat",
  states: {
    waiting: "noch nicht bestätigt, wir fragen wieder",
    erased: "bestätigt: Dort ist alles gelöscht",
    "by-hand": "dort läuft nichts mehr; jemand muss den Rest löschen lassen",
    "done-by-hand": "von Hand gelöscht",
    kept: "vom Gesetz aufbewahrt",
  },
  things: { list: "Eintragung", booking: "Termin", official: "amtliche Einladung" },
  keptUntil: "Das Gesetz bewahrt Ihren Namen, Ihre Geburt, Ihre Nummer und Ihre Dosis auf bis zum",
  noToken: "Dieser Link gilt nicht mehr. Auf der Startseite können Sie einen neuen anfordern.",
  failed: "Das ist nicht gelungen. Es ist nichts verloren: Versuchen Sie es gleich noch einmal.",
};

const en: RightsWords = {
  title: "Your data",
  intro: "See all that we keep of you, take it along, or have it erased.",
  paste: "Paste the link of our message here:",
  goOn: "Continue",
  held: "What we keep",
  fields: {
    ...{ name: "Name", birthDate: "Date of birth", nationalNumber: "National number", postcode: "Postcode" },
    ...{ email: "E-mail", mobile: "Mobile", helper: "Who helps you", language: "Language" },
    ...{ availability: "When you can come", centres: "Centres", vaccines: "Vaccines accepted" },
    ...{ conditions: "Priority declared", state: "State of the registration", registered: "Registered" },
  },
  from: { person: "from you", platform: "from the list of", gateway: "from us" },
  correct: {
    oneself: "you can correct it yourself",
    nobody: "it is what happened",
  },
  decides: "your place in the order follows from it: a change is noted",
  sentTo: "To whom we hand it on",
  nobody: "To nobody.",
  what: { list: "reserve list", booking: "appointment", invitation: "invitation" },
  consents: "Your consent",
  history: "What happened",
  terms:
    "We keep it while you are on the list, then for {left} days after you leave, {closed} days where nobody need call you any more, and {dose} days after a dose that you were given here, as the law asks.",
  download: "Download (JSON)",
  correctOwn: "Correct who you are",
  correctWhy:
    "Fill in only what is wrong. Your place in the order follows from the corrected date; the centre looks at your card.",
  names: { givenName: "Given name", familyName: "Family name" },
  save: "Correct",
  corrected: "It is corrected.",
  notCorrected:
    "Nothing was corrected: date and number must exist, agree with each other and suit this region.",
  erase: "Erase everything",
  eraseWhy:
    "You are not called any more, and a dose that is kept for you goes to somebody else at once. Each platform must confirm that it has forgotten you. This cannot be undone.",
  eraseYes: "Yes, erase everything",
  erased: "It is erased here. This is who has confirmed it.",
  keepLink: "Keep this link: it alone shows later who has confirmed. It holds nothing of you.",
  account: "Who has confirmed",
  states: {
    waiting: "not confirmed yet, we ask again",
    erased: "confirmed: everything is erased there",
    "by-hand": "nothing runs there any more; somebody must have the rest erased",
    "done-by-hand": "erased by hand",
    kept: "kept by law",
  },
  things: { list: "registration", booking: "appointment", official: "official invitation" },
  keptUntil: "The law keeps your name, birth, number and dose until",
  noToken: "This link is no longer valid. You can ask for another on the first page.",
  failed: "That did not succeed. Nothing is lost: try again in a moment.",
};

export const rightsWords: Record<Language, RightsWords> = { fr, nl, de, en };
