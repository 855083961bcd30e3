import { expect, test } from "vitest";
import { cancel } from "../../gateway/flows/announce.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { AdapterError, type Ports } from "../../schema/adapter.ts";
import type { InvitationId } from "../../schema/primitives.ts";
import { leftOver } from "../flows/scene.ts";
import { inScene, type Scene } from "../record/story.ts";
import { newVolunteers } from "../support/gateway.ts";
import { workerOf } from "./worker.ts";

/** A platform that asks people, and what it was asked for; its replies may be lost. */
const inviter = ({ clock }: Scene) => {
  const [sent, revoked]: InvitationId[][] = [[], []];
  const replies = { areLost: false as boolean };
  const port: Ports["invite"] = {
    send: async ({ invitation }) => {
      sent?.push(invitation);
      if (replies.areLost) throw new AdapterError("unknown", "the reply was lost");
      return { state: "taken", at: clock.now() };
    },
    revoke: async ({ invitation }) => void revoked?.push(invitation),
    answers: async ({ cursor }) => ({ events: [], next: cursor ?? "none" }),
  };
  return { port, sent, revoked, replies };
};

/** One person of Charleroi is asked, by Qvax as the binding says; then the binding may change to Doclr. */
const asked = async (world: Scene, { repliesLost = false } = {}) => {
  const [qvax, doclr] = [inviter(world), inviter(world)];
  qvax.replies.areLost = repliesLost;
  const { drain } = workerOf(world, {
    platforms: { qvax: { invite: qvax.port }, doclr: { invite: doclr.port } },
    notify: async () => ({ at: world.clock.now(), channel: "email" }),
  });
  const surplus = await leftOver(world, 1);
  await drain();
  const [row] = await invitations.ofSurplus(world.deps.db, surplus.id);
  if (!row) throw new Error("nobody was asked");
  const rebind = () => world.database.sql`update bindings set platform = 'doclr' where role = 'invite'`;
  return { qvax, doclr, drain, surplus, row, rebind };
};

test("an invitation is taken back on the platform that sent it, though another asks by now", () =>
  inScene(newVolunteers(1), async (world) => {
    const { qvax, doclr, drain, surplus, row, rebind } = await asked(world);
    await rebind();
    await cancel(world.deps, surplus.id, "staff");
    await drain();
    expect([qvax.revoked, doclr.revoked]).toEqual([[row.id], []]);
  }));

test("an invitation whose reply was lost stays with the platform that may have sent it", () =>
  inScene(newVolunteers(1), async (world) => {
    const { qvax, doclr, drain, row, rebind } = await asked(world, { repliesLost: true });
    await rebind();
    qvax.replies.areLost = false;
    world.clock.advance(5);
    await drain();
    expect([qvax.sent, doclr.sent]).toEqual([[row.id, row.id], []]);
    expect((await invitations.byId(world.deps.db, row.id))?.state).toBe("open");
  }));
