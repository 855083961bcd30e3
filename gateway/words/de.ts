import type { Wording } from "./wording.ts";

const personal = "Dieser Link ist persönlich: Geben Sie ihn bitte niemandem weiter.";
const staysOnList = "Sie bleiben auf der Liste und brauchen nichts zu tun.";

export const de: Wording = {
  locale: "de-BE",
  clock: (time) => `${time} Uhr`,
  moment: (day, time) => `${day} um ${time} Uhr`,
  greeting: (name) => `Guten Tag ${name}!`,
  onBehalfOf: (name) => `Diese Nachricht ist für ${name} bestimmt; Sie sind die Kontaktperson.`,
  closing: "Die Reserveliste",
  explanation: {
    order: ({ place, group, age, version }) =>
      `Sie sind Nummer ${place} in der Reihenfolge: Gruppe ${group}, ${age} Jahre; Regeln der Region, Fassung ${version}.`,
    fromAge: (age) => `${age}+`,
    underAge: (age) => `unter ${age}`,
    conditions: {
      "at-risk": "Risikopatienten",
      "care-worker": "Pflegepersonal",
      "essential-worker": "systemrelevante Berufe",
    },
  },
  letters: {
    registered: {
      subject: () => "Sie stehen auf der Reserveliste",
      body: ({ link }) => [
        "Sie stehen auf der Reserveliste. Sobald eine Dosis für Sie übrig ist, schreiben wir Ihnen. Gehen Sie bitte nicht vorher zu einem Zentrum.",
        "Hier können Sie Ihre Angaben ansehen oder ändern, eine Pause einlegen oder die Liste verlassen:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `Sie stehen auf der Reserveliste. Wir schreiben Ihnen, sobald es eine Dosis für Sie gibt; bitte kommen Sie nicht vorher. Ihre Angaben: ${link}`,
    },
    "registered-again": {
      subject: () => "Sie standen schon auf der Reserveliste",
      body: ({ link }) => [
        "Soeben hat sich jemand mit Ihren Angaben eingetragen. Sie standen schon auf der Reserveliste: Es hat sich nichts geändert, und Sie behalten Ihren Platz.",
        "Waren Sie es selbst und möchten Sie etwas ändern? Das geht hier:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `Sie standen schon auf der Reserveliste: Es hat sich nichts geändert, Sie behalten Ihren Platz. Ihre Angaben: ${link}`,
    },
    recovery: {
      subject: () => "Ihr Link zur Reserveliste",
      body: ({ link }) => [
        "Sie haben um einen neuen Link zu Ihrer Eintragung gebeten. Hier ist er:",
        link,
        `${personal} Wenn Sie nicht darum gebeten haben, können Sie diese Nachricht vergessen.`,
      ],
      short: ({ link }) => `Ihr Link zur Reserveliste; bitte geben Sie ihn niemandem weiter: ${link}`,
    },
    invitation: {
      subject: ({ until }) => `Eine Dosis ist für Sie reserviert: Bitte antworten Sie vor ${until}`,
      body: ({ centre, until, before, link }) => [
        `Im Impfzentrum ${centre} ist eine Dosis übrig, und Sie sind an der Reihe.`,
        `Was ist zu tun? Antworten Sie vor ${until} mit Ja oder Nein, hier:`,
        link,
        "Fahren Sie bitte noch nicht los. Antworten Sie zuerst mit Ja; danach sehen Sie, um wie viel Uhr Sie erwartet werden.",
        `Was wir versprechen: Bis ${until} bleibt die Dosis allein für Sie reserviert. Sagen Sie vorher Ja, dann gehört sie Ihnen. Das Zentrum erwartet Sie spätestens am ${before}.`,
        `Was wir nicht versprechen: Ohne Ihre Antwort geht die Dosis um ${until} an die nächste Person. Wer kommt, ohne geantwortet zu haben, findet keine Dosis vor.`,
        `Sie können oder möchten nicht kommen? Sie bleiben auf der Liste. ${personal}`,
      ],
      short: ({ centre, until, link }) =>
        `Eine Dosis (${centre}) ist bis ${until} für Sie reserviert. Fahren Sie noch nicht los: Antworten Sie zuerst Ja oder Nein. Danach geht sie an die nächste. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `Sie werden erwartet: ${at}`,
      body: ({ centre, at }) => [
        "Danke, Ihr Ja ist notiert. Eine Dosis wartet auf Sie.",
        `Sie werden am ${at} im Impfzentrum ${centre} erwartet. Bringen Sie bitte einen Ausweis mit.`,
        "Falls doch etwas dazwischenkommt, sagen Sie bitte dem Zentrum Bescheid, damit die Dosis noch jemand anderem zugutekommt.",
      ],
      short: ({ centre, at }) =>
        `Ihr Ja ist notiert. Sie werden erwartet: ${at}, ${centre}. Bringen Sie bitte einen Ausweis mit.`,
    },
    lapsed: {
      subject: () => "Sie bleiben auf der Reserveliste",
      body: (told) => [
        "Wir hatten eine Dosis für Sie reserviert, aber nicht rechtzeitig eine Antwort erhalten. Sie wird nun der nächsten Person angeboten.",
        ...(told.pausedUntil
          ? [
              `Sie bleiben auf der Liste, mit allem, was Sie eingetragen haben. Wir rufen Sie nicht vor ${told.pausedUntil} auf. Lieber früher? Ein Klick genügt:`,
              told.link,
            ]
          : [`${staysOnList} Wir schreiben Ihnen wieder, sobald es eine Dosis für Sie gibt.`]),
      ],
      short: (told) =>
        told.pausedUntil
          ? `Wir hatten nicht rechtzeitig eine Antwort; die Dosis wird der nächsten Person angeboten. Sie bleiben auf der Liste; kein Aufruf vor ${told.pausedUntil}. Lieber früher? ${told.link}`
          : `Wir hatten nicht rechtzeitig eine Antwort; die Dosis wird der nächsten Person angeboten. ${staysOnList}`,
    },
    revoked: {
      subject: () => "Die Dosis ist nicht mehr da; Sie behalten Ihren Platz",
      body: ({ centre }) => [
        `Die Dosis, die im Impfzentrum ${centre} für Sie reserviert war, ist nicht mehr da. Fahren Sie bitte nicht los.`,
        "Sie behalten Ihren Platz auf der Liste und brauchen nichts zu tun. Es tut uns leid.",
      ],
      short: ({ centre }) =>
        `Die für Sie reservierte Dosis (${centre}) ist nicht mehr da. Fahren Sie bitte nicht los. Sie behalten Ihren Platz auf der Liste. Es tut uns leid.`,
    },
    "booking-cancelled": {
      subject: () => "Ihr Termin ist abgesagt; Sie bleiben auf der Liste",
      body: ({ centre }) => [
        `Ihr Termin im Impfzentrum ${centre} ist abgesagt. Fahren Sie bitte nicht los.`,
        `${staysOnList} Wir schreiben Ihnen, sobald es eine Dosis für Sie gibt. Es tut uns leid.`,
      ],
      short: ({ centre }) =>
        `Ihr Termin (${centre}) ist abgesagt. Fahren Sie bitte nicht los. ${staysOnList} Es tut uns leid.`,
    },
    "booking-moved": {
      subject: ({ at }) => `Ihr Termin hat eine neue Uhrzeit: ${at}`,
      body: ({ centre, at }) => [
        `Das Impfzentrum ${centre} hat Ihren Termin verlegt. Sie werden jetzt am ${at} erwartet.`,
        "Die Dosis bleibt für Sie reserviert. Bringen Sie bitte einen Ausweis mit.",
      ],
      short: ({ centre, at }) => `Neuer Termin (${centre}): ${at}. Die Dosis bleibt für Sie reserviert.`,
    },
  },
};
