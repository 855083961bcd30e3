import type { Wording } from "./wording.ts";

const personal = "This link is yours alone; please do not pass it on.";
const staysOnList = "You stay on the list and there is nothing you need to do.";

export const en: Wording = {
  locale: "en-BE",
  clock: (time) => time,
  moment: (day, time) => `${day} at ${time}`,
  greeting: (name) => `Hello ${name},`,
  onBehalfOf: (name) => `This message is for ${name}; you are the contact person.`,
  closing: "The reserve list",
  explanation: {
    order: ({ place, group, age, version }) =>
      `You are number ${place} in the order: group ${group}, age ${age}; the region's rules, version ${version}.`,
    fromAge: (age) => `${age}+`,
    underAge: (age) => `under ${age}`,
    conditions: {
      "at-risk": "people at risk",
      "care-worker": "care workers",
      "essential-worker": "essential workers",
    },
  },
  letters: {
    registered: {
      subject: () => "You are on the reserve list",
      body: ({ link }) => [
        "You are on the reserve list. As soon as a dose is left over for you, we will write to you. Please do not go to a centre before then.",
        "Here you can see or change what you entered, pause for a while or leave the list:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `You are on the reserve list. We will write when there is a dose for you; please do not come before then. Your details: ${link}`,
    },
    "registered-again": {
      subject: () => "You were already on the reserve list",
      body: ({ link }) => [
        "Somebody has just registered with your details. You were already on the reserve list: nothing has changed, and you keep your place.",
        "Was it you, and is there something to change? You can do so here:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `You were already on the reserve list; nothing has changed and you keep your place. Your details: ${link}`,
    },
    recovery: {
      subject: () => "Your link to the reserve list",
      body: ({ link }) => [
        "You asked for a new link to your registration. Here it is:",
        link,
        `${personal} If you did not ask for it, you can forget this message.`,
      ],
      short: ({ link }) => `Your link to the reserve list; please do not pass it on: ${link}`,
    },
    invitation: {
      subject: ({ until }) => `A dose is kept for you: please answer before ${until}`,
      body: ({ centre, until, before, link }) => [
        `A dose is left over at the vaccination centre ${centre}, and it is your turn.`,
        `What to do: answer yes or no before ${until}, here:`,
        link,
        "Please do not set out yet. First answer yes; you will then see at what time you are expected.",
        `What is promised: until ${until} the dose is kept for you alone. If you say yes before then, it is yours. The centre expects you by ${before} at the latest.`,
        `What is not promised: without your answer the dose goes to the next person at ${until}. Whoever comes without having answered will find no dose waiting.`,
        `Can you not come, or would you rather not? You stay on the list. ${personal}`,
      ],
      short: ({ centre, until, link }) =>
        `A dose at ${centre} is kept for you until ${until}. Do not set out yet: first answer yes or no. After that it goes to the next person. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `You are expected: ${at}`,
      body: ({ centre, at }) => [
        "Thank you, your yes is noted. There is a dose waiting for you.",
        `You are expected on ${at}, at the vaccination centre ${centre}. Please bring proof of identity.`,
        "If something comes up after all, please tell the centre, so that the dose can still go to somebody else.",
      ],
      short: ({ centre, at }) =>
        `Your yes is noted. You are expected on ${at} at ${centre}. Please bring proof of identity.`,
    },
    lapsed: {
      subject: () => "You stay on the reserve list",
      body: (told) => [
        "We had kept a dose for you, but had no answer from you in time. It is now offered to the next person.",
        ...(told.pausedUntil
          ? [
              `You stay on the list, with all that you entered. We will not call you before ${told.pausedUntil}. Would you rather be called earlier? One tap is enough:`,
              told.link,
            ]
          : [`${staysOnList} We will write again when there is another dose for you.`]),
      ],
      short: (told) =>
        told.pausedUntil
          ? `We had no answer in time; the dose is offered to the next person. You stay on the list and are not called before ${told.pausedUntil}. Earlier? ${told.link}`
          : `We had no answer in time; the dose is offered to the next person. ${staysOnList}`,
    },
    revoked: {
      subject: () => "The dose is no longer there; you keep your place",
      body: ({ centre }) => [
        `The dose that was kept for you at the vaccination centre ${centre} is no longer available. Please do not set out.`,
        "You keep your place on the list and there is nothing you need to do. We are sorry.",
      ],
      short: ({ centre }) =>
        `The dose kept for you at ${centre} is no longer available. Please do not set out. You keep your place on the list. We are sorry.`,
    },
    "booking-cancelled": {
      subject: () => "Your appointment is cancelled; you stay on the list",
      body: ({ centre }) => [
        `Your appointment at the vaccination centre ${centre} has been cancelled. Please do not set out.`,
        `${staysOnList} We will write when there is a dose for you. We are sorry.`,
      ],
      short: ({ centre }) =>
        `Your appointment at ${centre} is cancelled. Please do not set out. ${staysOnList} We are sorry.`,
    },
    "booking-moved": {
      subject: ({ at }) => `Your appointment has a new time: ${at}`,
      body: ({ centre, at }) => [
        `The vaccination centre ${centre} has moved your appointment. You are now expected on ${at}.`,
        "Your dose is still kept for you. Please bring proof of identity.",
      ],
      short: ({ centre, at }) =>
        `New time at ${centre}: you are expected on ${at}. Your dose is still kept for you.`,
    },
  },
};
