import { expect, test } from "vitest";
import { answer } from "../../gateway/flows/answer.ts";
import type { Letter } from "../../gateway/flows/letter.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { leftOver } from "../flows/scene.ts";
import { inScene } from "../record/story.ts";
import { ofBrussels, pacheco, workerOf } from "./worker.ts";

const replyLost = Object.assign(new Error("no reply"), { fault: "unavailable" });
const tokenIn = ({ letter }: Letter) => /answer#(\S+)/.exec(letter.short)?.[1] ?? "";

test("each try of an invitation's letter carries the same token, and the first one's link works for good", () =>
  inScene(ofBrussels(1), async (world) => {
    const { deps, clock, database } = world;
    const arrived: Letter[] = [];
    const { drain } = workerOf(world, {
      notify: async (letter) => {
        if (letter.letter.about === "invitation") arrived.push(letter);
        if (arrived.length === 1) throw replyLost;
        return { at: clock.now(), channel: "sms" };
      },
    });
    await drain();
    const surplus = await leftOver(world, 1, { centre: pacheco });
    await drain();
    clock.advance(1);
    await drain();
    const [first, second] = arrived;
    if (!first || !second) throw new Error("the letter was not tried twice");
    expect(tokenIn(second)).toBe(tokenIn(first));
    expect((await answer(deps, tokenIn(first), "yes")).state).toBe("accepted");
    expect((await invitations.ofSurplus(deps.db, surplus.id)).map(({ state }) => state)).toEqual([
      "accepted",
    ]);
    const kept = await database.sql<
      { digest: Uint8Array }[]
    >`select digest from tokens where purpose = 'answer'`;
    expect(kept.map(({ digest }) => Buffer.from(digest))).toEqual([
      Buffer.from(deps.vault.digest("token", tokenIn(first))),
    ]);
  }));
