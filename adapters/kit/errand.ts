import { AsyncLocalStorage } from "node:async_hooks";

/**
 * What the requests of one call to a port know of that call, without each adapter having to hand it on. `ahead`:
 * somebody waits for it at a page. `signal`: the call is over.
 */
type Errand = { ahead: boolean; signal: AbortSignal };
const errands = new AsyncLocalStorage<Errand>();

export const onErrand = <Result>(errand: Errand, work: () => Result): Result => errands.run(errand, work);
export const errandNow = (): Errand | undefined => errands.getStore();
