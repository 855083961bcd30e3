import type { Dispatcher } from "undici";
import { AdapterError } from "../../schema/adapter.ts";
import type { Outgoing } from "./send.ts";

export type Whole = { status: number; headers: Record<string, string>; bytes: Uint8Array };

/** The longest body that a platform may send. */
export const bodyLimit = 8 * 1024 * 1024;
export const tooLong = () => new AdapterError("drifted", "the reply is longer than 8 MiB");

type Headers = Record<string, string | string[] | undefined>;

export const flat = (headers: Headers): Record<string, string> => {
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== "string") headers[name] = String(value ?? "");
  }
  return headers as Record<string, string>;
};

/**
 * A whole reply by undici's own callbacks. `request` would build a stream for a body that is read at once, and takes
 * its deadline as a signal: together more than half of what a short reply costs.
 */
class Reply implements Dispatcher.DispatchHandler {
  readonly #limit: Outgoing["limit"];
  readonly #resolve: (reply: Whole) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #controller: Dispatcher.DispatchController | undefined;

  constructor(limit: Outgoing["limit"], resolve: (reply: Whole) => void, reject: (reason: unknown) => void) {
    this.#limit = limit;
    this.#resolve = resolve;
    this.#reject = reject;
    limit.hear(() => this.#end(limit.reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection longer than anybody waited for it.
    if (this.#limit.isOver) controller.abort(this.#limit.reason);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = flat(headers);
    if (Number(headers["content-length"]) > bodyLimit) this.#end(tooLong());
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.byteLength;
    if (this.#length > bodyLimit) this.#end(tooLong());
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#limit.hear(undefined);
    const [only] = this.#chunks;
    const bytes = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, bytes });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#limit.hear(undefined);
    this.#reject(error);
  }

  /** The first word counts: undici tells the end of what is aborted here once more, and nobody listens. */
  #end(reason: Error): void {
    this.#limit.hear(undefined);
    this.#reject(reason);
    this.#controller?.abort(reason);
  }
}

export const wholeByUndici = (
  { dispatcher, origin }: { dispatcher: Dispatcher; origin: string },
  { limit, path, method, headers, body }: Outgoing,
): Promise<Whole> =>
  new Promise((resolve, reject) => {
    const reply = new Reply(limit, resolve, reject);
    if (!limit.isOver) dispatcher.dispatch({ origin, path, method, headers, body }, reply);
  });
