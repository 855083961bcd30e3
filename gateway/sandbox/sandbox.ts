import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type RunningPlatform, runPlatform } from "../../adapters/kit/platform.ts";
import type { Delivery, Simulator } from "../../adapters/kit/simulator.ts";
import type { Log } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import type { Federation } from "../config/federation.ts";
import type { Platform } from "../config/platforms.ts";
import { centresOf } from "./bound-centres.ts";
import { openCourier } from "./courier.ts";
import { type Machine, peopleOf } from "./identity/people.ts";
import { type IdentityProvider, openIdentityProvider } from "./identity/server.ts";
import { keepState, readState } from "./kept-state.ts";
import { keysFile, openKeys, type SandboxKeys } from "./keys.ts";
import { openPostOffice, type PostOffice } from "./post-office.ts";

type Surroundings = {
  /** Keys and the simulators' states lie here, and outlive a restart. */
  directory: string;
  federation: Federation;
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  /** In [0, 1); a seeded one repeats what the platforms draw. */
  random?(): number;
  log: Log;
  /** Where people sign in, where that port is free; a free one where absent. */
  signInPort?: number;
  /** Asked at each delivery, since the gateway starts after its platforms. */
  gatewayUrl(): string;
};

export type Sandbox = SandboxKeys & {
  /** The federation's platforms, reached at their simulators: what the registry connects. */
  platforms: Platform[];
  postOffice: PostOffice;
  identityProvider: IdentityProvider;
  simulators: Map<string, RunningPlatform<unknown>>;
  close(): Promise<void>;
};

/** Everything around a gateway that is not there on a newcomer's machine, as real servers on free ports. */
export const openSandbox = async (given: Surroundings): Promise<Sandbox> => {
  const simulatorsIn = join(given.directory, "simulators");
  await mkdir(simulatorsIn, { recursive: true, mode: 0o700 });
  const keys = await openKeys(join(given.directory, keysFile));
  const ends: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const courier = openCourier(given);
    ends.push(courier.close);
    const postOffice = await openPostOffice(given);
    ends.push(postOffice.close);
    const machines = (["platform", "reporting"] as const).map((role) => machineOf(role, keys));
    const people = peopleOf(given.federation);
    const identityProvider = await openIdentityProvider({
      people,
      machines,
      port: given.signInPort,
      log: given.log,
    });
    ends.push(identityProvider.close);
    const simulators: Sandbox["simulators"] = new Map();
    const platforms: Platform[] = [];
    for (const platform of given.federation.platforms) {
      const simulator = await simulatorOf(platform);
      const world = {
        now: given.now,
        sleep: given.sleep,
        random: given.random ?? Math.random,
        centres: centresOf(given.federation, platform.name),
        deliver: (delivery: Delivery) => courier.deliver(platform.name, delivery),
      };
      const file = join(simulatorsIn, `${platform.name}.json`);
      const running = await runPlatform({ simulator, world, state: await readState(file) });
      ends.push(keepState({ file, state: running.state, log: given.log }).close, running.close);
      simulators.set(platform.name, running);
      platforms.push({ ...platform, options: simulator.options(running.url) });
    }
    return { ...keys, platforms, postOffice, identityProvider, simulators, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** A program of that role, whose secret is the role's key. */
const machineOf = (role: "platform" | "reporting", { keys }: SandboxKeys): Machine => ({
  ...{ id: `sandbox-${role}`, roles: [role], regions: [], centres: [] },
  secret: keys.find(({ caller }) => caller.role === role)?.key ?? "",
});

/** Found by its adapter's folder; one from a package brings none, and has no place in the sandbox. */
const simulatorOf = async ({ name, adapter }: Platform): Promise<Simulator> => {
  try {
    const found: { default: Simulator } = await import(`../../adapters/${adapter}/simulator.ts`);
    return found.default;
  } catch (cause) {
    throw new Error(`the platform ${name} has no simulator in adapters/${adapter}`, { cause });
  }
};
