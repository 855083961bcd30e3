import type { Capability } from "../../schema/adapter.ts";
import { plusMinutes } from "../../schema/primitives.ts";
import * as outbox from "../store/outbox.ts";
import type { Carrier } from "./carrier.ts";
import { nextPass } from "./pass.ts";

/** Orders what is done again and again from the first start on. Each is one row, however many gateways order it. */
export const orderRecurring = (
  world: Pick<Carrier, "deps" | "platforms"> & { hasDataKeys?: boolean },
): Promise<void> => {
  const { deps, platforms } = world;
  const now = deps.now();
  const those = (...of: Capability[]) =>
    platforms.filter(({ capabilities }) => of.some((each) => capabilities.includes(each)));
  return outbox.enqueue(
    deps.db,
    [
      ...those("roster", "invite").map(({ name }) => ({ kind: "pull" as const, platform: name, at: now })),
      ...those("roster").map(({ name }) => ({
        ...{ kind: "pass" as const, platform: name, at: nextPass(world, name) },
      })),
      ...those("booking").map(({ name }) => ({
        ...{ kind: "reconcile" as const, platform: name, at: plusMinutes(now, 15) },
      })),
      ...those("official").map(({ name }) => ({ kind: "pull-official" as const, platform: name, at: now })),
      { kind: "compare", at: now },
      { kind: "link", at: now },
      { kind: "forget", at: now },
      { kind: "report", at: now },
      ...(world.hasDataKeys ? [{ kind: "renew-keys" as const, at: now }] : []),
    ],
    now,
  );
};
