import { expect, test } from "vitest";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { newVolunteer, newVolunteers } from "../support/gateway.ts";
import { register } from "../support/register.ts";
import { inScene } from "./story.ts";

/* Half a million people on the first day; the page held them in a queue, and whoever left lost their place. */

test("F01: everyone of a crowd is on the list when they are answered, and nobody waits for anyone", () =>
  inScene([], async ({ deps, database }) => {
    const crowd = await Promise.all(newVolunteers(60).map((one) => register(deps, one, "volunteer")));
    const queued = await database.sql`select volunteer from queue`;
    expect(new Set(queued.map(({ volunteer }) => volunteer))).toEqual(
      new Set(crowd.map(({ volunteer }) => volunteer.id)),
    );
  }));

test("F01: whoever retries after a lost answer finds the same registration and the same token", () =>
  inScene([], async ({ deps }) => {
    const input = newVolunteer();
    const request = { caller: "volunteer", key: "from-the-page", content: JSON.stringify(input) };
    const first = await openIntake(deps).register({ input, actor: "volunteer", request });
    expect(first.registered?.volunteer.familyName).toBe(input.familyName);
    // Another process, or the same one after it was started again.
    const again = await openIntake(deps).register({ input, actor: "volunteer", request });
    expect(again).toEqual({ body: first.body });
  }));
