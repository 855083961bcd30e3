import fc from "fast-check";
import { expect, test } from "vitest";
import { type Evening, eveningOf } from "../../gateway/simulate/evening.ts";
import { millis, type SurplusId } from "../../schema/primitives.ts";
import { peopleOf, scenarioWith, silent } from "./evenings.ts";
import { broken, nothing, type RandomWorld, randomWorld } from "./random-world.ts";

/* Ten thousand evenings on which anything happens at any time: the engine's flows, on the book in memory. */

const evenings = 10_000;

type Deed = { verb: keyof RandomWorld["verbs"]; pick: number; minutes: number };
const verb = fc.constantFrom<Deed["verb"][]>(
  ...(["wait", "settle", "take", "take", "yes", "yes", "no", "refuse", "leave"] as const),
  ...(["raise", "lower", "attend", "miss", "wait", "settle", "take"] as const),
);
const deed: fc.Arbitrary<Deed> = fc.record({
  verb,
  pick: fc.nat(999),
  // Mostly minutes; now and then the engine is asleep for an hour.
  minutes: fc.oneof(
    { arbitrary: fc.integer({ min: 1, max: 20 }), weight: 9 },
    { arbitrary: fc.constant(70), weight: 1 },
  ),
});

const story = fc.record({
  doses: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
  hours: fc.integer({ min: 1, max: 3 }),
  people: fc.integer({ min: 1, max: 14 }),
  rules: fc.record({
    standby: fc.boolean(),
    messagesPerDose: fc.constantFrom(1, 4, 20),
    rule: fc.constantFrom("windows-shorten" as const, "first-yes" as const),
  }),
  deeds: fc.array(deed, { minLength: 5, maxLength: 40 }),
});
type Story = typeof story extends fc.Arbitrary<infer Told> ? Told : never;

const eveningFor = ({ doses, hours, people, rules: { rule, ...rules } }: Story): Evening =>
  eveningOf(
    scenarioWith({
      surpluses: doses.map((count) => ({ at: "17:00", doses: count, usableUntil: `${17 + hours}:00` })),
      policy: { ...rules, lastMinutes: { rule, minutes: 15 } },
    }),
    peopleOf(...Array.from({ length: people }, () => silent)),
  );

const at = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % Math.max(1, items.length)];

const perform = async (world: RandomWorld, { verb, pick, minutes }: Deed): Promise<void> => {
  const { verbs } = world;
  const surplus = at(world.surplusIds(), pick);
  const row = at(world.invitations(), pick);
  const booking = at(world.bookings(), pick);
  if (verb === "wait") return verbs.wait(minutes);
  if (verb === "settle") return surplus && verbs.settle(surplus);
  if (verb === "raise") return surplus && verbs.raise(surplus, 1 + (minutes % 2));
  if (verb === "lower") return surplus && verbs.lower(surplus);
  if (verb === "attend" || verb === "miss") return booking && verbs[verb](booking.id);
  return row && verbs[verb](row);
};

/** Nobody above whoever was just asked was free to be asked: not asked, promised, resting, or asked for these before. */
const passedOver = (world: RandomWorld, evening: Evening, before: number): string[] => {
  const rows = world.invitations();
  const fresh = rows.slice(before);
  return fresh.flatMap((row) => {
    const everAsked = new Set(rows.map(({ volunteer }) => volunteer));
    return evening.people
      .filter(
        ({ id, birthDate }) =>
          !everAsked.has(id) &&
          birthDate < (evening.people.find((each) => each.id === row.volunteer)?.birthDate ?? ""),
      )
      .map(({ id }) => id);
  });
};

const closed = async (world: RandomWorld, evening: Evening): Promise<void> => {
  const end = Math.max(...evening.left.map(({ usableUntil }) => usableUntil));
  await world.verbs.wait(Math.max(1, (end - millis(world.now())) / 60_000 + 1));
  for (const id of world.surplusIds()) await world.verbs.settle(id);
  for (const { id } of world.bookings()) await world.verbs.attend(id);
};

const accounted = (world: RandomWorld, id: SurplusId) => {
  const { free, held, promised } = world.doses(id);
  expect({ free, held, promised }).toEqual({ free: 0, held: 0, promised: 0 });
  const replayed = world.replayed(id);
  expect(replayed.doses).toEqual(world.doses(id));
  for (const row of world.invitations().filter(({ surplus }) => surplus === id))
    expect(replayed.invitations.get(row.id)).toBe(row.state);
};

test(
  "whatever happens: no dose held or promised twice, no person promised two, none passed over, every dose accounted for",
  { timeout: 600_000 },
  () =>
    fc.assert(
      fc.asyncProperty(story, async (told) => {
        const evening = eveningFor(told);
        const world = randomWorld(evening);
        world.announce();
        for (const each of told.deeds) {
          const before = world.invitations().length;
          await perform(world, each);
          expect(broken(world)).toEqual(nothing);
          expect(passedOver(world, evening, before)).toEqual([]);
        }
        await closed(world, evening);
        expect(broken(world)).toEqual(nothing);
        for (const id of world.surplusIds()) accounted(world, id);
      }),
      { numRuns: evenings },
    ),
);
