import assert from "node:assert/strict";
import type { InviteRequest, PlatformEvent, Ports } from "../../../schema/adapter.ts";
import { type InvitationId, plusMinutes } from "../../../schema/primitives.ts";
import { guest, person } from "../people.ts";
import { promises, skip } from "../promises.ts";
import { freshId, type Scene } from "../scene.ts";

/** An invitation of the nth person, whom the platform already knows. */
export const invitation = (scene: Scene, index = 1): InviteRequest => {
  const [centre] = scene.centres;
  const [externalId] = scene.bench.addPeople([person(index, centre)]);
  const now = scene.clock.now();
  return {
    invitation: freshId(),
    externalId,
    guest: guest(index, centre),
    centre,
    kind: "hold",
    windowMinutes: 30,
    knownBy: plusMinutes(now, 150),
    comeBefore: plusMinutes(now, 180),
  };
};

/** What became of an invitation on the platform. */
export const asked = ({ bench }: Scene, wanted: InvitationId) => {
  if (!bench.invitations) return skip("the platform asks nobody itself; staff do, and tell the gateway");
  return bench.invitations().find((each) => each.invitation === wanted);
};

const giveAnswer = ({ bench }: Scene, name: InvitationId, answer: "yes" | "no"): void => {
  const give = bench.answer ?? skip("people do not answer on the platform; staff tell the gateway");
  give({ invitation: name, answer });
};

const allAnswers = async (port: Ports["invite"], from?: string) => {
  const events: PlatformEvent[] = [];
  let cursor = from;
  for (;;) {
    const page = await port.answers({ cursor });
    events.push(...page.events);
    assert.equal(typeof page.next, "string", "next is always given");
    if (page.events.length === 0 || page.next === cursor) return { events, next: page.next };
    cursor = page.next;
  }
};
const answered = (events: PlatformEvent[]) =>
  events.flatMap((event) => (event.kind === "answered" ? [`${event.invitation} ${event.answer}`] : []));

export const invite = promises("invite", {
  "asks once: a repeat with the same invitation does not ask twice": async (port, scene) => {
    const wanted = invitation(scene);
    const receipt = await port.send(wanted);
    assert.equal(asked(scene, wanted.invitation)?.asked, 1);
    assert.deepEqual(await port.send(wanted), receipt);
    assert.deepEqual(await scene.reconnect().invite?.send(wanted), receipt, "another process");
    assert.equal(asked(scene, wanted.invitation)?.asked, 1);
  },

  "two calls for the same invitation at the same instant ask once": async (port, scene) => {
    const wanted = invitation(scene);
    await Promise.allSettled([port.send(wanted), port.send(wanted)]);
    assert.equal(asked(scene, wanted.invitation)?.asked, 1);
  },

  "the person is told which it is, a dose of theirs or one that may come free, and when a standby knows":
    async (port, scene) => {
      for (const [index, kind] of (["hold", "standby"] as const).entries()) {
        const wanted = { ...invitation(scene, index + 1), kind };
        await port.send(wanted);
        const { knownBy } = wanted;
        assert.deepEqual(asked(scene, wanted.invitation)?.told, { kind, knownBy }, kind);
      }
    },

  "a standby who is silent stays on the list": async (port, scene) => {
    const wanted = { ...invitation(scene), kind: "standby" as const };
    await port.send(wanted);
    assert.equal(asked(scene, wanted.invitation)?.asked, 1);
    scene.clock.set(plusMinutes(wanted.comeBefore, 1));
    assert.notEqual(asked(scene, wanted.invitation)?.state, "open", "it is over");
    assert.deepEqual(
      scene.bench.people().map(({ state }) => state),
      ["active"],
    );
  },

  "an answer that the platform takes after the window, until a standby knows, is passed on": async (
    port,
    scene,
  ) => {
    const wanted = [1, 2].map((index) => invitation(scene, index));
    for (const each of wanted) await port.send(each);
    scene.clock.set(plusMinutes(scene.clock.now(), 31));
    const given = wanted.map(({ invitation: name }) => {
      giveAnswer(scene, name, "yes");
      return `${name} yes`;
    });
    if (wanted.some(({ invitation: name }) => asked(scene, name)?.state !== "yes"))
      return skip("the platform takes no answer after the window");
    assert.deepEqual([...new Set(answered((await allAnswers(port)).events))], given);
  },

  "taken says when the channel had the message, which is not in the future": async (port, scene) => {
    const before = scene.clock.now();
    const receipt = await port.send(invitation(scene));
    if (receipt.state === "waiting") return;
    assert.ok(receipt.at >= before && receipt.at <= scene.clock.now(), receipt.at);
  },

  "where the platform asks nobody itself, a person will say when: always waiting": async (port, scene) => {
    if (scene.bench.invitations) return skip("the platform asks people itself");
    const wanted = invitation(scene);
    assert.deepEqual(await port.send(wanted), { state: "waiting" });
    assert.deepEqual(await port.send(wanted), { state: "waiting" });
    assert.deepEqual((await allAnswers(port)).events, [], "it cannot know answers");
  },

  "someone without a name there is asked too": async (port, scene) => {
    const { externalId: _unknown, ...wanted } = invitation(scene);
    await port.send(wanted);
    assert.equal(asked(scene, wanted.invitation)?.asked, 1);
  },

  "revoke takes it back and is safe to repeat": async (port, scene) => {
    const wanted = invitation(scene);
    await port.send(wanted);
    await port.revoke({ invitation: wanted.invitation });
    assert.equal(asked(scene, wanted.invitation)?.state, "revoked");
    await port.revoke({ invitation: wanted.invitation });
    assert.equal(asked(scene, wanted.invitation)?.state, "revoked");
  },

  "revoking an unknown one is success": async (port) => {
    await port.revoke({ invitation: freshId() });
  },

  "revoking an answered one is success, and the answer stands": async (port, scene) => {
    const wanted = invitation(scene);
    await port.send(wanted);
    giveAnswer(scene, wanted.invitation, "yes");
    await port.revoke({ invitation: wanted.invitation });
    assert.equal(asked(scene, wanted.invitation)?.state, "yes");
    assert.deepEqual(answered((await allAnswers(port)).events), [`${wanted.invitation} yes`]);
  },

  "answers come in the order in which people gave them": async (port, scene) => {
    assert.deepEqual((await allAnswers(port)).events, []);
    const wanted = [1, 2, 3].map((index) => invitation(scene, index));
    for (const each of wanted) await port.send(each);
    const given = wanted.reverse().map(({ invitation: name }, index) => {
      const answer = index === 1 ? "no" : "yes";
      scene.clock.set(plusMinutes(scene.clock.now(), 1));
      giveAnswer(scene, name, answer);
      return `${name} ${answer}`;
    });
    const { events } = await allAnswers(port);
    assert.deepEqual([...new Set(answered(events))], given);
  },

  "a cursor resumes after what was read, in another process too": async (port, scene) => {
    const [first, second] = [invitation(scene, 1), invitation(scene, 2)];
    for (const each of [first, second]) await port.send(each);
    giveAnswer(scene, first.invitation, "no");
    const { next } = await allAnswers(port);
    scene.clock.set(plusMinutes(scene.clock.now(), 1));
    giveAnswer(scene, second.invitation, "yes");
    const elsewhere = scene.reconnect().invite ?? port;
    const later = answered((await allAnswers(elsewhere, next)).events);
    assert.equal(later.at(-1), `${second.invitation} yes`, "the later answer is missing");
    const again = answered((await allAnswers(port, next)).events);
    assert.ok(again.includes(`${second.invitation} yes`), "a repeat with the same cursor missed it");
  },
});
