import type { Effect } from "../../schema/surplus.ts";
import { personToProve, tellProof } from "../flows/prove.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/** Asks a population register about somebody who was promised a dose, so that the centre knows what is proven. */
export const prove = async (
  carrier: Carrier,
  { volunteer, platform }: Extract<Effect, { kind: "prove" }>,
): Promise<void> => {
  const port = portsOf(carrier, platform).register;
  const person = port && (await personToProve(carrier.deps, volunteer));
  if (!port || !person) return;
  const findings = await call(carrier, platform, () => port.check(person));
  await tellProof(carrier.deps, volunteer, { platform, findings });
};
