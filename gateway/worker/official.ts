import type { PlatformName, VolunteerId } from "../../schema/primitives.ts";
import { officialWord, takeOfficial } from "../flows/official.ts";
import { feedCursor, rememberCursor } from "../flows/sync/feed.ts";
import { type Carrier, call, portsOf } from "./carrier.ts";

/** So many pages in one turn; what is left has a turn of its own at once. */
const pagesAtOnce = 20;
const feed = "official";

/** Reads what became of a platform's official invitations. Says whether more waits there. */
export const pullOfficial = async (carrier: Carrier, platform: PlatformName): Promise<boolean> => {
  const { deps } = carrier;
  const port = portsOf(carrier, platform).official;
  if (!port) return false;
  let cursor = await feedCursor(deps, platform, feed);
  for (let pages = 0; pages < pagesAtOnce; pages += 1) {
    const from = cursor;
    const { events, next, complete } = await call(carrier, platform, () => port.changes({ cursor: from }));
    for (const event of events) await takeOfficial(deps, platform, event);
    if (next !== cursor) await rememberCursor(deps, platform, { feed, cursor: next });
    cursor = next;
    if (complete) return false;
  }
  return true;
};

/**
 * Tells every platform that sends official invitations how somebody stands: their codes end with a dose of the reserve
 * list, and are valid again where it came to nothing. It is read anew at each try, so that the last word is the true one.
 */
export const tellOfficial = async (carrier: Carrier, volunteer: VolunteerId): Promise<void> => {
  const word = await officialWord(carrier.deps, volunteer);
  if (!word) return;
  const { person, supersede } = word;
  const tell = async (platform: PlatformName) => {
    const port = portsOf(carrier, platform).official;
    if (!port) return;
    await call(carrier, platform, () =>
      supersede ? port.supersede({ person, ...supersede }) : port.reinstate({ person }),
    );
  };
  const told = await Promise.allSettled(carrier.platforms.map(({ name }) => tell(name)));
  const failed = told.find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
};
