import { AsyncLocalStorage } from "node:async_hooks";

export type Open = { isOpen: boolean };

/**
 * Which transaction the caller runs in. While none is open Node need not know: up to version 22 it follows every
 * promise of the process for that, which took a third of the time of a short answer.
 */
export const createWithin = () => {
  const storage = new AsyncLocalStorage<Open>();
  let open = 0;
  return {
    run: <Result>(transaction: Open, work: () => Result): Result => storage.run(transaction, work),
    now: (): Open | undefined => (open > 0 ? storage.getStore() : undefined),
    begin: (): Open => {
      open += 1;
      return { isOpen: true };
    },
    end: (transaction: Open): void => {
      transaction.isOpen = false;
      open -= 1;
      if (open === 0) storage.disable();
    },
  };
};
export type Within = ReturnType<typeof createWithin>;
