import { expect, test } from "vitest";
import { takeIn } from "../../gateway/flows/sync/take.ts";
import * as volunteers from "../../gateway/store/volunteers.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { CentreId, ExternalId, PlatformName } from "../../schema/primitives.ts";
import { officially } from "../record/official.ts";
import { inScene, type Scene } from "../record/story.ts";
import { nationalNumber, newVolunteer } from "../support/gateway.ts";
import { register } from "../support/register.ts";

const qvax = "qvax" as PlatformName;
const born = "1988-03-05";
const bis = "88230599786";
const own = nationalNumber(born);
const name = "q-1" as ExternalId;
const someone = newVolunteer({ born });

/** A record of the platform's list as it is now. */
const tell = ({ deps, clock }: Scene, change: Partial<RosterEntry>) => {
  clock.advance(1);
  const at = clock.now();
  const { givenName, familyName, contact } = someone;
  const value: RosterEntry = {
    ...{ externalId: name, givenName, familyName, contact, birthDate: born, conditions: [] },
    ...{ centres: ["charleroi" as CentreId], state: "active", ...change },
  };
  return takeIn(deps, qvax, { value, checkedAt: at, validAt: at, changedAt: at });
};

const events = async ({ database }: Scene, event: string) =>
  (await database.sql`select 1 from audit where event = ${event}`).length;

test("a BIS number that became a register number is taken over, and the old one still finds the person", () =>
  inScene([], async (world) => {
    const { volunteer } = await tell(world, { nationalNumber: bis });
    expect(await tell(world, { nationalNumber: own })).toMatchObject({ volunteer, faults: [] });
    expect(await events(world, "volunteer.renumbered")).toBe(1);
    for (const number of [own, bis]) {
      const input = { ...someone, nationalNumber: number };
      const again = await register(world.deps, input, "volunteer");
      expect((await volunteers.byId(world.deps.db, again.volunteer.id))?.repeatOf).toBe(volunteer);
    }
    // Another list, which has not heard of the new number, means the same person.
    const other = await tell(world, { nationalNumber: bis, externalId: "q-2" as ExternalId });
    expect(other).toMatchObject({ outcome: "unchanged", volunteer });
    expect(await tell(world, { nationalNumber: bis })).toMatchObject({ outcome: "unchanged", faults: [] });
    const history = await world.database.sql`select since <= until as is_span from former_identities`;
    expect(history).toEqual([{ is_span: true }]);
  }));

test("what is told of the old number reaches the person under the new one", () =>
  inScene([], async (world) => {
    const { volunteer } = await tell(world, { nationalNumber: bis });
    await tell(world, { nationalNumber: own });
    await officially(world, { ...someone, nationalNumber: bis, birthDate: born }, { kind: "booked" });
    expect(await volunteers.byId(world.deps.db, volunteer as never)).toMatchObject({
      state: "closed",
      closedFor: "official",
    });
  }));

test("somebody without a number who gets one is found by it", () =>
  inScene([], async (world) => {
    const { volunteer } = await tell(world, {});
    await tell(world, { nationalNumber: own });
    const row = await volunteers.byId(world.deps.db, volunteer as never);
    expect(row?.nationalSealed).not.toBeNull();
    const again = await tell(world, { nationalNumber: own, contact: {}, externalId: "q-3" as ExternalId });
    expect(again.volunteer).toBe(volunteer);
  }));

test.each([
  ["another register number", { nationalNumber: nationalNumber(born, 998) }, own],
  ["another name", { nationalNumber: own, givenName: "Quentin", familyName: "Zwaenepoel" }, bis],
])("%s is not taken over, and is shown as a fault of that record", (_, change, before) =>
  inScene([], async (world) => {
    const { volunteer } = await tell(world, { nationalNumber: before });
    const digest = (await volunteers.byId(world.deps.db, volunteer as never))?.identityDigest;
    expect(await tell(world, change)).toMatchObject({ volunteer, faults: ["otherNumber"] });
    expect((await volunteers.byId(world.deps.db, volunteer as never))?.identityDigest).toEqual(digest);
    expect(await events(world, "volunteer.renumbered")).toBe(0);
  }),
);

test("a number that is somebody else's here is not taken over", () =>
  inScene([], async (world) => {
    const { volunteer } = await tell(world, { nationalNumber: bis });
    await register(world.deps, { ...someone, givenName: "Marc" }, "volunteer");
    expect(await tell(world, { nationalNumber: own })).toMatchObject({ volunteer, faults: ["otherNumber"] });
  }));
