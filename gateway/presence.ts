import type { Log } from "../schema/adapter.ts";
import type { Db } from "./store/db.ts";
import * as replicas from "./store/replicas.ts";

const everyMs = 2_000;

type Present = {
  db: Db;
  id: string;
  /** What is learned of the database's keys as often as this one says that it lives. */
  keys?: { known(): number; refresh(): Promise<void> };
  log: Log;
};

/**
 * Tells the other gateways of this database that this one lives, every two seconds of real time, and knows how many
 * there are. Where the database does not answer, it believes what it last heard.
 */
export const announcePresence = async ({ db, id, keys, log }: Present) => {
  const say = () => replicas.seen(db, id, keys?.known());
  let living = await say();
  // From the moment that it is seen, no key is used before this one knows it; what was changed before is learned now.
  await keys?.refresh();
  let telling: Promise<void> | undefined;
  let isTold = true;
  const learn = async () => {
    await keys?.refresh().catch((error: unknown) => {
      log.warn(
        { error: String(error) },
        "the keys of the database could not be learned; they are tried again",
      );
    });
  };
  const tell = async () => {
    try {
      living = await say();
      isTold = true;
      await learn();
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
