import { earliest, type Instant, instant, millis, plusMinutes } from "../../../schema/primitives.ts";
import { deadlineOf, excuse, noteSilence, takesAnswer } from "./registrations.ts";
import type { Asked, Document, Held, State } from "./state.ts";

/** As partners see it. */
export const shown = ({ externalId, registrationId, state, sentAt, windowEndsAt }: Asked) =>
  ({ externalId, registrationId, state, sentAt, windowEndsAt }) satisfies Document["Invitation"];

type Wanted = Document["NewInvitation"] & { knownBy: Instant; comeBefore: Instant };
type Invite = { wanted: Wanted; person: Held; at: Instant };

/** Puts it in the queue, from which it leaves at once unless the state makes it wait. */
export const invite = (state: State, { wanted, person, at }: Invite): Asked => {
  const asked: Asked = {
    externalId: wanted.externalId,
    registrationId: person.registrationId,
    state: "queued",
    sentAt: null,
    windowEndsAt: null,
    centreCode: wanted.centreCode,
    kind: wanted.kind,
    windowMinutes: wanted.windowMinutes,
    knownBy: wanted.knownBy,
    comeBefore: wanted.comeBefore,
    leavesAt: instant(millis(at) + state.sendAfterSeconds * 1_000),
    messages: 0,
    owesAnswer: wanted.kind === "hold",
  };
  state.invitations[asked.externalId] = asked;
  settle(state, at);
  return asked;
};

/** All that became due by now on the platform's clock, silences in the order in which they ended. */
export const settle = (state: State, now: Instant): void => {
  const all = Object.values(state.invitations);
  for (const asked of all) {
    if (asked.state === "queued" && asked.leavesAt <= now) leave(asked);
    if (asked.state === "sent" && asked.windowEndsAt !== null && asked.windowEndsAt <= now)
      asked.state = "lapsed";
  }
  const silent = all.flatMap((asked) => {
    const endedAt = deadlineOf(asked);
    return asked.state === "lapsed" && asked.owesAnswer && endedAt <= now ? { asked, endedAt } : [];
  });
  silent.sort((one, other) => (one.endedAt < other.endedAt ? -1 : 1));
  for (const { asked, endedAt } of silent) noteSilence(state, asked, endedAt);
};

/** A message that would come too late is never sent, and costs nobody anything. */
const leave = (asked: Asked): void => {
  const deadline = deadlineOf(asked);
  if (asked.leavesAt >= deadline) {
    asked.state = "lapsed";
    asked.owesAnswer = false;
    return;
  }
  asked.state = "sent";
  asked.messages += 1;
  asked.sentAt = asked.leavesAt;
  asked.windowEndsAt = earliest(plusMinutes(asked.leavesAt, asked.windowMinutes), deadline);
};

/**
 * The person answers; one who is too late even for a standby finds the invitation over, and nothing is noted. Only
 * whose dose it is goes on to book a time.
 */
export const answer = (state: State, asked: Asked, given: { answer: "yes" | "no"; at: Instant }): void => {
  if (!takesAnswer(asked, given.at)) return;
  const isTheirs = given.answer === "yes" && asked.kind === "hold" && asked.state === "sent";
  asked.state = given.answer;
  const person = state.registrations[asked.registrationId];
  if (person) person.silences = 0;
  excuse(state, asked);
  const { externalId, centreCode, comeBefore } = asked;
  state.answers.push({
    externalId,
    answer: given.answer,
    answeredAt: given.at,
    handover: isTheirs ? { system: "doclr", centreCode, comeBefore } : null,
  });
};
