import assert from "node:assert/strict";
import { AdapterError, type AdapterFault } from "../../../schema/adapter.ts";
import { always, type Fault, onlyNth } from "../faults.ts";
import { type Open, type Promised, skip } from "../promises.ts";
import type { SceneSettings } from "../scene.ts";
import { type Method, methods } from "./methods.ts";

type BadDay = {
  named: string;
  fault: Fault;
  follows: AdapterFault;
  settings?: SceneSettings;
  /** Its replies come, and only say it otherwise: one with an empty body is as it was. */
  distorts?: true;
};

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
  { named: "sends a body without end", fault: { kind: "endless-body" }, follows: "drifted" },
  { named: "calls its reply a page", fault: { kind: "wrong-type" }, follows: "drifted", distorts: true },
  { named: "has changed its schema", fault: { kind: "changed-schema" }, follows: "drifted", distorts: true },
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
  const met = scene.platform.faults.injected() > 0;
  if (day.distorts && !met) return skip("its replies have nothing that could be otherwise");
  if ("thrown" in outcome) mustFollow(outcome.thrown, day, method);
  else assert.ok(day.distorts && method.writes, `${method.name} answered although the platform ${day.named}`);
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
  const met = scene.platform.faults.injected();
  assert.ok(met === 1 || day.distorts, `${method.name} made no request ${nth}`);
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
