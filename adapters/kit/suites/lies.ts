import assert from "node:assert/strict";
import { AdapterError, type Capability, type Ports } from "../../../schema/adapter.ts";
import { type Instant, plusMinutes } from "../../../schema/primitives.ts";
import { always } from "../faults.ts";
import { guardPorts } from "../guard.ts";
import { person } from "../people.ts";
import { type Open, type Promised, portOf, skip } from "../promises.ts";
import type { Scene } from "../scene.ts";
import { booked, request } from "./booking.ts";
import { invitation } from "./invite.ts";

/*
 * What a platform says that cannot be: what has begun already, what lies ahead of now, the same twice. These are tried
 * with the guard before the ports, as the gateway has them; an adapter may also refuse such an answer as `drifted`.
 */

const log = { info: () => undefined, warn: () => undefined };
const guarded = <Able extends Capability>(able: Able, { ports, clock }: Scene): Ports[Able] =>
  portOf(able, guardPorts(ports, { now: clock.now, log, callsAtOnce: 100 }).ports);

const unlessRefused = async <Result>(answer: Promise<Result>): Promise<Result | undefined> => {
  try {
    return await answer;
  } catch (fault) {
    assert.ok(fault instanceof AdapterError && fault.fault === "drifted", String(fault));
    return undefined;
  }
};

const noneAhead = (moments: (Instant | undefined)[], { clock }: Scene) => {
  for (const at of moments) assert.ok(at === undefined || at <= clock.now(), `${at} lies ahead`);
};
const noneTwice = (names: string[]) => assert.equal(new Set(names).size, names.length, "one is there twice");

const listed = async (scene: Scene) => {
  const { centres, clock } = scene;
  const [from, until] = [plusMinutes(clock.now(), -120), plusMinutes(clock.now(), 180)];
  const asked = { centres: [...centres], from, until, signal: new AbortController().signal };
  const slots = (await unlessRefused(guarded("slots", scene).list(asked))) ?? [];
  for (const { startsAt, centre } of slots) {
    assert.ok(startsAt >= clock.now() && startsAt < until, `${startsAt} was not asked for, or is over`);
    assert.ok(centres.includes(centre), centre);
  }
  noneTwice(slots.map(({ externalId }) => externalId));
  return slots;
};

const withClockOff: [words: string, minutes: number][] = [
  ["an hour ahead", 60],
  ["an hour behind", -60],
];

type Trial = { capability: Capability; name: string; keeps: string; run(scene: Scene): Promise<void> };
const trials: Trial[] = [
  {
    ...{ capability: "slots", name: "list", keeps: "what has begun is left out, and the rest is there" },
    run: async (scene) => assert.notEqual((await listed(scene)).length, 0, "nothing is left"),
  },
  {
    ...{ capability: "roster", name: "pull", keeps: "nothing was seen or said later than now" },
    run: async (scene) => {
      scene.bench.addPeople([person(1, scene.centres[0])]);
      const { records } = await guarded("roster", scene).pull({});
      assert.equal(records.length, 1);
      noneAhead(
        records.flatMap(({ checkedAt, validAt, changedAt }) => [checkedAt, validAt, changedAt]),
        scene,
      );
    },
  },
  {
    ...{ capability: "invite", name: "answers", keeps: "nobody was asked or answered later than now" },
    run: async (scene) => {
      const { bench, clock } = scene;
      if (!bench.answer) return skip("the platform asks nobody itself");
      const port = guarded("invite", scene);
      const wanted = invitation(scene);
      // By a clock an hour ahead its window may be over before it began: then there is no answer to look at.
      const receipt = await port.send({ ...wanted, comeBefore: plusMinutes(clock.now(), 240) });
      if (receipt.state === "taken") noneAhead([receipt.at], scene);
      bench.answer({ invitation: wanted.invitation, answer: "yes" });
      const { events } = await port.answers({});
      noneAhead(
        events.map((event) => ("at" in event ? event.at : undefined)),
        scene,
      );
    },
  },
];

const clocks: Promised[] = trials.flatMap(({ capability, name, keeps, run }) =>
  withClockOff.map(([words, minutes]) => ({
    capability,
    promise: `${name} when the platform's clock is ${words}: ${keeps}`,
    run: async (open: Open) => {
      const scene = await open();
      scene.platform.clockOff(minutes * 60_000);
      await run(scene);
    },
  })),
);

const saidTwice: Promised[] = [
  {
    capability: "slots",
    promise: "list when the platform says everything twice: each slot once",
    run: async (open) => {
      const scene = await open();
      const honest = await listed(scene);
      scene.platform.faults.plan(always({ kind: "said-twice" }));
      const slots = await listed(scene);
      assert.ok(slots.length === 0 || slots.length === honest.length, `${slots.length} of ${honest.length}`);
    },
  },
  {
    capability: "booking",
    promise: "held when the platform says everything twice: each booking once",
    run: async (open) => {
      const scene = await open();
      const port = guarded("booking", scene);
      if (!port.held) return skip("the platform has no list of what it holds");
      const asked = request(scene);
      const { externalRef } = booked(await port.book(asked));
      scene.platform.faults.plan(always({ kind: "said-twice" }));
      const span = { centres: [asked.centre], from: scene.clock.now(), until: plusMinutes(asked.at, 240) };
      const held = await unlessRefused(port.held(span));
      if (held)
        assert.deepEqual(
          held.map((each) => each.externalRef),
          [externalRef],
        );
    },
  },
];

/** What becomes of a platform's lies before they reach anybody. */
export const lies: Promised[] = [...clocks, ...saidTwice];
