import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createContext } from "../adapters/kit/context.ts";
import { readDocument } from "../adapters/kit/document.ts";
import { createDriftWatch, type DriftListener } from "../adapters/kit/drift.ts";
import { guardPorts } from "../adapters/kit/guard.ts";
import type { Adapter, Capability, Log, Ports, RosterTerms } from "../schema/adapter.ts";
import { Limits, type PlatformState } from "../schema/platform.ts";
import { type Instant, PlatformName } from "../schema/primitives.ts";
import type { Platform } from "./config/platforms.ts";

/** A platform by the operator's name for it, with the ports of what it can do. */
export type ConnectedPlatform = {
  name: PlatformName;
  capabilities: readonly Capability[];
  roster?: RosterTerms;
  /** How often its list is read through; absent: once a day. */
  passEveryHours?: number;
  ports: Partial<Ports>;
  /** How it is at this moment, as far as this process knows. */
  state(): Pick<PlatformState, "ports" | "traffic">;
};

type World = {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  log: Log;
  /** How many gateways share what one may ask of a platform; one, where it is absent. */
  sharers?(): number;
  /** Networks in which any platform may lie, beside its own: the sandbox's lie on this machine. */
  networks?: readonly string[];
  /** Who keeps a platform's drift; nobody where it is absent. */
  drifts?(platform: PlatformName): DriftListener;
};

const { resolve } = createRequire(import.meta.url);

const isInstalled = (name: string): boolean => {
  try {
    return Boolean(resolve(name));
  } catch (error) {
    // A package that can only be imported is there, though not for `require`.
    return (error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND";
  }
};

/**
 * Where an adapter lies: in the folder of that name under `adapters/`, or, where there is no such folder, in the npm
 * package of that name, with the same default export.
 */
const locate = (name: string): string | undefined => {
  const own = `../adapters/${name}/adapter.ts`;
  if (PlatformName.safeParse(name).success && existsSync(new URL(own, import.meta.url))) return own;
  return isInstalled(name) ? name : undefined;
};

const isAdapter = (found: unknown): found is Adapter =>
  typeof found === "object" &&
  found !== null &&
  "capabilities" in found &&
  "options" in found &&
  "connect" in found;

/** An adapter by its name; where there is none, or none that can be used, why. */
export const find = async (name: string): Promise<Adapter | { fault: string }> => {
  const place = locate(name);
  if (!place) return { fault: `there is no folder adapters/${name}, and no package "${name}" is installed` };
  try {
    const { default: found }: { default?: unknown } = await import(place);
    return isAdapter(found)
      ? found
      : { fault: `${name} has no adapter as its default export; docs/adapters.md says what one is` };
  } catch (error) {
    return { fault: `${name} cannot be loaded: ${String(error)}` };
  }
};

/** So many calls for each request that may run at once: they take turns, and beyond that they only pile up. */
const callsPerRequest = 10;

/** Every line about a platform names it. */
const about = (platform: PlatformName, log: Log): Log => ({
  info: (facts, message) => log.info({ platform, ...facts }, message),
  warn: (facts, message) => log.warn({ platform, ...facts }, message),
});

const connectOne = async (entry: Platform, world: World) => {
  const adapter = await find(entry.adapter);
  if ("fault" in adapter) throw new Error(`${entry.name}: ${adapter.fault}`);
  const options = adapter.options.safeParse(entry.options);
  if (!options.success) {
    const faults = options.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Error(`platforms.yaml ${entry.name}.options: ${faults.join("; ")}`);
  }
  const limits = Limits.parse(entry.limits ?? {});
  const networks = [...(world.networks ?? []), ...(entry.privateNetworks ?? [])];
  const context = createContext({ ...world, limits, reach: { networks } });
  const [log, listener] = [about(entry.name, world.log), world.drifts?.(entry.name)];
  const document = () => readDocument(entry.adapter);
  const { ports, state } = guardPorts(adapter.connect(options.data, context), {
    ...{ now: world.now, log },
    drift: listener && createDriftWatch({ document, listener, now: world.now, log }),
    callsAtOnce: callsPerRequest * limits.atOnce,
  });
  return {
    platform: {
      ...{ name: entry.name, capabilities: adapter.capabilities, roster: adapter.roster, ports },
      state: () => ({ ports: state(), traffic: context.line.state() }),
      passEveryHours: entry.passEveryHours,
    },
    close: () => context.close(),
  };
};

/** Connects every platform by its adapter's name; throws where one is unknown or its options are not its own. */
export const connect = async (entries: readonly Platform[], world: World) => {
  const connected = await Promise.all(entries.map((entry) => connectOne(entry, world)));
  return {
    platforms: connected.map(({ platform }): ConnectedPlatform => platform),
    close: async () => {
      await Promise.all(connected.map(({ close }) => close()));
    },
  };
};
