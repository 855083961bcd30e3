/**
 * In turns of the event loop. A turn in which nothing has come costs some microseconds; but Node takes one new
 * connection in each (libuv since 1.45), so that a crowd on new connections would find few turns and never be read.
 */
const turnsBetween = 8;
/** In milliseconds: turns in which much has come are long, and those who wait may not starve for it. */
const longestBetween = 5;
/** Reading one takes a quarter of a millisecond: with two for each that went by, half of the time is theirs. */
const perMs = 2;
/** A long turn would let in more, which would make the next longer still. */
const sharesAtMost = 2;

/**
 * Lets so many in at once, and the others after some turns of the event loop, in which whatever else has come is served,
 * however many register. Whoever waits here is counted; elsewhere they would lie unread in their connections.
 */
export const openGate = (atOnce: number, clock = () => performance.now()) => {
  const outside: (() => void)[] = [];
  let passed = 0;
  let turns = 0;
  let since = 0;
  let isTurning = false;

  const turn = (): void => {
    turns += 1;
    const gone = clock() - since;
    if (outside.length > 0 && turns < turnsBetween && gone < longestBetween) {
      setImmediate(turn);
      return;
    }
    const due = Math.min(Math.ceil(gone * perMs), atOnce * sharesAtMost);
    const next = outside.splice(0, Math.max(atOnce, due));
    passed = next.length;
    isTurning = false;
    if (passed > 0) begin();
    for (const enter of next) enter();
  };
  const begin = (): void => {
    if (isTurning) return;
    isTurning = true;
    turns = 0;
    since = clock();
    setImmediate(turn);
  };

  return {
    waiting: () => outside.length,
    /** Nothing where one may enter at once. */
    pass(): Promise<void> | undefined {
      begin();
      if (outside.length === 0 && passed < atOnce) {
        passed += 1;
        return undefined;
      }
      return new Promise((enter) => outside.push(enter));
    },
  };
};
