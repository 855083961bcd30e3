import assert from "node:assert/strict";
import { AdapterError, type AdapterFault, type Capability } from "../../../schema/adapter.ts";
import { plusMinutes } from "../../../schema/primitives.ts";
import { always, type Fault, onlyNth } from "../faults.ts";
import { person } from "../people.ts";
import { type Open, type Promised, portOf, skip } from "../promises.ts";
import type { Scene, SceneSettings } from "../scene.ts";
import { booked, live, request } from "./booking.ts";
import { asked, invitation } from "./invite.ts";
import { invited, officially, someone } from "./official.ts";

/** One method of a port, ready to be called: once, again after a fault, and what must be true at the end. */
type Call = {
  once(): Promise<unknown>;
  /** As the gateway goes on after a fault: it looks before it repeats. The same as `once` unless said. */
  again?(): Promise<unknown>;
  /** Throws unless it happened exactly once, whatever was lost on the way. */
  verify?(): void | Promise<void>;
};
type Method = { capability: Capability; name: string; writes: boolean; prepare(scene: Scene): Promise<Call> };

const methods: Method[] = [
  {
    capability: "roster",
    name: "pull",
    writes: false,
    prepare: async (scene) => {
      scene.bench.addPeople([person(1, scene.centres[0])]);
      return { once: () => portOf("roster", scene.ports).pull({}) };
    },
  },
  {
    capability: "roster",
    name: "put",
    writes: true,
    prepare: async (scene) => ({
      once: () => portOf("roster", scene.ports).put(person(1, scene.centres[0])),
      verify: () => assert.equal(scene.bench.people().length, 1),
    }),
  },
  {
    capability: "roster",
    name: "close",
    writes: true,
    prepare: async (scene) => {
      const [externalId] = scene.bench.addPeople([person(1, scene.centres[0])]);
      assert.ok(externalId);
      const states = () => scene.bench.people().filter(({ state }) => state !== "left");
      return {
        once: () => portOf("roster", scene.ports).close({ externalId, reason: "withdrawn" }),
        verify: () => assert.deepEqual(states(), []),
      };
    },
  },
  {
    capability: "slots",
    name: "list",
    writes: false,
    prepare: async ({ ports, centres, clock }) => {
      const [from, until] = [clock.now(), plusMinutes(clock.now(), 120)];
      const { signal } = new AbortController();
      return { once: () => portOf("slots", ports).list({ centres: [...centres], from, until, signal }) };
    },
  },
  {
    capability: "booking",
    name: "book",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      const wanted = request(scene);
      return {
        once: () => port.book(wanted),
        again: async () => (await port.find(wanted)) ?? booked(await port.book(wanted)),
        verify: () => assert.equal(live(scene).length, 1),
      };
    },
  },
  {
    capability: "booking",
    name: "find",
    writes: false,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      const wanted = request(scene);
      const { externalRef } = booked(await port.book(wanted));
      return {
        once: () => port.find(wanted),
        verify: async () => assert.equal((await port.find(wanted))?.externalRef, externalRef),
      };
    },
  },
  {
    capability: "booking",
    name: "held",
    writes: false,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      if (!port.held) return skip("the platform has no list of what it holds");
      const { at, centre } = request(scene);
      const span = { centres: [centre], from: at, until: plusMinutes(at, 240) };
      return { once: async () => port.held?.(span) };
    },
  },
  {
    capability: "booking",
    name: "cancel",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("booking", scene.ports);
      const { booking, centre, ...rest } = request(scene);
      const { externalRef } = booked(await port.book({ booking, centre, ...rest }));
      return {
        once: () => port.cancel({ booking, centre, externalRef }),
        verify: () => assert.deepEqual(live(scene), []),
      };
    },
  },
  {
    capability: "invite",
    name: "send",
    writes: true,
    prepare: async (scene) => {
      const wanted = { ...invitation(scene), kind: "standby" as const };
      return {
        once: () => portOf("invite", scene.ports).send(wanted),
        verify: () => {
          const seen = asked(scene, wanted.invitation);
          assert.deepEqual([seen?.asked, seen?.told?.kind], [1, "standby"]);
        },
      };
    },
  },
  {
    capability: "invite",
    name: "revoke",
    writes: true,
    prepare: async (scene) => {
      const port = portOf("invite", scene.ports);
      const wanted = invitation(scene);
      await port.send(wanted);
      return {
        once: () => port.revoke({ invitation: wanted.invitation }),
        verify: () => assert.equal(asked(scene, wanted.invitation)?.state, "revoked"),
      };
    },
  },
  {
    capability: "invite",
    name: "answers",
    writes: false,
    prepare: async (scene) => {
      const wanted = invitation(scene);
      await portOf("invite", scene.ports).send(wanted);
      scene.bench.answer?.({ invitation: wanted.invitation, answer: "yes" });
      return { once: () => portOf("invite", scene.ports).answers({}) };
    },
  },
  {
    capability: "official",
    name: "changes",
    writes: false,
    prepare: async (scene) => {
      invited(scene);
      return { once: () => portOf("official", scene.ports).changes({}) };
    },
  },
  ...(["supersede", "reinstate"] as const).map(
    (name): Method => ({
      capability: "official",
      name,
      writes: true,
      prepare: async (scene) => {
        const port = portOf("official", scene.ports);
        const [code, person] = [invited(scene), someone(scene)];
        const asked = { person, reason: "reserve-list" as const, at: scene.clock.now() };
        if (name === "reinstate") await port.supersede(asked);
        return {
          once: () => (name === "supersede" ? port.supersede(asked) : port.reinstate(asked)),
          verify: () =>
            assert.equal(officially(scene).state(code), name === "supersede" ? "withdrawn" : "offered"),
        };
      },
    }),
  ),
];

type BadDay = { named: string; fault: Fault; follows: AdapterFault; settings?: SceneSettings };

/** Long enough for an honest reply on a busy machine, short enough to wait for. */
const hurried: SceneSettings = { timeoutMs: 3_000 };
const badDays: BadDay[] = [
  { named: "hangs up", fault: { kind: "down" }, follows: "unavailable" },
  {
    named: "does not answer in time",
    fault: { kind: "slow", milliseconds: 60_000 },
    follows: "unavailable",
    settings: hurried,
  },
  { named: "answers 500", fault: { kind: "server-error", status: 500 }, follows: "unavailable" },
  { named: "answers 503", fault: { kind: "server-error", status: 503 }, follows: "unavailable" },
  { named: "answers 429", fault: { kind: "throttled", retryAfterSeconds: 17 }, follows: "throttled" },
  { named: "sends an HTML page with status 200", fault: { kind: "html-page" }, follows: "drifted" },
  { named: "sends half a body", fault: { kind: "truncated" }, follows: "unavailable" },
  { named: "does it, and its reply is lost", fault: { kind: "lost-reply" }, follows: "unavailable" },
];

/** The fault that must be thrown; after a write an adapter may always say `unknown` instead. */
const mustFollow = (thrown: unknown, { follows }: BadDay, { writes, name }: Method) => {
  assert.ok(thrown instanceof AdapterError, `${name} threw something else: ${thrown}`);
  const allowed = writes ? [follows, "unknown"] : [follows];
  assert.ok(allowed.includes(thrown.fault), `${name} threw ${thrown.fault}: ${thrown.message}`);
  if (thrown.fault === "throttled")
    assert.equal(thrown.retryAfterSeconds, 17, "not before retryAfterSeconds");
};

const outcomeOf = async (call: () => Promise<unknown>): Promise<{ thrown?: unknown }> =>
  call().then(
    () => ({}),
    (thrown: unknown) => ({ thrown }),
  );

/** How many requests an untroubled call makes. One that makes none meets no fault, and has nothing to say of one. */
const requestsOf = async (open: Open, method: Method): Promise<number> => {
  const scene = await open();
  const { once } = await method.prepare(scene);
  let count = 0;
  scene.platform.faults.plan(({ nth }) => {
    count = nth;
    return undefined;
  });
  await once();
  return count > 0 ? count : skip("no request is made that could fail");
};

/** Every request of the method meets the fault: it throws; and once the fault is over it can be done. */
const tryOnEvery = async (open: Open, method: Method, day: BadDay) => {
  const scene = await open(day.settings);
  const call = await method.prepare(scene);
  scene.platform.faults.plan(always(day.fault));
  const outcome = await outcomeOf(call.once);
  assert.ok("thrown" in outcome, `${method.name} answered although the platform ${day.named}`);
  mustFollow(outcome.thrown, day, method);
  scene.platform.faults.lift();
  await (call.again ?? call.once)();
  await call.verify?.();
};

/** Only the nth request meets the fault, so that whatever came before has happened. */
const tryOnNth = async (open: Open, method: Method, day: BadDay, nth: number): Promise<void> => {
  const scene = await open(day.settings);
  const call = await method.prepare(scene);
  scene.platform.faults.plan(onlyNth(nth, day.fault));
  const outcome = await outcomeOf(call.once);
  assert.equal(scene.platform.faults.injected(), 1, `${method.name} made no request ${nth}`);
  scene.platform.faults.lift();
  if ("thrown" in outcome) {
    mustFollow(outcome.thrown, day, method);
    await (call.again ?? call.once)();
  }
  await call.verify?.();
};

const onBadDays = badDays.flatMap((day) =>
  methods.map((method) => ({
    capability: method.capability,
    promise: `${method.name} when the platform ${day.named}: it says so, and can be called again`,
    run: async (open: Open) => {
      const requests = await requestsOf(open, method);
      const single = Array.from({ length: requests }, (_, index) => tryOnNth(open, method, day, index + 1));
      await Promise.all([tryOnEvery(open, method, day), ...single]);
    },
  })),
);

const withoutConnection = methods.map((method) => ({
  capability: method.capability,
  promise: `${method.name} when the platform is down: unavailable, for nothing can have happened`,
  run: async (open: Open) => {
    await requestsOf(open, method);
    const scene = await open();
    const call = await method.prepare(scene);
    await scene.platform.pause();
    await assert.rejects(call.once(), { name: "AdapterError", fault: "unavailable" });
    await scene.platform.resume();
    await call.once();
    await call.verify?.();
  },
}));

/** What each networked port does on each bad day, at each of its requests. */
export const faults: Promised[] = [...withoutConnection, ...onBadDays];
