/** Some milliseconds of work. */
const share = 32;

const turn = () => new Promise<void>((goOn) => setImmediate(goOn));

/**
 * Does the same for each, and lets the event loop go round after every few: what takes long for two hundred would keep
 * whoever else has come waiting, and Node takes one new connection in a turn.
 */
export const inShares = async <Each>(
  all: readonly Each[],
  work: (each: Each) => Promise<void> | void,
): Promise<void> => {
  for (const [nth, each] of all.entries()) {
    if (nth > 0 && nth % share === 0) await turn();
    await work(each);
  }
};
