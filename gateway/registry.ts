import { createContext } from "../adapters/kit/context.ts";
import type { Adapter, Capability, Log, Ports } from "../schema/adapter.ts";
import { type Instant, PlatformName } from "../schema/primitives.ts";

/** A platform by the operator's name for it, with the ports of what it can do. */
export type ConnectedPlatform = {
  name: PlatformName;
  capabilities: readonly Capability[];
  ports: Partial<Ports>;
};

/** What an operator writes of a platform: which adapter speaks to it, and how it is reached. */
export type PlatformEntry = { name: PlatformName; adapter: string; options: Record<string, unknown> };

type World = { now(): Instant; sleep(milliseconds: number): Promise<void>; log: Log };

/** An adapter is a folder's name beside the gateway, or else an npm package with the same default export. */
export const load = async (adapter: string): Promise<Adapter> => {
  const own = PlatformName.safeParse(adapter).success;
  const module: { default: Adapter } = await import(own ? `../adapters/${adapter}/adapter.ts` : adapter);
  return module.default;
};

const connectOne = async (entry: PlatformEntry, world: World) => {
  const adapter = await load(entry.adapter);
  const options = adapter.options.safeParse(entry.options);
  if (!options.success) {
    const faults = options.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`platforms.yaml ${entry.name}.options: ${faults.join("; ")}`);
  }
  const context = createContext(world);
  const ports: Partial<Ports> = adapter.connect(options.data, context);
  return {
    platform: { name: entry.name, capabilities: adapter.capabilities, ports },
    close: () => context.close(),
  };
};

/** Connects every platform by its adapter's name; throws where one is unknown or its options are not its own. */
export const connect = async (entries: readonly PlatformEntry[], world: World) => {
  const connected = await Promise.all(entries.map((entry) => connectOne(entry, world)));
  return {
    platforms: connected.map(({ platform }): ConnectedPlatform => platform),
    close: async () => {
      await Promise.all(connected.map(({ close }) => close()));
    },
  };
};
