import { plusMinutes } from "../../../schema/primitives.ts";
import type { Surplus } from "../../../schema/surplus.ts";
import { createCrowd } from "./crowd.ts";
import { planOutage } from "./outage.ts";
import { at, type Stage } from "./stage.ts";

/** How often the staff of a centre look at who is to be called and who is at the door, in minutes. */
const staffLookEvery = 5;

/**
 * 17:00 to 20:45, minute by minute: in each the gateway does all that is due while people do what people do; and
 * afterwards until nothing is left to be told to anyone.
 */
export const playEvening = async (stage: Stage, surpluses: readonly Surplus[]): Promise<void> => {
  const { clock, gateway } = stage;
  const crowd = createCrowd({ ...stage, now: clock.now, telephoneCentres: ["lint", "hamme"] });
  const outage = planOutage(stage);
  const people = async (minute: number) => {
    await outage.step();
    await crowd.answer();
    if (minute % staffLookEvery > 0) return;
    await crowd.telephone();
    for (const { id } of surpluses) await crowd.greet(id);
  };
  for (let minute = 1; clock.now() < at("20:45"); minute += 1) {
    await Promise.all([gateway.worker.drain(), people(minute)]);
    clock.set(plusMinutes(clock.now(), 1));
  }
  for (let round = 0; round < 20; round += 1) {
    clock.set(plusMinutes(clock.now(), 2));
    await gateway.worker.drain();
  }
};
