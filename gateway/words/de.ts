import type { Wording } from "./wording.ts";

const personal = "Dieser Link ist persönlich: Geben Sie ihn bitte niemandem weiter.";
const staysOnList = "Sie bleiben auf der Liste und brauchen nichts zu tun.";

export const de: Wording = {
  locale: "de-BE",
  clock: (time) => `${time} Uhr`,
  moment: (day, time) => `${day} um ${time} Uhr`,
  latest: ({ day, time }) => (day ? `am ${day} um ${time} Uhr` : `um ${time} Uhr`),
  greeting: (name) => `Guten Tag ${name}!`,
  onBehalfOf: (name) => `Diese Nachricht ist für ${name} bestimmt; Sie sind die Kontaktperson.`,
  closing: "Die Reserveliste",
  explanation: {
    place: (place) => `Sie sind Nummer ${place} in der Reihenfolge.`,
    after: ({ place, people, groups }) =>
      `Sie sind Nummer ${place}. Vor Ihnen ${people === 1 ? "war 1 Person" : `waren ${people} Personen`}: ${groups}.`,
    fromAge: ({ count, age }) => `${count} ab ${age} Jahren`,
    underAge: ({ count, age }) => `${count} unter ${age} Jahren`,
    conditions: {
      "at-risk": (count) => `${count} ${count === 1 ? "Risikopatient" : "Risikopatienten"}`,
      "care-worker": (count) => `${count} aus dem Pflegepersonal`,
      "essential-worker": (count) =>
        `${count} aus ${count === 1 ? "einem systemrelevanten Beruf" : "systemrelevanten Berufen"}`,
    },
    named: ({ count, group }) => `${count} aus der Gruppe ${group}`,
    older: () => "(älter als Sie)",
  },
  letters: {
    registered: {
      subject: () => "Sie stehen auf der Reserveliste",
      body: ({ link }) => [
        "Sie stehen auf der Reserveliste. Sobald eine Dosis für Sie übrig ist, schreiben wir Ihnen. Gehen Sie bitte nicht vorher zu einem Zentrum.",
        "Hier können Sie sehen, wie es um Ihre Anmeldung steht, eine Pause einlegen oder die Liste verlassen:",
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
        "Hier können Sie sehen, wie es um Ihre Anmeldung steht, eine Pause einlegen oder die Liste verlassen:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `Sie standen schon auf der Reserveliste: Es hat sich nichts geändert, Sie behalten Ihren Platz. Ihre Angaben: ${link}`,
    },
    confirm: {
      subject: () => "Bitte bestätigen Sie, dass Sie das lesen",
      body: ({ link }) => [
        "Von nun an schreibt Ihnen die Reserveliste an diese Adresse. Bitte öffnen Sie einmal diesen Link, damit wir wissen, dass Sie hier lesen:",
        link,
        `Einladungen kommen hier auf jeden Fall an; andere Nachrichten erst danach. ${personal} Wenn Sie nicht wissen, worum es geht, tun Sie nichts.`,
      ],
      short: ({ link }) =>
        `Die Reserveliste schreibt Ihnen ab jetzt hierher. Bitte öffnen Sie einmal diesen Link zur Bestätigung: ${link}`,
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
    standby: {
      subject: ({ until }) => `Vielleicht wird eine Dosis für Sie frei: Bitte antworten Sie vor ${until}`,
      body: ({ centre, until, before, knownBy, link }) => [
        `Im Impfzentrum ${centre} wird vielleicht eine Dosis für Sie frei. Sicher ist das noch nicht: Wer vor Ihnen steht, kommt zuerst an die Reihe.`,
        `Was ist zu tun? Sagen Sie uns, ob Sie kommen würden: Antworten Sie vor ${until} mit Ja oder Nein, hier:`,
        link,
        "Fahren Sie bitte noch nicht los, auch nicht, wenn Sie Ja geantwortet haben: Warten Sie auf unsere Nachricht.",
        `Was wir versprechen: Wenn Sie Ja sagen, erfahren Sie von uns spätestens ${knownBy}, ob eine Dosis frei geworden ist und um wie viel Uhr Sie dann erwartet werden. Das wäre spätestens am ${before}.`,
        "Was wir nicht versprechen: die Dosis selbst. Wer vor Ihnen steht, kann sie noch nehmen.",
        `Wie auch immer Sie antworten: Sie behalten Ihren Platz auf der Liste. ${personal}`,
      ],
      short: ({ centre, until, knownBy, link }) =>
        `Vielleicht wird eine Dosis frei: ${centre}. Fahren Sie noch nicht los; bitte Ja oder Nein vor ${until}. Bei Ja: Bescheid spätestens ${knownBy}. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `Es gibt eine Dosis für Sie: Wir erwarten Sie am ${at}`,
      body: ({ centre, at }) => [
        "Sie haben Ja gesagt, und es gibt eine Dosis für Sie. Danke!",
        `Sie werden am ${at} im Impfzentrum ${centre} erwartet. Sie können jetzt losfahren. Bringen Sie bitte einen Ausweis mit.`,
        "Falls doch etwas dazwischenkommt, sagen Sie bitte dem Zentrum Bescheid, damit die Dosis noch jemand anderem zugutekommt.",
      ],
      short: ({ centre, at }) =>
        `Es gibt eine Dosis für Sie. Sie werden erwartet: ${at}, ${centre}. Sie können jetzt losfahren. Bringen Sie bitte einen Ausweis mit.`,
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
    released: {
      subject: () => "Alle Dosen sind vergeben; Sie behalten Ihren Platz",
      body: ({ centre }) => [
        `Im Impfzentrum ${centre} hat jede Dosis jemanden gefunden, bevor Sie an der Reihe waren. Fahren Sie bitte nicht los.`,
        "Danke, dass Sie sich bereitgehalten haben. Sie behalten Ihren Platz auf der Liste und brauchen nichts zu tun. Wir schreiben Ihnen, sobald es eine Dosis für Sie gibt.",
      ],
      short: ({ centre }) =>
        `Alle Dosen sind vergeben (${centre}). Fahren Sie bitte nicht los. Danke, dass Sie sich bereitgehalten haben. Sie behalten Ihren Platz auf der Liste.`,
    },
    revoked: {
      subject: () => "Die Dosis ist nicht mehr da; Sie behalten Ihren Platz",
      body: ({ centre }) => [
        `Die Dosis im Impfzentrum ${centre}, von der wir Ihnen geschrieben haben, ist nicht mehr da. Fahren Sie bitte nicht los.`,
        "Sie behalten Ihren Platz auf der Liste und brauchen nichts zu tun. Es tut uns leid.",
      ],
      short: ({ centre }) =>
        `Die Dosis (${centre}), von der wir Ihnen geschrieben haben, ist nicht mehr da. Fahren Sie bitte nicht los. Sie behalten Ihren Platz auf der Liste. Es tut uns leid.`,
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
    "booking-refused": {
      subject: () => "Ihr Termin kam nicht zustande; fahren Sie bitte nicht los",
      body: ({ centre }) => [
        `Das Terminsystem des Impfzentrums ${centre} hat Ihren Termin nicht angenommen; die Dosis geht deshalb an die nächste Person. Fahren Sie bitte nicht los, und kehren Sie um, wenn Sie schon unterwegs sind: Dort wartet keine Dosis auf Sie.`,
        "Falls Sie Ihre Dosis nicht schon bekommen haben, behalten Sie Ihren Platz auf der Liste und werden wieder aufgerufen. Sie brauchen nichts zu tun. Es tut uns leid.",
      ],
      short: ({ centre }) =>
        `Das Terminsystem (${centre}) hat Ihren Termin nicht angenommen. Fahren Sie nicht los oder kehren Sie um. Ohne Dosis bisher behalten Sie Ihren Platz. Es tut uns leid.`,
    },
    merged: {
      subject: () => "Sie standen mehr als einmal auf der Reserveliste",
      body: () => [
        "Auf der Reserveliste gab es mehr als eine Anmeldung für Sie. Sie zählen ab jetzt als eine, und alle Ihre Angaben bleiben erhalten.",
        "Sie behalten Ihren Platz und brauchen nichts zu tun. Falls Sie sich nicht mehr als einmal angemeldet haben, sagen Sie es bitte einem Impfzentrum; es wird berichtigt.",
      ],
      short: () =>
        "Sie standen mehr als einmal auf der Reserveliste; Ihre Anmeldungen zählen jetzt als eine. Sie behalten Ihren Platz. Ein Irrtum? Sagen Sie es bitte einem Impfzentrum.",
    },
    official: {
      subject: () => "Ihr offizieller Termin gilt; Sie stehen nicht mehr auf der Reserveliste",
      body: () => [
        "Sie haben Ihre offizielle Einladung angenommen, und dieser Termin gilt. Ihr Platz auf der Reserveliste endet damit: Eine Dosis, die Ihnen dort versprochen war, geht an die nächste Person. Fahren Sie dafür bitte nicht los.",
        "Wenn Sie den offiziellen Termin zurückgeben, stehen Sie mit allen Ihren Angaben wieder auf der Reserveliste. Sonst brauchen Sie nichts zu tun.",
      ],
      short: () =>
        "Ihr offizieller Termin gilt, Ihr Platz auf der Reserveliste endet. Fahren Sie für eine dort versprochene Dosis nicht los. Geben Sie den Termin zurück, stehen Sie wieder auf der Liste.",
    },
    "official-given-back": {
      subject: () => "Ihre Dosis der Reserveliste gilt; Ihr offizieller Termin wurde zurückgegeben",
      body: ({ centre, at }) => [
        `Sie hatten eine Dosis der Reserveliste angenommen, bevor Sie mit Ihrer offiziellen Einladung einen Termin vereinbarten. Die erste gilt: Sie werden in ${centre} erwartet, ${at}. Der spätere Termin ist zurückgegeben; gehen Sie bitte nicht hin.`,
        "Wenn Sie nicht kommen können, sagen Sie über den Link jener Einladung ab: Ihr offizieller Code gilt dann wieder.",
      ],
      short: ({ centre, at }) =>
        `Ihre Dosis der Reserveliste war zuerst und gilt: ${centre}, ${at}. Ihr offizieller Termin ist zurückgegeben. Sagen Sie die Dosis ab, gilt Ihr offizieller Code wieder.`,
    },
    "official-over": {
      subject: () => "Sie stehen wieder auf der Reserveliste",
      body: () => [
        "Ihr offizieller Termin wurde zurückgegeben oder ist vorbei. Sie stehen wieder auf der Reserveliste, mit allen Ihren Angaben, und werden aufgerufen, wenn Sie an der Reihe sind.",
        "Sie brauchen nichts zu tun.",
      ],
      short: () =>
        "Ihr offizieller Termin ist vorbei. Sie stehen mit allen Ihren Angaben wieder auf der Reserveliste und brauchen nichts zu tun.",
    },
    "booking-moved": {
      subject: ({ at }) => `Ihr Termin hat eine neue Uhrzeit: ${at}`,
      body: ({ centre, at }) => [
        `Das Impfzentrum ${centre} hat Ihren Termin verlegt. Sie werden jetzt am ${at} erwartet.`,
        "Die Dosis bleibt für Sie reserviert. Bringen Sie bitte einen Ausweis mit.",
      ],
      short: ({ centre, at }) => `Neuer Termin (${centre}): ${at}. Die Dosis bleibt für Sie reserviert.`,
    },
    consent: {
      subject: () => "Ihre Einwilligung, da Ihr Zentrum das System wechselt",
      body: ({ link }) => [
        "Ihr Impfzentrum wechselt das System. Sie hatten sich im alten eingetragen, und nur dieses durfte Ihre Daten aufbewahren.",
        "Darf Ihre Eintragung in das neue übergehen? Sie brauchen nichts neu auszufüllen: ein Klick genügt, hier:",
        link,
        "Ohne Antwort ändert sich nichts: Sie bleiben auf der Liste und brauchen nichts zu tun. Dieser Link ist persönlich: Geben Sie ihn niemandem weiter.",
      ],
      short: ({ link }) =>
        `Ihr Zentrum wechselt das System. Darf Ihre Eintragung mit? Ein Klick genügt. Ohne Antwort bleiben Sie auf der Liste: ${link}`,
    },
    renewal: {
      subject: ({ campaign }) => `Eine neue Kampagne: ${campaign}`,
      body: ({ campaign, link }) => [
        `Eine neue Kampagne beginnt: ${campaign}. Für die vorige waren Sie eingetragen.`,
        "Möchten Sie auch auf die Liste dieser Kampagne? Sie brauchen nichts auszufüllen, alles, was Sie angegeben hatten, wird übernommen: ein Klick genügt, hier:",
        link,
        `Ohne Antwort sind Sie nicht eingetragen, und für diese Kampagne wird nichts aufbewahrt. ${personal}`,
      ],
      short: ({ campaign, link }) =>
        `Neue Kampagne: ${campaign}. Wieder dabei? Nichts auszufüllen, ein Klick genügt. Ohne Antwort sind Sie nicht eingetragen: ${link}`,
    },
  },
};
