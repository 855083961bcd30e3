import type { Wording } from "./wording.ts";

const personal = "Ce lien est personnel : ne le transmettez à personne.";
const staysOnList = "Vous restez sur la liste et vous n'avez rien à faire.";

export const fr: Wording = {
  locale: "fr-BE",
  clock: (time) => time,
  moment: (day, time) => `${day} à ${time}`,
  greeting: (name) => `Bonjour ${name},`,
  onBehalfOf: (name) => `Ce message est destiné à ${name}, dont vous êtes la personne de contact.`,
  closing: "La liste de réserve",
  explanation: {
    order: ({ place, group, age, version }) =>
      `Vous êtes au numéro ${place} dans l'ordre : groupe ${group}, ${age} ans ; règles de la région, version ${version}.`,
    fromAge: (age) => `${age}+`,
    underAge: (age) => `moins de ${age} ans`,
    conditions: {
      "at-risk": "personnes à risque",
      "care-worker": "personnel soignant",
      "essential-worker": "fonctions essentielles",
    },
  },
  letters: {
    registered: {
      subject: () => "Vous êtes sur la liste de réserve",
      body: ({ link }) => [
        "Vous êtes sur la liste de réserve. Dès qu'une dose restera pour vous, nous vous écrirons. Ne vous rendez pas dans un centre avant cela.",
        "Vous pouvez revoir ou modifier vos données, faire une pause ou quitter la liste ici :",
        link,
        personal,
      ],
      short: ({ link }) =>
        `Vous voilà sur la liste de réserve. Nous vous écrirons dès qu'il y aura une dose pour vous; ne venez pas avant. Vos données: ${link}`,
    },
    "registered-again": {
      subject: () => "Vous étiez déjà sur la liste de réserve",
      body: ({ link }) => [
        "Quelqu'un vient de s'inscrire avec vos données. Vous étiez déjà sur la liste de réserve : rien n'a changé et vous gardez votre place.",
        "Si c'était vous et qu'il y a quelque chose à modifier, vous pouvez le faire ici :",
        link,
        personal,
      ],
      short: ({ link }) =>
        `Vous étiez déjà sur la liste de réserve: rien n'a changé, vous gardez votre place. Vos données: ${link}`,
    },
    recovery: {
      subject: () => "Votre lien vers la liste de réserve",
      body: ({ link }) => [
        "Vous avez demandé un nouveau lien vers votre inscription. Le voici :",
        link,
        `${personal} Si vous n'avez rien demandé, vous pouvez oublier ce message.`,
      ],
      short: ({ link }) => `Votre lien vers la liste de réserve, à ne transmettre à personne: ${link}`,
    },
    invitation: {
      subject: ({ until }) => `Une dose vous est réservée : répondez avant ${until}`,
      body: ({ centre, until, before, link }) => [
        `Il reste une dose au centre de vaccination ${centre}, et c'est votre tour.`,
        `Que faire ? Répondez oui ou non avant ${until}, ici :`,
        link,
        "Ne vous mettez pas encore en route. Répondez d'abord oui ; vous verrez ensuite à quelle heure vous êtes attendu(e).",
        `Ce qui est promis : jusqu'à ${until}, la dose est gardée rien que pour vous. Si vous dites oui avant cette heure, elle est à vous. Le centre vous attend au plus tard le ${before}.`,
        `Ce qui ne l'est pas : sans réponse de votre part, la dose passe à la personne suivante à ${until}. Si vous venez sans avoir répondu, aucune dose ne vous attendra.`,
        `Vous ne pouvez pas venir, ou vous préférez ne pas venir ? Vous restez sur la liste. ${personal}`,
      ],
      short: ({ centre, until, link }) =>
        `Une dose au centre ${centre} est gardée pour vous jusqu'à ${until}. Ne partez pas encore: répondez d'abord oui ou non. Ensuite elle passe à la personne suivante. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `Vous êtes attendu(e) le ${at}`,
      body: ({ centre, at }) => [
        "Merci, votre oui est bien noté. Une dose vous attend.",
        `Vous êtes attendu(e) le ${at}, au centre de vaccination ${centre}. Apportez une pièce d'identité, s'il vous plaît.`,
        "En cas d'empêchement, prévenez le centre : la dose pourra encore aller à quelqu'un d'autre.",
      ],
      short: ({ centre, at }) =>
        `Votre oui est bien noté. Le centre ${centre} vous attend le ${at}. Apportez une pièce d'identité.`,
    },
    lapsed: {
      subject: () => "Vous restez sur la liste de réserve",
      body: (told) => [
        "Nous avions gardé une dose pour vous, mais nous n'avons pas eu de réponse à temps. Elle est maintenant proposée à la personne suivante.",
        ...(told.pausedUntil
          ? [
              `Vous restez sur la liste, avec tout ce que vous aviez rempli. Nous ne vous appellerons pas avant le ${told.pausedUntil}. Plus tôt ? Un seul clic suffit :`,
              told.link,
            ]
          : [`${staysOnList} Nous vous écrirons dès qu'il y aura une autre dose pour vous.`]),
      ],
      short: (told) =>
        told.pausedUntil
          ? `Pas de réponse à temps: la dose est proposée à la personne suivante. Vous restez sur la liste, sans appel avant le ${told.pausedUntil}. Pour revenir avant: ${told.link}`
          : `Pas de réponse à temps: la dose est proposée à la personne suivante. ${staysOnList}`,
    },
    revoked: {
      subject: () => "La dose n'est plus disponible ; vous gardez votre place",
      body: ({ centre }) => [
        `La dose gardée pour vous au centre de vaccination ${centre} n'est plus disponible. Ne vous mettez pas en route, s'il vous plaît.`,
        "Vous gardez votre place sur la liste et vous n'avez rien à faire. Nous sommes désolés.",
      ],
      short: ({ centre }) =>
        `La dose gardée pour vous au centre ${centre} n'est plus disponible. Ne vous mettez pas en route. Vous gardez votre place sur la liste. Nous sommes désolés.`,
    },
    "booking-cancelled": {
      subject: () => "Votre rendez-vous est annulé ; vous restez sur la liste",
      body: ({ centre }) => [
        `Votre rendez-vous au centre de vaccination ${centre} a été annulé. Ne vous mettez pas en route, s'il vous plaît.`,
        `${staysOnList} Nous vous écrirons dès qu'il y aura une dose pour vous. Nous sommes désolés.`,
      ],
      short: ({ centre }) =>
        `Votre rendez-vous au centre ${centre} est annulé. Ne vous mettez pas en route. ${staysOnList} Nous sommes désolés.`,
    },
    "booking-moved": {
      subject: ({ at }) => `Votre rendez-vous change d'heure : le ${at}`,
      body: ({ centre, at }) => [
        `Le centre de vaccination ${centre} a déplacé votre rendez-vous. Vous êtes maintenant attendu(e) le ${at}.`,
        "Votre dose reste gardée pour vous. Apportez une pièce d'identité, s'il vous plaît.",
      ],
      short: ({ centre, at }) =>
        `Nouvelle heure au centre ${centre}: le ${at}. Votre dose reste gardée pour vous.`,
    },
  },
};
