import type { Instant } from "../../schema/primitives.ts";

/** A value, and the instant until which it may be handed out. */
type Fresh<Value> = { value: Value; until: Instant };
export type Shared<Value> = {
  get(): Promise<Value>;
  /**
   * Forgets the value held, if it is still this one: of ten callers who were refused with it, only the first renews
   * it.
   */
  drop(value: Value): void;
};
type Held<Value> = { reading: Promise<Fresh<Value>>; known?: Fresh<Value> };

/**
 * Reads a value once for all who ask while it is fresh or still being read. Whoever waited for a reading gets its
 * value, even one that is no longer fresh when it arrives. A reading that fails is forgotten, and the next caller
 * begins another.
 */
export const shared = <Value>(now: () => Instant, read: () => Promise<Fresh<Value>>): Shared<Value> => {
  let held: Held<Value> | undefined;

  const begin = (): Held<Value> => {
    const begun: Held<Value> = { reading: read() };
    begun.reading.then(
      (fresh) => {
        begun.known = fresh;
      },
      () => {
        if (held === begun) held = undefined;
      },
    );
    return begun;
  };

  return {
    async get() {
      if (!held || (held.known && held.known.until <= now())) held = begin();
      const { value } = await held.reading;
      return value;
    },
    drop(value) {
      if (held?.known?.value === value) held = undefined;
    },
  };
};
