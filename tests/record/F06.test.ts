import { expect, test } from "vitest";
import { write } from "../../gateway/flows/letter.ts";
import { pause, read, resume, stand } from "../../gateway/flows/manage.ts";
import { enactPolicy, readPolicy } from "../../gateway/flows/places.ts";
import { takeIn } from "../../gateway/flows/sync/take.ts";
import type { RosterEntry } from "../../schema/adapter.ts";
import type { ExternalId, Instant, PlatformName, RegionId } from "../../schema/primitives.ts";
import { always } from "../../schema/volunteer.ts";
import { charleroi, deliver, leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { readInPerson } from "../support/in-person.ts";
import { ids, inScene, type Scene, settled } from "./story.ts";

/* Whoever did not react was switched off without a clear word and had to fill in the calendar again. */

const wallonia = "wallonia" as RegionId;
const qvax = "qvax" as PlatformName;
const exceptions = [{ day: "2021-04-20", parts: [] }];
const someone = newVolunteer({ availability: { ...always, exceptions } });
const tokenOf = ({ registered }: Scene) => registered[0]?.token ?? "";

test("F06: where a region pauses the silent, one tap brings them back with all that they had entered", () =>
  inScene([someone], async (world) => {
    const { deps, clock } = world;
    const { rules } = await readPolicy(deps, wallonia);
    await enactPolicy(deps, { region: wallonia, rules: { ...rules, silencePausesDays: 7 } }, "agency");
    const before = await read(deps, tokenOf(world));
    const { id } = await leftOver(world, 1);
    await settled(world, id);
    await deliver(world, id);
    clock.advance(30);
    await settled(world, id);
    const [volunteer] = ids(world);
    const letter =
      volunteer &&
      (await write(deps, { about: "lapsed", volunteer, publicUrl: "https://everydose.example" }));
    expect(letter?.letter.body).toContain("https://everydose.example/my-place#");
    expect(letter?.letter.body).toContain("23 avril");
    clock.advance(24 * 60);
    const next = await leftOver(world, 1);
    expect(await settled(world, next.id)).toEqual([]);
    const back = await resume(deps, tokenOf(world));
    expect(back.state).toBe("active");
    expect(await readInPerson(deps, tokenOf(world), before.birthDate)).toEqual(before);
    expect(await settled(world, next.id)).toEqual(ids(world));
  }));

const entry = (state: RosterEntry["state"]): RosterEntry => ({
  externalId: "q-1" as ExternalId,
  nationalNumber: someone.nationalNumber,
  givenName: someone.givenName,
  familyName: someone.familyName,
  birthDate: "1950-01-15",
  contact: someone.contact,
  centres: [charleroi],
  availability: always,
  conditions: [],
  state,
});
const said = (state: RosterEntry["state"], at: Instant) => ({
  value: entry(state),
  checkedAt: at,
  validAt: at,
  changedAt: at,
});

test("F06: what a platform noted before someone came back does not switch them off again", () =>
  inScene([someone], async (world) => {
    const { deps, clock } = world;
    const earlier = clock.now();
    clock.advance(5);
    await pause(deps, tokenOf(world));
    await resume(deps, tokenOf(world));
    clock.advance(5);
    for (const state of ["paused", "left"] as const)
      expect((await takeIn(deps, qvax, said(state, earlier))).outcome).toBe("unchanged");
    expect((await stand(deps, tokenOf(world))).state).toBe("active");
    expect((await takeIn(deps, qvax, said("paused", clock.now()))).outcome).toBe("changed");
    expect((await stand(deps, tokenOf(world))).state).toBe("paused");
  }));

test("F06: a platform that knows no single days leaves those that were entered here", () =>
  inScene([someone], async (world) => {
    const { deps, clock } = world;
    clock.advance(5);
    expect((await takeIn(deps, qvax, said("active", clock.now()))).outcome).toBe("unchanged");
    expect((await read(deps, tokenOf(world))).availability.exceptions).toEqual(exceptions);
  }));
