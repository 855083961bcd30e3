import type { PlatformState, PortState } from "../../schema/platform.ts";
import { type Instant, millis, type PlatformName, plusMinutes } from "../../schema/primitives.ts";
import * as audit from "../store/audit.ts";
import * as drifts from "../store/drifts.ts";
import * as outbox from "../store/outbox.ts";
import * as history from "../store/platform-history.ts";
import * as platforms from "../store/platforms.ts";
import * as readings from "../store/readings.ts";
import { type Deps, transact } from "./deps.ts";
import { shown } from "./sync/reading.ts";

/** How long a platform may be silent before it is called unknown, in minutes. */
const silentAfter = 15;

type Known = Pick<PlatformState, "name" | "capabilities" | "ports" | "traffic">;

/** Each platform as it is now: what last went well, what last failed, what waits for it, and how far it has drifted. */
export const platformStates = (deps: Deps, known: readonly Known[]): Promise<PlatformState[]> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const seen = new Map((await platforms.health(tx)).map((row) => [row.platform, row]));
    const waiting = new Map((await outbox.backlog(tx)).map((row) => [row.platform, row]));
    const read = new Map((await readings.newest(tx)).map((row) => [row.platform, row]));
    const drifted = await drifts.open(tx);
    return known.map(({ name, capabilities, ports, traffic }) => {
      const [health, queue, reading] = [seen.get(name), waiting.get(name), read.get(name)];
      const success = health?.lastSuccessAt ?? undefined;
      const failure = health?.lastFailureAt ?? undefined;
      const leftAlone = ports.some(({ breaker }) => breaker !== "closed");
      const failing = leftAlone || (failure !== undefined && (success === undefined || failure > success));
      const silent = success === undefined || success < plusMinutes(now, -silentAfter);
      return {
        ...{ name, capabilities },
        state: failing ? ("failing" as const) : silent ? ("unknown" as const) : ("ok" as const),
        lastSuccessAt: success,
        lastFailureAt: failure,
        lastFault: health?.lastFault ?? undefined,
        backlog: queue?.waiting ?? 0,
        givenUp: queue?.dead ?? 0,
        reading: reading && shown(reading),
        ...{ traffic, ports: ports.map((port) => aged(port, now)) },
        drifts: drifted.filter(({ platform }) => platform === name).map(({ platform: _, ...drift }) => drift),
      };
    });
  });

const aged = (port: PortState, now: Instant): PortState => {
  if (!port.lastGoodAt) return port;
  return { ...port, lastGoodSeconds: Math.round((millis(now) - millis(port.lastGoodAt)) / 1000) };
};

/** How a call to a platform ended, as its health shows it now and later. */
export const notePlatform = (deps: Deps, platform: PlatformName, fault?: string) =>
  transact({ ...deps, nudge: () => undefined }, async (tx) => {
    const at = deps.now();
    if (fault === undefined) await platforms.noteSuccess(tx, platform, at);
    else await platforms.noteFailure(tx, platform, { at, fault });
    const turned = await history.noteCall(tx, platform, { at, fault });
    if (!turned) return;
    const event = turned === "ok" ? "platform.recovered" : "platform.failing";
    await audit.note(tx, { at, actor: "gateway", event, facts: { platform, fault } });
  });
