import { setFlagsFromString } from "node:v8";

const growth = (factor: 1 | 2) => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

/**
 * Loads a program without letting V8's young generation grow. Nearly all that is loaded stays, from which V8 concludes
 * that much is under way and doubles the young generation again and again: to 32 MB, with Node 24 to 128, and in each
 * thread. A gateway that nobody asks would hold that for minutes. Afterwards it grows as ever, within seconds of load.
 * The flag is documented by `node --v8-options` alone, and 2 is its default: a later V8 that does not know it says so on
 * stderr and goes on, and then only the memory is as it was.
 */
export const loadSmall = async (load: () => Promise<unknown>): Promise<void> => {
  growth(1);
  try {
    await load();
  } finally {
    growth(2);
  }
};
