import type { Wording } from "./wording.ts";

const personal = "This link is yours alone; please do not pass it on.";
const staysOnList = "You stay on the list and there is nothing you need to do.";

export const en: Wording = {
  locale: "en-BE",
  clock: (time) => time,
  moment: (day, time) => `${day} at ${time}`,
  latest: ({ day, time }) => (day ? `on ${day} at ${time}` : `at ${time}`),
  greeting: (name) => `Hello ${name},`,
  onBehalfOf: (name) => `This message is for ${name}; you are the contact person.`,
  closing: "The reserve list",
  explanation: {
    place: (place) => `You are number ${place} in the order.`,
    after: ({ place, people, groups }) =>
      `You are number ${place}: ${people} ${people === 1 ? "person was" : "people were"} before you: ${groups}.`,
    fromAge: ({ count, age }) => `${count} aged ${age}+`,
    underAge: ({ count, age }) => `${count} aged under ${age}`,
    conditions: {
      "at-risk": (count) => `${count} at risk`,
      "care-worker": (count) => `${count} ${count === 1 ? "care worker" : "care workers"}`,
      "essential-worker": (count) => `${count} ${count === 1 ? "essential worker" : "essential workers"}`,
    },
    named: ({ count, group }) => `${count} of the group ${group}`,
    older: () => "(older than you)",
  },
  letters: {
    registered: {
      subject: () => "You are on the reserve list",
      body: ({ link }) => [
        "You are on the reserve list. As soon as a dose is left over for you, we will write to you. Please do not go to a centre before then.",
        "Here you can see how your registration stands, pause for a while or leave the list:",
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
        "Here you can see how your registration stands, pause for a while or leave the list:",
        link,
        personal,
      ],
      short: ({ link }) =>
        `You were already on the reserve list; nothing has changed and you keep your place. Your details: ${link}`,
    },
    confirm: {
      subject: () => "Please confirm that you read this",
      body: ({ link }) => [
        "From now on the reserve list writes to this address. Please open this link once, so that we know that you read here:",
        link,
        `Invitations come here in any case; other messages only once you have opened it. ${personal} If you do not know what this is about, do nothing.`,
      ],
      short: ({ link }) =>
        `The reserve list writes here from now on. Please open this link once, so that we know you read it: ${link}`,
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
    standby: {
      subject: ({ until }) => `A dose may come free for you: please answer before ${until}`,
      body: ({ centre, until, before, knownBy, link }) => [
        `At the vaccination centre ${centre} a dose may come free for you. It is not certain yet: whoever stands above you comes first.`,
        `What to do: tell us whether you would come. Answer yes or no before ${until}, here:`,
        link,
        "Please do not set out yet, not even when you have answered yes: wait for our message.",
        `What is promised: if you say yes, we tell you at the latest ${knownBy} whether a dose came free, and then at what time you are expected. That would be ${before} at the latest.`,
        "What is not promised: the dose itself. Whoever stands above you may still take it.",
        `Whatever you answer, you keep your place on the list. ${personal}`,
      ],
      short: ({ centre, until, knownBy, link }) =>
        `A dose may come free at ${centre}. Do not set out yet; answer yes or no before ${until}. After a yes you know at the latest ${knownBy} if it is yours. ${link}`,
    },
    accepted: {
      subject: ({ at }) => `There is a dose for you: you are expected on ${at}`,
      body: ({ centre, at }) => [
        "You said yes, and there is a dose for you. Thank you!",
        `You are expected on ${at}, at the vaccination centre ${centre}. You may set out now. Please bring proof of identity.`,
        "If something comes up after all, please tell the centre, so that the dose can still go to somebody else.",
      ],
      short: ({ centre, at }) =>
        `There is a dose for you. You are expected on ${at} at ${centre}. You may set out now. Please bring proof of identity.`,
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
    released: {
      subject: () => "Every dose found its person; you keep your place",
      body: ({ centre }) => [
        `At the vaccination centre ${centre} every dose found its person before it was your turn. Please do not set out.`,
        "Thank you for being ready to come. You keep your place on the list and there is nothing you need to do. We will write when there is a dose for you.",
      ],
      short: ({ centre }) =>
        `Every dose at ${centre} found its person. Please do not set out. Thank you for being ready. You keep your place on the list.`,
    },
    revoked: {
      subject: () => "The dose is no longer there; you keep your place",
      body: ({ centre }) => [
        `The dose at the vaccination centre ${centre} that we wrote to you about is no longer available. Please do not set out.`,
        "You keep your place on the list and there is nothing you need to do. We are sorry.",
      ],
      short: ({ centre }) =>
        `The dose at ${centre} that we wrote to you about is no longer available. Please do not set out. You keep your place on the list. We are sorry.`,
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
    "booking-refused": {
      subject: () => "Your appointment could not be made; please do not set out",
      body: ({ centre }) => [
        `The booking system of the vaccination centre ${centre} did not take your appointment, and so the dose goes to the next person. Please do not set out, and turn back if you have: no dose is waiting for you there.`,
        "Unless you have had your dose, you keep your place on the list and will be called again. There is nothing you need to do. We are sorry.",
      ],
      short: ({ centre }) =>
        `The booking system of ${centre} did not take your appointment. Please do not set out, or turn back. Unless you have had your dose, you keep your place. We are sorry.`,
    },
    merged: {
      subject: () => "You were on the reserve list more than once",
      body: () => [
        "There was more than one registration for you on the reserve list. They count as one from now on, and what you entered on each is kept.",
        "You keep your place and there is nothing you need to do. If you did not register more than once, please tell a vaccination centre, and it will be put right.",
      ],
      short: () =>
        "You were on the reserve list more than once; your registrations count as one now. You keep your place. Not you? Please tell a vaccination centre.",
    },
    official: {
      subject: () => "Your official appointment stands; you are off the reserve list",
      body: () => [
        "You have accepted your official invitation, and that appointment stands. Your place on the reserve list has ended with it: a dose that was promised to you there goes to the next person, so please do not set out for it.",
        "If you give the official appointment back, you are on the reserve list again with all that you had entered. There is nothing else you need to do.",
      ],
      short: () =>
        "Your official appointment stands, and your place on the reserve list has ended. Please do not set out for a dose promised there. If you give the appointment back, you are on the list again.",
    },
    "official-given-back": {
      subject: () => "Your reserve-list dose stands; your official appointment was given back",
      body: ({ centre, at }) => [
        `You had accepted a dose of the reserve list before you made an appointment with your official invitation. The first one stands: you are expected at ${centre} ${at}. The later appointment is given back, so please do not go there.`,
        "If you cannot come, call it off with the link of that invitation: your official code is then valid again.",
      ],
      short: ({ centre, at }) =>
        `Your dose of the reserve list came first and stands: ${centre}, ${at}. Your official appointment is given back. If you call the dose off, your official code is valid again.`,
    },
    "official-over": {
      subject: () => "You are on the reserve list again",
      body: () => [
        "Your official appointment was given back or has ended. You are on the reserve list again, with all that you had entered, and will be called when it is your turn.",
        "There is nothing you need to do.",
      ],
      short: () =>
        "Your official appointment has ended. You are on the reserve list again with all that you had entered, and there is nothing you need to do.",
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
    consent: {
      subject: () => "Your consent, as your centre changes its system",
      body: ({ link }) => [
        "Your vaccination centre is changing its system. You had registered with the old one, and only that one was allowed to keep your details.",
        "May your registration move to the new one? There is nothing to fill in again: one tap is enough, here:",
        link,
        "If you do not answer, nothing changes: you stay on the list and have nothing to do. This link is personal: do not pass it on to anyone.",
      ],
      short: ({ link }) =>
        `Your centre is changing its system. May your registration move with it? One tap is enough. Without an answer you stay on the list: ${link}`,
    },
    renewal: {
      subject: ({ campaign }) => `A new campaign: ${campaign}`,
      body: ({ campaign, link }) => [
        `A new campaign begins: ${campaign}. You were registered for the one before.`,
        "Would you like to be on its list as well? There is nothing to fill in, all that you had entered comes along: one tap is enough, here:",
        link,
        `If you do not answer, you are not registered, and nothing is kept for this campaign. ${personal}`,
      ],
      short: ({ campaign, link }) =>
        `New campaign: ${campaign}. Are you in again? Nothing to fill in, one tap is enough. Without an answer you are not registered: ${link}`,
    },
  },
};
