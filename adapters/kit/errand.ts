import { AsyncLocalStorage } from "node:async_hooks";

/** What a platform was asked and answered, as far as it is needed to compare it with its API document. */
export type Exchange = {
  method: string;
  /** Below the base address. */
  path: string;
  /** Nothing where what came was no reply of HTTP's. */
  reply?: { status: number; headers: Record<string, string>; body: ReplyBody };
};
/** The text, or of a long list the first of its lines. */
type ReplyBody = { text(): string } | { lines: readonly string[] };

/** What the requests of one call to a port know of that call. `hear`: what came, before the adapter reads it. */
export type Errand = { signal?: AbortSignal; hear(exchange: Exchange): void };

const bySignal = new WeakMap<AbortSignal, Errand>();
const errands = new AsyncLocalStorage<Errand>();
let underWay = 0;

/**
 * Tells the requests of `work` of their errand, without each adapter having to hand it on. A call that its caller can
 * end is known by that signal, which it gives its requests; only the others need Node to follow their promises, which
 * up to version 22 it does for the whole process, and so not while nobody is on such an errand.
 */
export const onErrand = async <Result>(
  errand: Errand,
  { signal, work }: { signal?: AbortSignal; work(): Promise<Result> },
): Promise<Result> => {
  if (signal) {
    bySignal.set(signal, errand);
    return work();
  }
  underWay += 1;
  try {
    return await errands.run(errand, work);
  } finally {
    underWay -= 1;
    if (underWay === 0) errands.disable();
  }
};

export const errandOf = ({ signal }: { signal?: AbortSignal } = {}): Errand | undefined =>
  (signal && bySignal.get(signal)) ?? (underWay > 0 ? errands.getStore() : undefined);
