/** A few milliseconds of work. */
const share = 8;
/** Node takes one new connection in each (libuv since 1.45); a turn in which nothing has come costs some microseconds. */
const turns = 4;

const goRound = async (): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((goOn) => setImmediate(goOn));
};

/**
 * Does the same for each, and lets the event loop go round after every few: what takes long for two hundred would keep
 * whoever else has come waiting, and a crowd on new connections would find no turn to be taken in.
 */
export const inShares = async <Each>(
  all: readonly Each[],
  work: (each: Each) => Promise<void> | void,
): Promise<void> => {
  for (const [nth, each] of all.entries()) {
    if (nth > 0 && nth % share === 0) await goRound();
    await work(each);
  }
};
