import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { announce } from "../../gateway/flows/announce.ts";
import { answer } from "../../gateway/flows/answer.ts";
import { attend } from "../../gateway/flows/attend.ts";
import { messageToWrite, tellInvitation } from "../../gateway/flows/carry.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { readSurplus, whoIsComing } from "../../gateway/flows/watch.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { type CentreId, plusMinutes } from "../../schema/primitives.ts";
import { newVolunteers, seedFederation, type TestDeps, testDeps } from "../support/gateway.ts";
import { register } from "../support/register.ts";

let world: TestDeps;
beforeEach(async () => {
  world = await testDeps();
  await seedFederation(world.deps);
});
afterEach(() => world.close());

describe("one evening at one centre", () => {
  test("a dose finds its person: registered, announced, asked, accepted, attended", async () => {
    const { deps, clock } = world;
    for (const someone of newVolunteers(3)) await register(deps, someone, "volunteer");
    const until = plusMinutes(clock.now(), 240);
    const surplus = await announce(
      deps,
      { centre: "charleroi" as CentreId, vaccine: "pfizer", doses: 1, usableUntil: until },
      "staff",
    );
    await settle(deps, surplus.id);
    const [asked] = await invitations.ofSurplus(deps.db, surplus.id);
    if (!asked) throw new Error("nobody was asked");
    await tellInvitation(deps, asked.id, { kind: "taken", at: clock.now() });
    const message = await messageToWrite(deps, {
      volunteer: asked.volunteer,
      invitation: asked.id,
      tokens: ["answer"],
    });
    const said = await answer(deps, message?.issued.answer ?? "", "yes");
    expect(said.state).toBe("accepted");
    expect(said.comeAt).toBe(plusMinutes(clock.now(), 30));
    const [coming] = await whoIsComing(deps, surplus.id);
    expect(coming?.familyName).toBe("Dupont");
    if (!coming) throw new Error("nobody comes");
    await attend(deps, coming.booking.id, { outcome: "attended" }, "staff");
    expect((await readSurplus(deps, surplus.id)).doses).toMatchObject({ used: 1, free: 0 });
  });
});
