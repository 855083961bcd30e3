import { createContext } from "../../adapters/kit/context.ts";
import type { Delivery } from "../../adapters/kit/simulator.ts";
import type { Log } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";

type Courier = (platform: string, delivery: Delivery) => Promise<void>;

/** Brings the platforms' webhooks to the gateway, once each; one that fails is told in the log and not repeated. */
export const openCourier = (given: {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  log: Log;
  /** Asked at each delivery, since the gateway starts after its platforms. */
  gatewayUrl(): string;
}): { deliver: Courier; close(): Promise<void> } => {
  const { http, close } = createContext(given);
  const deliver: Courier = async (platform, { headers, body }) => {
    const bytes = new TextEncoder().encode(body);
    const path = `/v1/platforms/${platform}/events`;
    try {
      const { status } = await http(given.gatewayUrl()).request({ method: "POST", path, headers, bytes });
      if (status >= 300) given.log.warn({ platform, status }, "a delivery was refused");
    } catch (error) {
      const fault = error instanceof Error ? error.message : "unknown";
      given.log.warn({ platform, fault }, "a delivery did not arrive");
    }
  };
  return { deliver, close };
};
