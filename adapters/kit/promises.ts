import type { Capability, Ports } from "../../schema/adapter.ts";
import type { Scene, SceneSettings } from "./scene.ts";

/** Opens a scene that lasts until the promise has been tried. */
export type Open = (settings?: SceneSettings) => Promise<Scene>;

/** One sentence of the adapter contract and what tries it; it throws where the promise is broken. */
export type Promised = { capability: Capability; promise: string; run(open: Open): Promise<void> };

/** Thrown by a trial that does not apply to this platform; its message says why. */
export class Skipped extends Error {}
export const skip = (reason: string): never => {
  throw new Skipped(reason);
};

export const portOf = <Able extends Capability>(capability: Able, ports: Partial<Ports>): Ports[Able] => {
  const port = ports[capability];
  if (!port) throw new Error(`the adapter names "${capability}" and connects no such port`);
  return port as Ports[Able];
};

type Trial<Able extends Capability> = (port: Ports[Able], scene: Scene, open: Open) => Promise<void>;

/** The promises of one capability, each tried in a scene of its own. */
export const promises = <Able extends Capability>(
  capability: Able,
  trials: Record<string, Trial<Able>>,
): Promised[] =>
  Object.entries(trials).map(([promise, trial]) => ({
    capability,
    promise,
    run: async (open) => {
      const scene = await open();
      await trial(portOf(capability, scene.ports), scene, open);
    },
  }));
