import { earliest, type Instant, instant, millis, plusMinutes } from "../../../schema/primitives.ts";
import { isOpen, noteSilence } from "./registrations.ts";
import type { Asked, Document, Held, State } from "./state.ts";

/** As partners see it. */
export const shown = ({ externalId, registrationId, state, sentAt, windowEndsAt }: Asked) =>
  ({ externalId, registrationId, state, sentAt, windowEndsAt }) satisfies Document["Invitation"];

type Invite = { wanted: Document["NewInvitation"] & { comeBefore: Instant }; person: Held; at: Instant };

/** Puts it in the queue, from which it leaves at once unless the state makes it wait. */
export const invite = (state: State, { wanted, person, at }: Invite): Asked => {
  const asked: Asked = {
    externalId: wanted.externalId,
    registrationId: person.registrationId,
    state: "queued",
    sentAt: null,
    windowEndsAt: null,
    centreCode: wanted.centreCode,
    windowMinutes: wanted.windowMinutes,
    comeBefore: wanted.comeBefore,
    leavesAt: instant(millis(at) + state.sendAfterSeconds * 1_000),
    messages: 0,
  };
  state.invitations[asked.externalId] = asked;
  settle(state, at);
  return asked;
};

/** All that became due by now on the platform's clock, in the order in which it did. */
export const settle = (state: State, now: Instant): void => {
  const open = Object.values(state.invitations).filter(isOpen);
  for (const asked of open) if (asked.state === "queued" && asked.leavesAt <= now) leave(asked);
  const over = open.flatMap((asked) =>
    asked.state === "sent" && asked.windowEndsAt !== null && asked.windowEndsAt <= now
      ? { asked, endedAt: asked.windowEndsAt }
      : [],
  );
  over.sort((one, other) => (one.endedAt < other.endedAt ? -1 : 1));
  for (const { asked, endedAt } of over) {
    asked.state = "lapsed";
    noteSilence(state, asked, endedAt);
  }
};

/** A message that would come too late is never sent, and costs nobody anything. */
const leave = (asked: Asked): void => {
  if (asked.leavesAt >= asked.comeBefore) {
    asked.state = "lapsed";
    return;
  }
  asked.state = "sent";
  asked.messages += 1;
  asked.sentAt = asked.leavesAt;
  asked.windowEndsAt = earliest(plusMinutes(asked.leavesAt, asked.windowMinutes), asked.comeBefore);
};

/** The person answers; one who is too late finds the invitation over, and nothing is noted. */
export const answer = (state: State, asked: Asked, given: { answer: "yes" | "no"; at: Instant }): void => {
  if (asked.state !== "sent") return;
  asked.state = given.answer;
  const person = state.registrations[asked.registrationId];
  if (person) person.silences = 0;
  const { externalId, centreCode, comeBefore } = asked;
  state.answers.push({
    externalId,
    answer: given.answer,
    answeredAt: given.at,
    handover: given.answer === "yes" ? { system: "doclr", centreCode, comeBefore } : null,
  });
};
