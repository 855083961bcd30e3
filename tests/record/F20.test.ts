import { expect, test } from "vitest";
import { noteIdentity } from "../../gateway/flows/carry.ts";
import { change, pause, read } from "../../gateway/flows/manage.ts";
import { recover } from "../../gateway/flows/recover.ts";
import { register } from "../../gateway/flows/register.ts";
import { vaccinatedElsewhere } from "../../gateway/flows/sync.ts";
import type { ExternalId, PlatformName } from "../../schema/primitives.ts";
import { newVolunteer } from "../support/gateway.ts";
import { ids, inScene, told } from "./story.ts";

/* Entering someone's national number and postcode showed whether they could still book, so whether vaccinated. */

const doclr = "doclr" as PlatformName;
const externalId = "v-1" as ExternalId;
const victim = newVolunteer();
const strangers = { email: "employer@example.org", mobile: "+32460000009" };

test("F20: a stranger who enters a vaccinated person's number sees what anyone new would see", () =>
  inScene([victim], async (world) => {
    const { deps, registered } = world;
    const [first] = registered;
    const [volunteer] = ids(world);
    if (!volunteer || !first) throw new Error("nobody registered");
    await noteIdentity(deps, { platform: doclr, externalId, volunteer });
    await vaccinatedElsewhere(deps, doclr, externalId);

    const tried = await register(deps, { ...victim, contact: strangers }, "volunteer");
    expect(tried.volunteer).toEqual({ ...first.volunteer, id: tried.volunteer.id, contact: strangers });
    expect(await read(deps, tried.token)).toEqual(tried.volunteer);
    expect((await change(deps, tried.token, { postcode: "6001" })).state).toBe("active");
    expect((await pause(deps, tried.token)).state).toBe("paused");
    expect(await told(world, "registered-again")).toEqual([volunteer]);
  }));

test("F20: asking for a lost token answers the same for someone on the list and for nobody", () =>
  inScene([victim], async (world) => {
    expect(await recover(world.deps, strangers)).toEqual(await recover(world.deps, victim.contact));
    expect(await told(world, "recovery")).toEqual(ids(world));
  }));
