import { afterAll, beforeAll, expect, test } from "vitest";
import { always, type Fault } from "../../adapters/kit/faults.ts";
import { OpenSlots } from "../../schema/platform.ts";
import { type Instant, instant, millis } from "../../schema/primitives.ts";
import { openScene, type Scene } from "./scene.ts";

/* Slots of two centres whose platforms have a bad day, one after the other. */

const deadlineMs = 2_000;
/** For a machine that has much else to do: far less than what any of the faults would take. */
const slackMs = 10_000;
const endless: Fault = { kind: "slow", milliseconds: 60_000 };

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ slots: { deadlineMs } });
});
afterAll(() => scene.close());

/** In whole minutes: a request that is tried again moves the clock by a moment. */
const minutesSince = (at: Instant) => Math.round((millis(scene.now()) - millis(at)) / 60_000);

/** How each platform did, and how many slots it brought. Whatever happens, it is told in time. */
const ask = async (hours = 24) => {
  const from = instant(Math.ceil(millis(scene.now()) / 3_600_000) * 3_600_000);
  const until = instant(millis(from) + hours * 3_600_000);
  const began = performance.now();
  const told = await scene.client.get<OpenSlots>(
    `/v1/slots?centre=charleroi&centre=heysel&from=${from}&until=${until}`,
  );
  expect(performance.now() - began).toBeLessThan(deadlineMs + slackMs);
  const { slots, sources } = OpenSlots.parse(told);
  return Object.fromEntries(
    sources.map(({ platform, state, asOf }) => {
      const some = slots.some((each) => each.platform === platform);
      return [platform, { state, some, ...(asOf && { minutesOld: minutesSince(asOf) }) }];
    }),
  );
};
const fine = { state: "ok", some: true, minutesOld: 0 };

test("whatever a platform does, the other's slots are there in time, and each says how it did", async () => {
  const { pass, platform } = scene;
  const [doctena, doclr] = [platform("doctena"), platform("doclr")];
  expect(await ask()).toEqual({ doctena: fine, doclr: fine });

  await doclr.pause();
  await pass(1);
  expect(await ask()).toEqual({ doctena: fine, doclr: { state: "stale", some: true, minutesOld: 1 } });
  expect(await ask(48)).toEqual({ doctena: fine, doclr: { state: "failed", some: false } });

  await doclr.resume();
  await pass(1);
  expect(await ask()).toEqual({ doctena: fine, doclr: fine });

  // Of its slots alone, or the worker would wait for its list as well.
  doctena.faults.plan(({ path }) => (path === "/v1/slots" ? endless : undefined));
  await pass(1);
  expect(await ask()).toEqual({ doclr: fine, doctena: { state: "stale", some: true, minutesOld: 1 } });
  expect(await ask(72)).toEqual({ doclr: fine, doctena: { state: "late", some: false } });
  doctena.faults.lift();
  await pass(1);
  expect(await ask()).toEqual({ doctena: fine, doclr: fine });

  const badDays: Fault[] = [
    { kind: "server-error", status: 503 },
    { kind: "html-page" },
    { kind: "truncated" },
    { kind: "down" },
  ];
  for (const fault of badDays) {
    doclr.faults.plan(always(fault));
    await pass(1);
    expect(await ask()).toMatchObject({ doctena: fine, doclr: { state: "stale", some: true } });
  }
  doclr.faults.lift();
  await pass(1);
  expect(await ask()).toEqual({ doctena: fine, doclr: fine });
});
