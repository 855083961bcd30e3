import { expect, test } from "vitest";
import { answer, readInvitation } from "../../gateway/flows/answer.ts";
import { write } from "../../gateway/flows/letter.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { whoIsComing } from "../../gateway/flows/watch.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteers } from "../support/gateway.ts";
import { inScene } from "./story.ts";

/* People travelled to the centre on receiving the call, without confirming. */

const publicUrl = "https://everydose.example";

test("F07: each is told what they hold: a dose, or a place to stand by; and both not to set out yet", () =>
  inScene(
    newVolunteers(12, { language: "en" }),
    async (world) => {
      const { id } = await leftOver(world, 1, { usableUntil: plusMinutes(world.clock.now(), 90) });
      await settle(world.deps, id);
      const [first, second] = await invitations.liveOf(world.deps.db, id);
      if (!first || !second) throw new Error("too few were asked");
      expect([first.kind, second.kind]).toEqual(["hold", "standby"]);
      const letters = [];
      for (const { volunteer, id: invitation } of [first, second])
        letters.push(await write(world.deps, { about: "invitation", volunteer, invitation, publicUrl }));
      const [held, standby] = letters.map((each) => each?.letter);
      expect(standby?.subject).not.toBe(held?.subject);
      for (const letter of [held, standby]) expect(letter?.body).toMatch(/do not set out/i);
      expect(held?.body).toMatch(/kept for you/i);
      expect(standby?.body).not.toMatch(/kept for you/i);
    },
    {},
  ));

test("F07: the centre expects whoever was promised a dose, and nobody who stands by", () =>
  inScene(
    newVolunteers(12),
    async (world) => {
      const { id } = await leftOver(world, 1, { usableUntil: plusMinutes(world.clock.now(), 90) });
      await settle(world.deps, id);
      const [held, standby] = await deliver(world, id);
      expect((await answer(world.deps, standby?.token ?? "", "yes")).state).toBe("ready");
      expect(await whoIsComing(world.deps, id)).toEqual([]);
      expect((await answer(world.deps, held?.token ?? "", "no")).state).toBe("declined");
      await settle(world.deps, id);
      const promised = await readInvitation(world.deps, standby?.token ?? "");
      expect(promised).toMatchObject({ kind: "standby", state: "accepted" });
      expect(promised.comeAt).toBeDefined();
      expect(await whoIsComing(world.deps, id)).toMatchObject([{ booking: { state: "promised" } }]);
    },
    {},
  ));
