import type { AdapterError } from "../../schema/adapter.ts";
import { type Instant, type PlatformName, plusMinutes } from "../../schema/primitives.ts";

/** How many orders of one lane run at once: one that hangs takes these places, and no other's. */
const placesEach = 8;
/** A platform that has not answered so many calls in a row is left alone for so long, and then tried with one. */
const silentAfter = 3;
const pauseMinutes = 0.5;

type Silence = { calls: number; until: Instant };

/** "booking doclr": the second word is the platform that an order of this lane waits for. */
const platformIn = (lane: string): string | undefined => lane.split(" ")[1];

/** Which orders may run now: each lane has places of its own, and a platform that does not answer has a pause. */
export const createLanes = (now: () => Instant) => {
  const running = new Map<string, number>();
  const silent = new Map<string, Silence>();
  const isSilent = ({ calls }: Silence) => calls >= silentAfter;
  const isPaused = (silence: Silence) => isSilent(silence) && silence.until > now();

  const placesOf = (lane: string): number => {
    const silence = silent.get(platformIn(lane) ?? "");
    if (!silence || !isSilent(silence)) return placesEach;
    return isPaused(silence) ? 0 : 1;
  };

  return {
    /** The lanes and the platforms whose orders are to wait. */
    closed: () => ({
      lanes: [...running].flatMap(([lane, count]) => (count >= placesOf(lane) ? [lane] : [])),
      platforms: [...silent].flatMap(([platform, silence]) => (isPaused(silence) ? [platform] : [])),
    }),
    /** Takes a place of that lane; `false` where none is left. */
    enter: (lane: string): boolean => {
      const count = running.get(lane) ?? 0;
      if (count >= placesOf(lane)) return false;
      running.set(lane, count + 1);
      return true;
    },
    leave: (lane: string): void => {
      const left = (running.get(lane) ?? 1) - 1;
      if (left > 0) running.set(lane, left);
      else running.delete(lane);
    },
    /** How a call to a platform ended: any answer at all ends its silence. */
    heard: (platform: PlatformName, error?: AdapterError): void => {
      const noAnswer = error?.fault === "unavailable" || error?.fault === "unknown";
      if (!noAnswer) return void silent.delete(platform);
      const calls = (silent.get(platform)?.calls ?? 0) + 1;
      silent.set(platform, { calls, until: plusMinutes(now(), pauseMinutes) });
    },
  };
};
