import type { Log } from "../schema/adapter.ts";
import type { Db } from "./store/db.ts";
import * as replicas from "./store/replicas.ts";

const everyMs = 2_000;

/**
 * Tells the other gateways of this database that this one lives, every two seconds of real time, and knows how many
 * there are. Where the database does not answer, it believes what it last heard.
 */
export const announcePresence = async ({ db, id, log }: { db: Db; id: string; log: Log }) => {
  let living = await replicas.seen(db, id);
  let telling: Promise<void> | undefined;
  let isTold = true;
  const tell = async () => {
    try {
      living = await replicas.seen(db, id);
      isTold = true;
    } catch (error) {
      if (isTold)
        log.warn({ error: String(error) }, "the other gateways could not be told that this one lives");
      isTold = false;
    }
  };
  const timer = setInterval(() => {
    telling ??= tell().finally(() => {
      telling = undefined;
    });
  }, everyMs).unref();
  return {
    /** At least one: this one. */
    living: () => living,
    close: async () => {
      clearInterval(timer);
      await telling;
      await replicas.leave(db, id).catch(() => undefined);
    },
  };
};
