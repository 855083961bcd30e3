import type { Wording } from "./wording.ts";

const personal = "Deze link is persoonlijk: geef hem aan niemand door.";
const staysOnList = "U blijft op de lijst staan en u hoeft niets te doen.";

export const nl: Wording = {
  locale: "nl-BE",
  clock: (time) => `${time} uur`,
  moment: (day, time) => `${day} om ${time} uur`,
  latest: ({ day, time }) => (day ? `op ${day} om ${time} uur` : `om ${time} uur`),
  greeting: (name) => `Beste ${name},`,
  onBehalfOf: (name) => `Dit bericht is bestemd voor ${name}; u bent de contactpersoon.`,
  closing: "De reservelijst",
  explanation: {
    place: (place) => `U bent nummer ${place} in de volgorde.`,
    after: ({ place, people, groups }) =>
      `U bent nummer ${place}. Er ${people === 1 ? "was 1 persoon" : `waren ${people} mensen`} vóór u: ${groups}.`,
    fromAge: ({ count, age }) => `${count} van ${age} jaar of ouder`,
    underAge: ({ count, age }) => `${count} jonger dan ${age} jaar`,
    conditions: {
      "at-risk": (count) => `${count} ${count === 1 ? "risicopatiënt" : "risicopatiënten"}`,
      "care-worker": (count) => `${count} ${count === 1 ? "zorgmedewerker" : "zorgmedewerkers"}`,
      "essential-worker": (count) => `${count} met een essentieel beroep`,
    },
    named: ({ count, group }) => `${count} uit de groep ${group}`,
    older: () => "(ouder dan u)",
  },
  letters: {
    registered: {
      subject: () => "U staat op de reservelijst",
      body: ({ link }) => [
        "U staat op de reservelijst. Zodra er een dosis voor u overblijft, schrijven we u. Ga niet eerder naar een centrum.",
        "Hier kunt u zien hoe het met uw inschrijving staat, even pauzeren of de lijst verlaten:",
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
        "Hier kunt u zien hoe het met uw inschrijving staat, even pauzeren of de lijst verlaten:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `U stond al op de reservelijst: er is niets veranderd en u behoudt uw plaats. Uw gegevens: ${link}`,
    },
    confirm: {
      subject: () => "Bevestig dat u dit leest",
      body: ({ link }) => [
        "Van nu af schrijft de reservelijst u op dit adres. Open deze link één keer, zodat wij weten dat u hier leest:",
        link,
        `Uitnodigingen komen hier in elk geval; andere berichten pas daarna. ${personal} Weet u niet waarover dit gaat, doe dan niets.`,
      ],
      short: ({ link }) =>
        `De reservelijst schrijft u voortaan hier. Open deze link een keer om te bevestigen dat u dit leest: ${link}`,
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
    standby: {
      subject: ({ until }) => `Misschien komt er een dosis vrij voor u: antwoord vóór ${until}`,
      body: ({ centre, until, before, knownBy, link }) => [
        `In het vaccinatiecentrum ${centre} komt er misschien een dosis vrij voor u. Dat is nog niet zeker: wie vóór u staat, komt eerst.`,
        `Wat moet u doen? Laat ons weten of u zou komen: antwoord vóór ${until} met ja of nee, hier:`,
        link,
        "Vertrek nog niet, ook niet nadat u ja hebt geantwoord: wacht op ons bericht.",
        `Wat we beloven: zegt u ja, dan laten we u uiterlijk ${knownBy} weten of er een dosis is vrijgekomen, en om hoe laat u dan verwacht wordt. Dat zou uiterlijk ${before} zijn.`,
        "Wat we niet beloven: de dosis zelf. Wie vóór u staat, kan ze nog nemen.",
        `Wat u ook antwoordt, u behoudt uw plaats op de lijst. ${personal}`,
      ],
      short: ({ centre, until, knownBy, link }) =>
        `Misschien komt er een dosis vrij in ${centre}. Vertrek nog niet; antwoord ja of nee voor ${until}. Na uw ja weet u uiterlijk ${knownBy} meer. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `Er is een dosis voor u: we verwachten u op ${at}`,
      body: ({ centre, at }) => [
        "U hebt ja gezegd, en er is een dosis voor u. Dank u wel!",
        `U wordt verwacht op ${at}, in het vaccinatiecentrum ${centre}. U mag nu vertrekken. Breng alstublieft een identiteitsbewijs mee.`,
        "Komt er toch iets tussen? Verwittig dan het centrum, zodat de dosis nog naar iemand anders kan gaan.",
      ],
      short: ({ centre, at }) =>
        `Er is een dosis voor u. U wordt verwacht op ${at} in ${centre}. U mag nu vertrekken. Breng een identiteitsbewijs mee.`,
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
    released: {
      subject: () => "Elke dosis heeft iemand gevonden; u behoudt uw plaats",
      body: ({ centre }) => [
        `In het vaccinatiecentrum ${centre} heeft elke dosis iemand gevonden voor het uw beurt was. Vertrek alstublieft niet.`,
        "Bedankt dat u klaarstond. U behoudt uw plaats op de lijst en u hoeft niets te doen. We schrijven u zodra er een dosis voor u is.",
      ],
      short: ({ centre }) =>
        `Elke dosis in ${centre} heeft iemand gevonden. Vertrek niet. Bedankt dat u klaarstond. U behoudt uw plaats op de lijst.`,
    },
    revoked: {
      subject: () => "De dosis is er niet meer; u behoudt uw plaats",
      body: ({ centre }) => [
        `De dosis in het vaccinatiecentrum ${centre} waarover we u schreven, is er niet meer. Vertrek alstublieft niet.`,
        "U behoudt uw plaats op de lijst en u hoeft niets te doen. Onze excuses.",
      ],
      short: ({ centre }) =>
        `De dosis in ${centre} waarover we u schreven, is er niet meer. Vertrek niet. U behoudt uw plaats op de lijst. Onze excuses.`,
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
    "booking-refused": {
      subject: () => "Uw afspraak kon niet worden gemaakt; vertrek niet",
      body: ({ centre }) => [
        `Het afsprakensysteem van het vaccinatiecentrum ${centre} heeft uw afspraak niet aanvaard; de dosis gaat daarom naar de volgende persoon. Vertrek alstublieft niet, en keer terug als u al onderweg bent: er ligt geen dosis voor u klaar.`,
        "Tenzij u uw dosis al kreeg, behoudt u uw plaats op de lijst en roepen we u opnieuw op. U hoeft niets te doen. Onze excuses.",
      ],
      short: ({ centre }) =>
        `Het afsprakensysteem van ${centre} heeft uw afspraak niet aanvaard. Vertrek niet, of keer terug. Tenzij u uw dosis al kreeg, behoudt u uw plaats. Onze excuses.`,
    },
    merged: {
      subject: () => "U stond meer dan eens op de reservelijst",
      body: () => [
        "Er was meer dan een inschrijving voor u op de reservelijst. Ze tellen vanaf nu als een, en wat u bij elk ervan invulde, blijft bewaard.",
        "U behoudt uw plaats en hoeft niets te doen. Hebt u zich niet meer dan eens ingeschreven? Meld het dan aan een vaccinatiecentrum; het wordt rechtgezet.",
      ],
      short: () =>
        "U stond meer dan eens op de reservelijst; uw inschrijvingen tellen nu als een. U behoudt uw plaats. Klopt dat niet? Meld het aan een vaccinatiecentrum.",
    },
    official: {
      subject: () => "Uw officiële afspraak blijft staan; u bent van de reservelijst af",
      body: () => [
        "U hebt uw officiële uitnodiging aanvaard en die afspraak blijft staan. Uw plaats op de reservelijst eindigt daarmee: een dosis die u daar beloofd was, gaat naar de volgende persoon. Vertrek er alstublieft niet voor.",
        "Geeft u de officiële afspraak terug, dan staat u weer op de reservelijst met alles wat u had ingevuld. U hoeft verder niets te doen.",
      ],
      short: () =>
        "Uw gewone afspraak blijft staan en uw plaats op de reservelijst eindigt. Vertrek niet voor een dosis die daar beloofd was. Geeft u de afspraak terug, dan staat u weer op de lijst.",
    },
    "official-given-back": {
      subject: () => "Uw dosis van de reservelijst blijft staan; uw officiële afspraak is teruggegeven",
      body: ({ centre, at }) => [
        `U had een dosis van de reservelijst aanvaard voor u een afspraak maakte met uw officiële uitnodiging. De eerste blijft staan: u wordt verwacht in ${centre}, ${at}. De latere afspraak is teruggegeven; ga er alstublieft niet heen.`,
        "Kunt u niet komen, zeg dan af via de link van die uitnodiging: uw officiële code is dan weer geldig.",
      ],
      short: ({ centre, at }) =>
        `Uw dosis van de reservelijst was eerst en blijft staan: ${centre}, ${at}. Uw gewone afspraak is teruggegeven. Zegt u de dosis af, dan is uw gewone code weer geldig.`,
    },
    "official-over": {
      subject: () => "U staat weer op de reservelijst",
      body: () => [
        "Uw officiële afspraak is teruggegeven of voorbij. U staat weer op de reservelijst, met alles wat u had ingevuld, en wordt opgeroepen als het uw beurt is.",
        "U hoeft niets te doen.",
      ],
      short: () =>
        "Uw gewone afspraak is voorbij. U staat weer op de reservelijst met alles wat u had ingevuld; u hoeft niets te doen.",
    },
    "booking-moved": {
      subject: ({ at }) => `Uw afspraak is verplaatst naar ${at}`,
      body: ({ centre, at }) => [
        `Het vaccinatiecentrum ${centre} heeft uw afspraak verplaatst. U wordt nu verwacht op ${at}.`,
        "De dosis blijft voor u bewaard. Breng alstublieft een identiteitsbewijs mee.",
      ],
      short: ({ centre, at }) => `Nieuw uur in ${centre}: ${at}. De dosis blijft voor u bewaard.`,
    },
    consent: {
      subject: () => "Uw toestemming, nu uw centrum van systeem verandert",
      body: ({ link }) => [
        "Uw vaccinatiecentrum verandert van systeem. U had zich in het oude ingeschreven, en alleen dat mocht uw gegevens bewaren.",
        "Mag uw inschrijving naar het nieuwe? U hoeft niets opnieuw in te vullen: één klik volstaat, hier:",
        link,
        "Antwoordt u niet, dan verandert er niets: u blijft op de lijst en hoeft niets te doen. Deze link is persoonlijk: geef hem aan niemand door.",
      ],
      short: ({ link }) =>
        `Uw centrum verandert van systeem. Mag uw inschrijving mee? Een klik volstaat. Zonder antwoord blijft u op de lijst: ${link}`,
    },
    renewal: {
      subject: ({ campaign }) => `Een nieuwe campagne: ${campaign}`,
      body: ({ campaign, link }) => [
        `Er begint een nieuwe campagne: ${campaign}. U was voor de vorige ingeschreven.`,
        "Wilt u ook op de lijst van deze? U hoeft niets in te vullen, alles wat u had opgegeven gaat mee: één klik volstaat, hier:",
        link,
        `Antwoordt u niet, dan bent u niet ingeschreven en bewaren we voor deze campagne niets. ${personal}`,
      ],
      short: ({ campaign, link }) =>
        `Nieuwe campagne: ${campaign}. Doet u weer mee? Niets in te vullen, een klik volstaat. Zonder antwoord bent u niet ingeschreven: ${link}`,
    },
  },
};
