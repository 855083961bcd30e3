import type { Custodian, Custody } from "../store/custody.ts";
import { ringCustodian } from "./ring.ts";
import type { ServiceSettings } from "./transit.ts";

/**
 * The service wraps where there is one, and otherwise the newest of the operator's own keys; whatever is given unwraps
 * what it once wrapped, so that one can take over from the other. `close` lets the service's connections go.
 */
export const openCustody = async (given: {
  ring: readonly { version: number; key: Uint8Array }[];
  service?: ServiceSettings;
}): Promise<Custody & { close(): Promise<void> }> => {
  const ring = given.ring.map(ringCustodian);
  // Whoever has no such service loads nothing for it.
  const service = given.service && (await import("./transit.ts")).transitCustodian(given.service);
  const all: Custodian[] = service ? [service, ...ring] : ring;
  const [current] = all;
  if (!current) throw new Error("there is neither a key nor a key-management service");
  return {
    current,
    named: (name) => all.find((each) => each.name === name),
    close: async () => service?.close(),
  };
};
