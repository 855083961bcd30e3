import type { Wording } from "./wording.ts";

const personal = "Deze link is persoonlijk: geef hem aan niemand door.";
const staysOnList = "U blijft op de lijst staan en u hoeft niets te doen.";

export const nl: Wording = {
  locale: "nl-BE",
  clock: (time) => `${time} uur`,
  moment: (day, time) => `${day} om ${time} uur`,
  greeting: (name) => `Beste ${name},`,
  onBehalfOf: (name) => `Dit bericht is bestemd voor ${name}; u bent de contactpersoon.`,
  closing: "De reservelijst",
  explanation: {
    order: ({ place, group, age, version }) =>
      `U bent nummer ${place} in de volgorde: groep ${group}, ${age} jaar; regels van de regio, versie ${version}.`,
    fromAge: (age) => `${age}+`,
    underAge: (age) => `jonger dan ${age}`,
    conditions: {
      "at-risk": "risicopatiënten",
      "care-worker": "zorgpersoneel",
      "essential-worker": "essentiële beroepen",
    },
  },
  letters: {
    registered: {
      subject: () => "U staat op de reservelijst",
      body: ({ link }) => [
        "U staat op de reservelijst. Zodra er een dosis voor u overblijft, schrijven we u. Ga niet eerder naar een centrum.",
        "Hier kunt u uw gegevens bekijken of wijzigen, even pauzeren of de lijst verlaten:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `U staat op de reservelijst. We schrijven u zodra er een dosis voor u is; kom niet eerder. Uw gegevens: ${link}`,
    },
    "registered-again": {
      subject: () => "U stond al op de reservelijst",
      body: ({ link }) => [
        "Iemand heeft zich zonet met uw gegevens ingeschreven. U stond al op de reservelijst: er is niets veranderd en u behoudt uw plaats.",
        "Was u dat zelf en wilt u iets wijzigen? Dat kan hier:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `U stond al op de reservelijst: er is niets veranderd en u behoudt uw plaats. Uw gegevens: ${link}`,
    },
    recovery: {
      subject: () => "Uw link naar de reservelijst",
      body: ({ link }) => [
        "U vroeg een nieuwe link naar uw inschrijving. Hier is hij:",
        link,
        `${personal} Hebt u niets gevraagd? Dan mag u dit bericht vergeten.`,
      ],
      short: ({ link }) => `Uw link naar de reservelijst; geef hem aan niemand door: ${link}`,
    },
    invitation: {
      subject: ({ until }) => `Er is een dosis voor u: antwoord vóór ${until}`,
      body: ({ centre, until, before, link }) => [
        `In het vaccinatiecentrum ${centre} is er een dosis over, en u bent aan de beurt.`,
        `Wat moet u doen? Antwoord vóór ${until} met ja of nee, hier:`,
        link,
        "Vertrek nog niet. Antwoord eerst ja; daarna ziet u om hoe laat u verwacht wordt.",
        `Wat we beloven: tot ${until} houden we de dosis alleen voor u vrij. Zegt u vóór dat uur ja, dan is ze voor u. Het centrum verwacht u uiterlijk ${before}.`,
        `Wat we niet beloven: zonder antwoord gaat de dosis om ${until} naar de volgende persoon. Komt u zonder te antwoorden, dan ligt er geen dosis voor u klaar.`,
        `Kunt u niet komen, of liever niet? U blijft op de lijst staan. ${personal}`,
      ],
      short: ({ centre, until, link }) =>
        `In ${centre} houden we tot ${until} een dosis voor u vrij. Vertrek nog niet: antwoord eerst ja of nee. Daarna gaat ze naar de volgende persoon. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `U wordt verwacht op ${at}`,
      body: ({ centre, at }) => [
        "Dank u, uw ja is genoteerd. Er ligt een dosis voor u klaar.",
        `U wordt verwacht op ${at}, in het vaccinatiecentrum ${centre}. Breng alstublieft een identiteitsbewijs mee.`,
        "Komt er toch iets tussen? Verwittig dan het centrum, zodat de dosis nog naar iemand anders kan gaan.",
      ],
      short: ({ centre, at }) =>
        `Uw ja is genoteerd. U wordt verwacht op ${at} in ${centre}. Breng een identiteitsbewijs mee.`,
    },
    lapsed: {
      subject: () => "U blijft op de reservelijst staan",
      body: (told) => [
        "We hadden een dosis voor u vrijgehouden, maar kregen niet op tijd een antwoord. Ze gaat nu naar de volgende persoon.",
        ...(told.pausedUntil
          ? [
              `U blijft op de lijst staan, met alles wat u had ingevuld. We roepen u niet op vóór ${told.pausedUntil}. Liever vroeger? Eén klik volstaat:`,
              told.link,
            ]
          : [`${staysOnList} We schrijven u opnieuw zodra er weer een dosis voor u is.`]),
      ],
      short: (told) =>
        told.pausedUntil
          ? `We kregen niet op tijd een antwoord; de dosis gaat naar de volgende persoon. U blijft op de lijst; geen oproep tot ${told.pausedUntil}. Liever vroeger? ${told.link}`
          : `We kregen niet op tijd een antwoord; de dosis gaat naar de volgende persoon. ${staysOnList}`,
    },
    revoked: {
      subject: () => "De dosis is er niet meer; u behoudt uw plaats",
      body: ({ centre }) => [
        `De dosis die we in het vaccinatiecentrum ${centre} voor u vrijhielden, is er niet meer. Vertrek alstublieft niet.`,
        "U behoudt uw plaats op de lijst en u hoeft niets te doen. Onze excuses.",
      ],
      short: ({ centre }) =>
        `De dosis die we in ${centre} voor u vrijhielden, is er niet meer. Vertrek niet. U behoudt uw plaats op de lijst. Onze excuses.`,
    },
    "booking-cancelled": {
      subject: () => "Uw afspraak is geannuleerd; u blijft op de lijst",
      body: ({ centre }) => [
        `Uw afspraak in het vaccinatiecentrum ${centre} is geannuleerd. Vertrek alstublieft niet.`,
        `${staysOnList} We schrijven u zodra er een dosis voor u is. Onze excuses.`,
      ],
      short: ({ centre }) =>
        `Uw afspraak in ${centre} is geannuleerd. Vertrek niet. ${staysOnList} Onze excuses.`,
    },
    "booking-moved": {
      subject: ({ at }) => `Uw afspraak is verplaatst naar ${at}`,
      body: ({ centre, at }) => [
        `Het vaccinatiecentrum ${centre} heeft uw afspraak verplaatst. U wordt nu verwacht op ${at}.`,
        "De dosis blijft voor u bewaard. Breng alstublieft een identiteitsbewijs mee.",
      ],
      short: ({ centre, at }) => `Nieuw uur in ${centre}: ${at}. De dosis blijft voor u bewaard.`,
    },
  },
};
