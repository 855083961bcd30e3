const timeOver = () => new DOMException("time over", "TimeoutError");

/**
 * When a request is to be over: a time, or the end of those who wait for it. There are thousands a second, and each
 * waits for one thing at a time, its turn or its reply; so this is no `AbortController`, whose signals cost more than
 * all the rest of it, until somebody asks for one.
 */
export class Deadline {
  readonly #timer: NodeJS.Timeout;
  readonly #waiting: readonly AbortSignal[];
  #controller: AbortController | undefined;
  #hear: (() => void) | undefined;
  #isOver = false as boolean;

  constructor(milliseconds: number, outer: readonly (AbortSignal | undefined)[]) {
    this.#timer = setTimeout(this.#end, milliseconds);
    this.#waiting = outer.filter((each) => each !== undefined);
    for (const each of this.#waiting) {
      if (each.aborted) this.#isOver = true;
      else each.addEventListener("abort", this.#end, { once: true });
    }
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get reason(): DOMException {
    return timeOver();
  }

  /** Calls back when it is over, once; whoever waits for something else by then says so, or says that nobody does. */
  hear(listener: (() => void) | undefined): void {
    this.#hear = listener;
    if (this.#isOver) this.#tell();
  }

  /** The same as a signal, for what only knows those. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort(timeOver());
    return this.#controller.signal;
  }

  /** Nothing is waited for any more. */
  clear(): void {
    clearTimeout(this.#timer);
    for (const each of this.#waiting) each.removeEventListener("abort", this.#end);
    this.#hear = undefined;
  }

  readonly #end = (): void => {
    this.#isOver = true;
    this.#controller?.abort(timeOver());
    this.#tell();
  };

  #tell(): void {
    const hear = this.#hear;
    this.#hear = undefined;
    hear?.();
  }
}
