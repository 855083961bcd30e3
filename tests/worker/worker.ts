import { guardPorts } from "../../adapters/kit/guard.ts";
import type { Carrier } from "../../gateway/worker/carrier.ts";
import { createWorker } from "../../gateway/worker/loop.ts";
import type { Log, Ports } from "../../schema/adapter.ts";
import { type CentreId, PlatformName, RegionId } from "../../schema/primitives.ts";
import { newVolunteers, type TestDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

/** A centre whose people the gateway writes to itself, and whose appointments are Doctena's. */
export const pacheco = "pacheco" as CentreId;
export const doctena = PlatformName.parse("doctena");
export const doclr = PlatformName.parse("doclr");
export const qvax = PlatformName.parse("qvax");

/** So many people of Brussels, the eldest first, and nobody of Charleroi's. */
export const ofBrussels = (count: number) =>
  newVolunteers(count, {
    born: "1930-01-01",
    region: RegionId.parse("brussels"),
    postcode: "1000",
    centres: [pacheco],
  });

const none = async (): Promise<never> => {
  throw new Error("nobody asks for this here");
};

/** A gateway's worker among these platforms; whatever a test does not name is never to be asked for. */
export const workerOf = (
  { deps }: TestDeps,
  {
    platforms = {},
    notify = none,
    log = quiet,
  }: { platforms?: Record<string, Partial<Ports>>; notify?: Carrier["notify"]; log?: Log } = {},
) =>
  createWorker({
    ...{ deps, notify, log, random: () => 0.5, publicUrl: "", pullEveryMinutes: 1 },
    platforms: Object.entries(platforms).map(([name, given]) => {
      const { ports, state } = guardPorts(given, { now: deps.now, log: quiet, callsAtOnce: 100 });
      const own = { name: PlatformName.parse(name), capabilities: [] };
      return { ...own, ports, state: () => ({ ports: state() }) };
    }),
  });
