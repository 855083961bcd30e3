import { createMiddleware } from "hono/factory";
import { Refusal } from "../../schema/errors.ts";
import type { Scope } from "./router.ts";

/*
 * How many lists in files are in hand at once. Each may have 16 MiB, and a workbook is read in a thread with a heap of its
 * own: however many send one at the same time, memory has room for these.
 */

/** So many are held, and so many of them read at once. */
const usual = { held: 10, read: 2 };

const full = () =>
  new Refusal("overloaded", "other lists are being read; nothing was done with this one", [], {
    retryAfterSeconds: 5,
  });

export const openFileRoom = ({ held, read } = usual) => {
  let inHand = 0;
  let reading = 0;
  const waiting: (() => void)[] = [];
  const turn = (): Promise<void> => {
    if (reading < read) {
      reading += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => waiting.push(resolve));
  };
  const next = (): void => {
    const first = waiting.shift();
    if (first) first();
    else reading -= 1;
  };
  return {
    /** Refuses a file for which there is no room, before a byte of it is read. */
    enter: createMiddleware<Scope>(async (_, go) => {
      if (inHand >= held) throw full();
      inHand += 1;
      try {
        await go();
      } finally {
        inHand -= 1;
      }
    }),
    inTurn: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      await turn();
      try {
        return await work();
      } finally {
        next();
      }
    },
  };
};
