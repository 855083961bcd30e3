import type { Instant } from "../../schema/primitives.ts";

/** A value, and the instant until which it may be handed out. */
type Fresh<Value> = { value: Value; until: Instant };
export type Shared<Value> = {
  get(): Promise<Value>;
  /** Drops what is held if it is still this value, so that of ten callers refused with it one renews it. */
  drop(value: Value): void;
};
type Held<Value> = { reading: Promise<Fresh<Value>>; known?: Fresh<Value> };

/**
 * Reads a value once for everybody who asks while it is fresh or still being read. Whoever waited for a reading gets
 * what it brought, however short-lived. A reading that fails is forgotten, and the next caller begins another.
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
