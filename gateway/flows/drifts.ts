import type { Log } from "../../schema/adapter.ts";
import type { Difference } from "../../schema/platform.ts";
import { type PlatformName, plusMinutes } from "../../schema/primitives.ts";
import * as drifts from "../store/drifts.ts";
import type { Deps } from "./deps.ts";

/** A drift is over when its operation is answered well, and it was not seen for so long: longer than an order rests. */
const quietMinutes = 15;

type Noted = Map<string, drifts.Sighting>;

const add = (noted: Noted, each: Difference) => {
  const key = `${each.operation} ${each.pointer} ${each.keyword}`;
  noted.set(key, { ...each, count: (noted.get(key)?.count ?? 0) + 1 });
};

/**
 * Keeps in what each platform's answers differ from its API document. The first sight of a difference is a line of the
 * log; the thousandth is a count. What is seen while the database writes is written together afterwards.
 */
export const openDriftBook = (deps: Pick<Deps, "db" | "now">, log: Log) => {
  const writing = new Set<Promise<void>>();

  const write = async (platform: PlatformName, noted: Noted) => {
    const at = deps.now();
    for (const sighting of noted.values()) {
      const { count: _, ...difference } = sighting;
      if (await drifts.see(deps.db, { platform, at, ...sighting }))
        log.warn({ platform, ...difference }, "a platform's answer differs from its API document");
    }
  };
  const end = async (platform: PlatformName, operations: string[]) => {
    const at = deps.now();
    const ended = await drifts.end(deps.db, {
      ...{ platform, operations, at },
      quietSince: plusMinutes(at, -quietMinutes),
    });
    for (const { operation, pointer, keyword } of ended)
      log.info(
        { platform, operation, pointer, keyword },
        "a platform's answer is again as its document says",
      );
  };

  const behind = (work: Promise<void>) => {
    const done = work
      .catch((error: unknown) => log.warn({ error: String(error) }, "a platform's drift could not be noted"))
      .finally(() => writing.delete(done));
    writing.add(done);
    return done;
  };

  return {
    of: (platform: PlatformName) => {
      let noted: Noted = new Map();
      let isWriting = false;
      const writeAll = async () => {
        if (isWriting) return;
        isWriting = true;
        while (noted.size > 0) {
          const now = noted;
          noted = new Map();
          await behind(write(platform, now));
        }
        isWriting = false;
      };
      return {
        differs: (differences: Difference[]): void => {
          for (const each of differences) add(noted, each);
          void writeAll();
        },
        conforms: (operations: string[]): void => void behind(end(platform, operations)),
      };
    },
    /** Once all that was seen so far is written, or cannot be. */
    settled: async (): Promise<void> => {
      while (writing.size > 0) await Promise.all(writing);
    },
  };
};
