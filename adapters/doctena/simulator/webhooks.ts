import { createHmac } from "node:crypto";
import { millis } from "../../../schema/primitives.ts";
import type { Delivery, World } from "../../kit/simulator.ts";
import { type Document, sandbox } from "./state.ts";

type Told<Event> = Event extends unknown ? Omit<Event, "delivery"> : never;
type Event = Told<Document["WebhookEvent"]>;

/** One event, signed now, under a delivery id of its own. */
export const sign = (event: Event, world: World): Delivery => {
  const body = JSON.stringify({ delivery: uuid(world), ...event });
  const seconds = Math.floor(millis(world.now()) / 1000);
  const signature = createHmac("sha256", sandbox.webhookSecret).update(`${seconds}.${body}`).digest("hex");
  return {
    headers: { "content-type": "application/json", "doctena-signature": `t=${seconds},v1=${signature}` },
    body,
  };
};

/** Random letters and digits, replayable from the world's seed. */
export const hex = (world: World, length: number): string =>
  Array.from({ length }, () => Math.floor(world.random() * 16).toString(16)).join("");

const uuid = (world: World): string => {
  const parts = [hex(world, 8), hex(world, 4), `4${hex(world, 3)}`, `8${hex(world, 3)}`, hex(world, 12)];
  return parts.join("-");
};
