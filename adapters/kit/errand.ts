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
export type ReplyBody = { text(): string } | { lines: readonly string[] };

/**
 * What the requests of one call to a port know of that call, without each adapter having to hand it on. `ahead`:
 * somebody waits for it at a page. `signal`: the call is over. `hear`: what came, before the adapter reads it.
 */
type Errand = { ahead: boolean; signal: AbortSignal; hear(exchange: Exchange): void };
const errands = new AsyncLocalStorage<Errand>();

export const onErrand = <Result>(errand: Errand, work: () => Result): Result => errands.run(errand, work);
export const errandNow = (): Errand | undefined => errands.getStore();
