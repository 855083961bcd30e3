import { expect, test } from "vitest";
import { answer, readInvitation } from "../../gateway/flows/answer.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { today } from "../../gateway/flows/watch.ts";
import { Language, Vaccine } from "../../schema/primitives.ts";
import { deliver, leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { inScene } from "./story.ts";

/* The slots showed the vaccine's letter, so people shopped for a brand. */

const years = ["1940", "1941", "1942", "1943"];
const people = Language.options.map((language, nth) =>
  newVolunteer({ born: `${years[nth]}-01-01`, language }),
);

test.each(Vaccine.options)("F11: nothing that a volunteer or a passer-by sees of a dose says %s", (vaccine) =>
  inScene(people, async (world) => {
    const { deps } = world;
    const { id } = await leftOver(world, people.length, { vaccine });
    await settle(deps, id);
    const seen: unknown[] = [await today(deps)];
    for (const { token } of await deliver(world, id))
      seen.push(await readInvitation(deps, token), await answer(deps, token, "yes"));
    expect(seen).toHaveLength(1 + 2 * people.length);
    expect(JSON.stringify(seen).toLowerCase()).not.toMatch(new RegExp(Vaccine.options.join("|")));
  }),
);
