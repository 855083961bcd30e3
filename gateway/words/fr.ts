import type { Wording } from "./wording.ts";

const personal = "Ce lien est personnel : ne le transmettez à personne.";
const staysOnList = "Vous restez sur la liste et vous n'avez rien à faire.";

export const fr: Wording = {
  locale: "fr-BE",
  clock: (time) => time,
  moment: (day, time) => `${day} à ${time}`,
  latest: ({ day, time }) => (day ? `le ${day} à ${time}` : `à ${time}`),
  greeting: (name) => `Bonjour ${name},`,
  onBehalfOf: (name) => `Ce message est destiné à ${name}, dont vous êtes la personne de contact.`,
  closing: "La liste de réserve",
  explanation: {
    place: (place) => `Vous êtes au numéro ${place} dans l'ordre.`,
    after: ({ place, people, groups }) =>
      `Vous êtes au numéro ${place}. Il y avait ${people} ${people === 1 ? "personne" : "personnes"} avant vous : ${groups}.`,
    fromAge: ({ count, age }) => `${count} de ${age} ans et plus`,
    underAge: ({ count, age }) => `${count} de moins de ${age} ans`,
    conditions: {
      "at-risk": (count) => `${count} à risque`,
      "care-worker": (count) => `${count} du personnel soignant`,
      "essential-worker": (count) => `${count} exerçant une fonction essentielle`,
    },
    named: ({ count, group }) => `${count} du groupe ${group}`,
    older: (count) => (count === 1 ? "(plus âgée que vous)" : "(plus âgées que vous)"),
  },
  letters: {
    registered: {
      subject: () => "Vous êtes sur la liste de réserve",
      body: ({ link }) => [
        "Vous êtes sur la liste de réserve. Dès qu'une dose restera pour vous, nous vous écrirons. Ne vous rendez pas dans un centre avant cela.",
        "Vous pouvez voir où en est votre inscription, faire une pause ou quitter la liste ici :",
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
        "Vous pouvez voir où en est votre inscription, faire une pause ou quitter la liste ici :",
        link,
        personal,
      ],
      short: ({ link }) =>
        `Vous étiez déjà sur la liste de réserve: rien n'a changé, vous gardez votre place. Vos données: ${link}`,
    },
    confirm: {
      subject: () => "Confirmez que vous lisez ici",
      body: ({ link }) => [
        "Désormais, la liste de réserve vous écrit à cette adresse. Ouvrez une fois ce lien, pour que nous sachions que vous la lisez :",
        link,
        `Les invitations arrivent ici de toute façon ; les autres messages seulement après. ${personal} Si vous ne savez pas de quoi il s'agit, ne faites rien.`,
      ],
      short: ({ link }) =>
        `La liste de réserve vous écrit ici désormais. Ouvrez une fois ce lien pour confirmer que vous lisez ici: ${link}`,
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
    standby: {
      subject: ({ until }) => `Une dose pourrait se libérer pour vous : répondez avant ${until}`,
      body: ({ centre, until, before, knownBy, link }) => [
        `Au centre de vaccination ${centre}, une dose pourrait se libérer pour vous. Ce n'est pas encore sûr : les personnes placées avant vous passent d'abord.`,
        `Que faire ? Dites-nous si vous viendriez : répondez oui ou non avant ${until}, ici :`,
        link,
        "Ne vous mettez pas en route, même après avoir répondu oui : attendez notre message.",
        `Ce qui est promis : si vous répondez oui, nous vous dirons au plus tard ${knownBy} si une dose s'est libérée et, dans ce cas, à quelle heure vous êtes attendu(e). Ce serait au plus tard le ${before}.`,
        "Ce qui ne l'est pas : la dose elle-même. Une personne placée avant vous peut encore la prendre.",
        `Quelle que soit votre réponse, vous gardez votre place sur la liste. ${personal}`,
      ],
      short: ({ centre, until, knownBy, link }) =>
        `Une dose pourrait se libérer: ${centre}. Ne partez pas; répondez oui ou non avant ${until}. Si oui, vous saurez au plus tard ${knownBy} si elle est à vous. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `Il y a une dose pour vous : on vous attend le ${at}`,
      body: ({ centre, at }) => [
        "Vous avez répondu oui, et il y a une dose pour vous. Merci !",
        `Vous êtes attendu(e) le ${at}, au centre de vaccination ${centre}. Vous pouvez maintenant vous mettre en route. Apportez une pièce d'identité, s'il vous plaît.`,
        "En cas d'empêchement, prévenez le centre : la dose pourra encore aller à quelqu'un d'autre.",
      ],
      short: ({ centre, at }) =>
        `Il y a une dose pour vous. Le centre ${centre} vous attend le ${at}. Vous pouvez vous mettre en route. Apportez une pièce d'identité.`,
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
    released: {
      subject: () => "Toutes les doses ont trouvé quelqu'un ; vous gardez votre place",
      body: ({ centre }) => [
        `Au centre de vaccination ${centre}, toutes les doses ont trouvé quelqu'un avant que ce soit votre tour. Ne vous mettez pas en route, s'il vous plaît.`,
        "Merci d'avoir été prêt(e) à venir. Vous gardez votre place sur la liste et vous n'avez rien à faire. Nous vous écrirons dès qu'il y aura une dose pour vous.",
      ],
      short: ({ centre }) =>
        `Toutes les doses du centre ${centre} ont trouvé quelqu'un. Ne vous mettez pas en route. Merci de votre disponibilité. Vous gardez votre place sur la liste.`,
    },
    revoked: {
      subject: () => "La dose n'est plus disponible ; vous gardez votre place",
      body: ({ centre }) => [
        `La dose du centre de vaccination ${centre} dont nous vous avions parlé n'est plus disponible. Ne vous mettez pas en route, s'il vous plaît.`,
        "Vous gardez votre place sur la liste et vous n'avez rien à faire. Nous sommes désolés.",
      ],
      short: ({ centre }) =>
        `La dose du centre ${centre} dont nous vous avions parlé n'est plus disponible. Ne vous mettez pas en route. Vous gardez votre place sur la liste. Nous sommes désolés.`,
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
    "booking-refused": {
      subject: () => "Votre rendez-vous n'a pas pu être pris ; ne vous mettez pas en route",
      body: ({ centre }) => [
        `Le système de rendez-vous du centre de vaccination ${centre} n'a pas accepté votre rendez-vous ; la dose va donc à la personne suivante. Ne vous mettez pas en route, s'il vous plaît, et faites demi-tour si vous êtes déjà en chemin : aucune dose ne vous y attend.`,
        "Sauf si vous avez déjà reçu votre dose, vous gardez votre place sur la liste et vous serez rappelé(e). Vous n'avez rien à faire. Nous sommes désolés.",
      ],
      short: ({ centre }) =>
        `Le centre ${centre} n'a pas pu prendre votre rendez-vous. Ne vous mettez pas en route, ou faites demi-tour. Sauf si vous avez eu votre dose, vous gardez votre place. Nous sommes désolés.`,
    },
    merged: {
      subject: () => "Vous étiez plus d'une fois sur la liste de réserve",
      body: () => [
        "Il y avait plus d'une inscription pour vous sur la liste de réserve. Elles comptent désormais pour une seule, et tout ce que vous aviez indiqué est gardé.",
        "Vous gardez votre place et vous n'avez rien à faire. Si vous ne vous êtes pas inscrit(e) plus d'une fois, signalez-le à un centre de vaccination : ce sera corrigé.",
      ],
      short: () =>
        "Vous étiez plus d'une fois sur la liste de réserve; vos inscriptions comptent pour une seule. Vous gardez votre place. Une erreur? Signalez-le à un centre de vaccination.",
    },
    official: {
      subject: () => "Votre rendez-vous officiel est maintenu ; vous quittez la liste de réserve",
      body: () => [
        "Vous avez accepté votre invitation officielle et ce rendez-vous est maintenu. Votre place sur la liste de réserve prend donc fin : une dose qui vous y était promise va à la personne suivante, ne vous mettez donc pas en route pour elle, s'il vous plaît.",
        "Si vous annulez le rendez-vous officiel, vous retrouvez votre place sur la liste de réserve avec tout ce que vous aviez indiqué. Vous n'avez rien d'autre à faire.",
      ],
      short: () =>
        "Votre rendez-vous officiel est maintenu; votre place sur la liste de réserve prend fin. Ne vous mettez pas en route pour une dose promise. Si vous annulez le rendez-vous, vous revenez sur la liste.",
    },
    "official-given-back": {
      subject: () =>
        "Votre dose de la liste de réserve est maintenue ; votre rendez-vous officiel est annulé",
      body: ({ centre, at }) => [
        `Vous aviez accepté une dose de la liste de réserve avant de prendre rendez-vous avec votre invitation officielle. La première est maintenue : on vous attend au centre ${centre} ${at}. Le second rendez-vous est annulé ; n'y allez donc pas, s'il vous plaît.`,
        "Si vous ne pouvez pas venir, annulez par le lien de cette invitation : votre code officiel sera de nouveau valable.",
      ],
      short: ({ centre, at }) =>
        `Votre dose de la liste de réserve est maintenue: ${centre}, ${at}. Votre rendez-vous officiel est annulé. Si vous renoncez à la dose, votre code officiel est de nouveau valable.`,
    },
    "official-over": {
      subject: () => "Vous êtes de nouveau sur la liste de réserve",
      body: () => [
        "Votre rendez-vous officiel a été annulé ou a pris fin. Vous êtes de nouveau sur la liste de réserve, avec tout ce que vous aviez indiqué, et vous serez appelé(e) à votre tour.",
        "Vous n'avez rien à faire.",
      ],
      short: () =>
        "Votre rendez-vous officiel a pris fin. Vous retrouvez votre place sur la liste de réserve avec tout ce que vous aviez indiqué. Vous n'avez rien à faire.",
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
    consent: {
      subject: () => "Votre accord, pour rester joignable par votre centre",
      body: ({ link }) => [
        "Votre centre de vaccination change de système. Vous vous étiez inscrit(e) dans l'ancien, qui était le seul à pouvoir garder vos données.",
        "Êtes-vous d'accord pour que votre inscription passe au nouveau ? Vous n'avez rien à remplir : un seul clic, ici :",
        link,
        `Sans réponse de votre part, rien ne change : ${staysOnList.charAt(0).toLowerCase()}${staysOnList.slice(1)} ${personal}`,
      ],
      short: ({ link }) =>
        `Votre centre change de système. D'accord pour y transmettre votre inscription? Un seul clic. Sans réponse, vous restez sur la liste: ${link}`,
    },
    renewal: {
      subject: ({ campaign }) => `Une nouvelle campagne : ${campaign}`,
      body: ({ campaign, link }) => [
        `Une nouvelle campagne commence : ${campaign}. Vous étiez inscrit(e) à la précédente.`,
        "Voulez-vous être aussi sur la liste de celle-ci ? Vous n'avez rien à remplir, tout ce que vous aviez indiqué est repris : un seul clic, ici :",
        link,
        `Sans réponse de votre part, vous n'y serez pas inscrit(e) et rien n'est conservé pour cette campagne. ${personal}`,
      ],
      short: ({ campaign, link }) =>
        `Nouvelle campagne: ${campaign}. Voulez-vous en faire partie? Rien à remplir, un seul clic. Sans réponse, vous n'y serez pas inscrit(e): ${link}`,
    },
  },
};
