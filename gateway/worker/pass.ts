import { AdapterError, type Ports } from "../../schema/adapter.ts";
import type { Reading } from "../../schema/platform.ts";
import { type Instant, type PlatformName, plusMinutes } from "../../schema/primitives.ts";
import type { Effect } from "../../schema/surplus.ts";
import { believeSome } from "../flows/sync/believe.ts";
import * as flow from "../flows/sync/pass.ts";
import type { ConnectedPlatform } from "../registry.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";
import { tellProgress, turn } from "./pull.ts";

/** A page each, or some people who have left. */
const stepsAtOnce = 100;

const everyHours = 24;

/** When a list is read through next by itself. */
export const nextPass = (
  { deps, platforms }: Pick<Carrier, "platforms"> & { deps: Pick<Carrier["deps"], "now"> },
  name: PlatformName,
): Instant => {
  const found: ConnectedPlatform | undefined = platforms.find((each) => each.name === name);
  return plusMinutes(deps.now(), 60 * (found?.passEveryHours ?? everyHours));
};

const tellVerdict = ({ log }: Carrier, platform: PlatformName, judged?: Reading) => {
  if (!judged) return;
  const { listed, missing, verdict } = judged;
  if (verdict === "doubted")
    log.warn(
      { platform, listed, missing },
      "too many are missing from a list: nobody was removed, look at it",
    );
  else log.info({ platform, listed, missing, verdict }, "a list was read through");
};

/** Reads a page. Where the platform knows the cursor no more, the pass has come to nothing. */
const readPage = async (carrier: Carrier, pass: flow.Pass, port: Ports["roster"]): Promise<boolean> => {
  const { platform, cursor } = pass;
  try {
    const page = await call(carrier, platform, () => port.pull({ cursor: cursor ?? undefined }));
    const taken = await flow.takeOfPass(carrier.deps, pass, page);
    tellProgress(carrier, platform, taken?.progress);
    return taken !== undefined;
  } catch (error) {
    if (!(error instanceof AdapterError && error.fault === "rejected" && !error.heldBack)) throw error;
    await flow.abandonPass(carrier.deps, pass);
    return false;
  }
};

/** Carries a pass on; `false` where another worker does. */
const step = async (carrier: Carrier, pass: flow.Pass, port: Ports["roster"]): Promise<boolean> => {
  if (pass.readAt === null) return readPage(carrier, pass, port);
  if (pass.verdict === null) tellVerdict(carrier, pass.platform, await flow.judgePass(carrier.deps, pass));
  else await believeSome(carrier.deps, pass);
  return true;
};

/**
 * Reads a list through. Says whether more of it waits. Where a page fails, the pass goes on from there at the next try;
 * nobody has left until all of it was read.
 */
export const pass = async (
  carrier: Carrier,
  { platform, reading }: Extract<Effect, { kind: "pass" }>,
): Promise<boolean> => {
  const { deps } = carrier;
  const port = portsOf(carrier, platform).roster;
  if (!port) return false;
  if (reading === undefined) await flow.beginPass(deps, platform);
  const { isOver } = turn(deps.now);
  for (let steps = 0; steps < stepsAtOnce && !isOver(); steps += 1) {
    const open = await flow.openPass(deps, platform, reading);
    if (!open || !(await step(carrier, open, port))) return false;
  }
  return (await flow.openPass(deps, platform, reading)) !== undefined;
};
