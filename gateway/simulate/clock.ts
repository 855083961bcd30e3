type Event = { at: number; turn: number; run: () => Promise<void> | void };

const isBefore = (one: Event, other: Event) =>
  one.at < other.at || (one.at === other.at && one.turn < other.turn);

/**
 * Time that jumps from one event to the next, in milliseconds; events of one moment run in the order in which they
 * were planned. A binary heap, since an evening has thousands.
 */
export const createClock = (start: number) => {
  const heap: Event[] = [];
  let [now, turn] = [start, 0];

  const swap = (one: number, other: number) => {
    const [first, second] = [heap[one], heap[other]];
    if (first && second) [heap[one], heap[other]] = [second, first];
  };
  const before = (one: number, other: number) => {
    const [first, second] = [heap[one], heap[other]];
    return first !== undefined && second !== undefined && isBefore(first, second);
  };

  const plan = (at: number, run: Event["run"]) => {
    turn += 1;
    let place = heap.push({ at: Math.max(at, now), turn, run }) - 1;
    while (place > 0 && before(place, (place - 1) >> 1)) {
      swap(place, (place - 1) >> 1);
      place = (place - 1) >> 1;
    }
  };

  const take = (): Event | undefined => {
    swap(0, heap.length - 1);
    const first = heap.pop();
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const least = before(left + 1, left) ? left + 1 : left;
      if (!before(least, place)) return first;
      swap(place, least);
      place = least;
    }
  };

  return {
    now: () => now,
    plan,
    /** Runs all that is planned, and what that plans. */
    play: async () => {
      for (let next = take(); next; next = take()) {
        now = next.at;
        await next.run();
      }
    },
  };
};
export type Clock = ReturnType<typeof createClock>;
