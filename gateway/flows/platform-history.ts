import { historyKeptDays, type PlatformHistory } from "../../schema/platform-history.ts";
import { type Instant, type PlatformName, plusMinutes } from "../../schema/primitives.ts";
import * as outbox from "../store/outbox.ts";
import * as history from "../store/platform-history.ts";
import { type Deps, transact } from "./deps.ts";

const dayMinutes = 24 * 60;
const unheard = (deps: Deps): Deps => ({ ...deps, nudge: () => undefined });

/** Notes how many orders wait for each platform now. */
export const noteBacklog = (deps: Deps): Promise<void> =>
  transact(unheard(deps), async (tx) => {
    const at = deps.now();
    for (const { platform, waiting } of await outbox.backlog(tx))
      if (platform && waiting > 0) await history.noteBacklog(tx, { platform, waiting, at });
  });

/** Forgets what is kept no longer. */
export const forgetHistory = (deps: Deps): Promise<void> =>
  transact(unheard(deps), (tx) => history.forget(tx, plusMinutes(deps.now(), -historyKeptDays * dayMinutes)));

/** The whole hours of so many days up to now, and each turn within them. */
export const platformHistory = (deps: Deps, platform: PlatformName, days: number): Promise<PlatformHistory> =>
  transact(unheard(deps), async (tx) => {
    const until = deps.now();
    const from = `${plusMinutes(until, -days * dayMinutes).slice(0, 13)}:00:00.000Z` as Instant;
    const hours = await history.hoursOf(tx, platform, from);
    const turns = await history.turnsOf(tx, platform, from);
    return {
      ...{ platform, from, until },
      hours: hours.map(({ platform: _, lastFault, ...hour }) => ({
        ...hour,
        lastFault: lastFault ?? undefined,
      })),
      turns: turns.map(({ at, state, fault }) => ({ at, state, fault: fault ?? undefined })),
    };
  });
