import type { Language } from "../../schema/primitives.ts";
import type { Volunteer } from "../../schema/volunteer.ts";

type RegistrationWords = {
  title: string;
  states: Record<Volunteer["state"], string>;
  pause: string;
  resume: string;
  withdraw: string;
  /** Where the rest of it is read. */
  mine: string;
};

/** One's own registration, where the link of the first letter leads. */
export const registrationWords: Record<Language, RegistrationWords> = {
  fr: {
    title: "Votre inscription",
    states: {
      active:
        "Vous êtes sur la liste de réserve, tant que vous n’avez ni dose ni rendez-vous officiel. Nous vous écrirons quand une dose restera pour vous.",
      parked: "Vous êtes inscrit(e) : nous vous appellerons à partir de l’âge requis.",
      paused: "Votre inscription est en pause : nous ne vous écrirons pas avant que vous la repreniez.",
      withdrawn: "Vous avez quitté la liste.",
    },
    pause: "Faire une pause",
    resume: "Reprendre",
    withdraw: "Quitter la liste",
    mine: "Voir mes données",
  },
  nl: {
    title: "Uw inschrijving",
    states: {
      active:
        "U staat op de reservelijst, zolang u geen dosis en geen officiële afspraak hebt. We schrijven u zodra er een dosis voor u over is.",
      parked: "U bent ingeschreven: we roepen u op zodra u de vereiste leeftijd hebt.",
      paused: "Uw inschrijving is gepauzeerd: we schrijven u niet tot u ze hervat.",
      withdrawn: "U hebt de lijst verlaten.",
    },
    pause: "Pauzeren",
    resume: "Hervatten",
    withdraw: "De lijst verlaten",
    mine: "Mijn gegevens bekijken",
  },
  de: {
    title: "Ihre Anmeldung",
    states: {
      active:
        "Sie stehen auf der Reserveliste, solange Sie weder eine Dosis noch einen offiziellen Termin haben. Wir schreiben Ihnen, sobald eine Dosis für Sie übrig ist.",
      parked: "Sie sind angemeldet: Wir rufen Sie auf, sobald Sie das nötige Alter haben.",
      paused: "Ihre Anmeldung ruht: Wir schreiben Ihnen nicht, bis Sie sie fortsetzen.",
      withdrawn: "Sie haben die Liste verlassen.",
    },
    pause: "Ruhen lassen",
    resume: "Fortsetzen",
    withdraw: "Die Liste verlassen",
    mine: "Meine Angaben ansehen",
  },
  en: {
    title: "Your registration",
    states: {
      active:
        "You are on the reserve list, as long as you have neither a dose nor an official appointment. We will write as soon as a dose is left for you.",
      parked: "You are registered: we will call you once you are old enough.",
      paused: "Your registration is paused: we will not write until you resume it.",
      withdrawn: "You have left the list.",
    },
    pause: "Pause",
    resume: "Resume",
    withdraw: "Leave the list",
    mine: "Show my details",
  },
};
