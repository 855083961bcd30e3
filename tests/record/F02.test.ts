import { expect, test } from "vitest";
import { openIntake } from "../../gateway/flows/intake/gather.ts";
import { leftOver } from "../flows/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { ids, inScene, settled } from "./story.ts";

/* The queue was enforced in the browser: a few clicks skipped it. */

const years = ["1985", "1972", "1958", "1949", "1931"];
const people = years.map((year) => newVolunteer({ born: `${year}-03-02` }));

test("F02: the eldest is asked first, whoever came first and whatever their browser did", () =>
  inScene(people, async (world) => {
    const { id } = await leftOver(world, 5);
    expect(await settled(world, id)).toEqual(ids(world).toReversed());
  }));

test("F02: of those under 65, people at risk come first, again by descending age", () => {
  const atRisk = newVolunteer({ born: "1990-05-05", conditions: ["at-risk"] });
  return inScene([...people, atRisk], async (world) => {
    const [b1985, b1972, b1958, b1949, b1931, risk] = ids(world);
    const { id } = await leftOver(world, 6);
    expect(await settled(world, id)).toEqual([b1931, b1949, risk, b1958, b1972, b1985]);
  });
});

test("F02: whoever is refused for the crowd, or leaves, and comes back last with their key loses nothing", () =>
  inScene([], async (world) => {
    const intake = openIntake(world.deps, { pressure: { waiting: 1 } });
    const keyed = people.map((input, nth) => ({
      ...{ input, actor: "volunteer" },
      request: { caller: "anonymous", key: `key-${nth}`, content: JSON.stringify(input) },
    }));
    const atOnce = await Promise.allSettled(keyed.map((each) => intake.register(each)));
    const refused = keyed.filter((_, nth) => atOnce[nth]?.status === "rejected");
    expect(refused.map(({ input }) => input.nationalNumber)).toContain(people.at(-1)?.nationalNumber);
    for (const each of refused) await intake.register(each);
    for (const each of keyed) await intake.register(each);
    const byBirth = await world.database.sql`select id from volunteers order by birth_date`;
    expect(byBirth).toHaveLength(people.length);
    const { id } = await leftOver(world, people.length);
    expect(await settled(world, id)).toEqual(byBirth.map((each) => each.id));
  }));
