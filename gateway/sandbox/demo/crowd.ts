import type { Call } from "../../../schema/call.ts";
import type { Instant, InvitationId } from "../../../schema/primitives.ts";
import type { Expected } from "../../../schema/surplus.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Client } from "./client.ts";

/** What someone does with an invitation, and how many minutes later. */
type Character = { says: "yes" | "no" | "nothing"; minutes: number };

/**
 * Everybody who answers on this evening: by message, on a platform, or at a telephone; and the centres' staff,
 * who call and tick off. All of it through the doors that real ones would use.
 */
export const createCrowd = (world: {
  client: Client;
  sandbox: Sandbox;
  now(): Instant;
  random(): number;
  telephoneCentres: readonly string[];
}) => {
  const { client, sandbox, random } = world;
  const later: { at: number; act(): unknown }[] = [];
  const met = new Set<string>();
  const minute = () => Date.parse(world.now()) / 60_000;
  const character = (): Character => {
    const luck = random();
    return { says: luck < 0.45 ? "yes" : luck < 0.6 ? "no" : "nothing", minutes: 1 + random() * 22 };
  };

  const meet = (id: string, act: (answer: "yes" | "no") => unknown) => {
    if (met.has(id)) return;
    met.add(id);
    const { says, minutes } = character();
    if (says !== "nothing") later.push({ at: minute() + minutes, act: () => act(says) });
  };

  const readMessages = () => {
    for (const message of sandbox.postOffice.list({ limit: 200 })) {
      const token = message.text.match(/\/answer#([\w-]+)/)?.[1];
      if (token)
        meet(token, (answer) =>
          client.post(`/v1/invitation/${answer === "yes" ? "accept" : "decline"}`, { bearer: token }),
        );
    }
  };

  const answerOnPlatforms = () => {
    for (const { bench } of sandbox.simulators.values()) {
      for (const { invitation, state } of bench.invitations?.() ?? [])
        if (state === "open") meet(invitation, (answer) => bench.answer?.({ invitation, answer }));
    }
  };

  const dial = async (invitation: InvitationId) => {
    const { says } = character();
    const outcome = says === "nothing" ? "no-answer" : says;
    await client.post(`/v1/invitations/${invitation}/call`, { body: { outcome } });
  };

  return {
    /** Whoever was asked reads it, and whoever has made up their mind says so. */
    answer: async () => {
      readMessages();
      answerOnPlatforms();
      const due = later.filter(({ at }) => at <= minute());
      for (const each of due) {
        later.splice(later.indexOf(each), 1);
        await each.act();
      }
    },
    /** A centre calls everybody on its list of calls. */
    telephone: async () => {
      for (const centre of world.telephoneCentres) {
        const { items } = await client.get<{ items: Call[] }>(`/v1/centres/${centre}/calls`);
        for (const call of items) await dial(call.invitation);
      }
    },
    /** Ticks off at the door whoever is due; one in thirty does not come. */
    greet: async (surplus: string) => {
      const { items } = await client.get<{ items: Expected[] }>(`/v1/surpluses/${surplus}/expected`);
      for (const { booking } of items) {
        if (!["promised", "booked"].includes(booking.state) || booking.at > world.now()) continue;
        const outcome = random() < 1 / 30 ? "no-show" : "attended";
        await client.patch(`/v1/bookings/${booking.id}`, { outcome });
      }
    },
  };
};
