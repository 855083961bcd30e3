import type { Log } from "../../schema/adapter.ts";
import type { Deps } from "../flows/deps.ts";
import { openFreshness } from "../flows/events/freshness.ts";
import { fanOut, hasWebhooks, tidyWebhooks } from "../flows/webhooks/fan-out.ts";
import type { Post } from "../flows/webhooks/post.ts";
import { type Claimed, claimDeliveries, giveBack, sendOne } from "../flows/webhooks/send.ts";

/*
 * The other loop of a worker: what happened goes out to whoever wants to hear of it. It shares nothing with the outbox, so
 * that no consumer, however slow, keeps a platform or a message waiting.
 */

type WebhookWorld = {
  deps: Deps;
  post: Post;
  /** The address of this gateway. */
  base: string;
  /** The gateway that it claims for: when that one is missed, others take over at once. */
  replica?: string;
  random(): number;
  log: Log;
  /** How long one may take before another gateway sends it, on the gateway's clock. */
  leaseMs?: number;
  /** How often to look, in real milliseconds; and while there is nobody to send to. */
  everyMs?: number;
  idleMs?: number;
};

/** How many are on their way at once from one gateway. */
const atOnce = 64;

export const createWebhookLoop = (world: WebhookWorld) => {
  const { deps, post, base, replica: by = null, random, log } = world;
  const { leaseMs = 60_000, everyMs = 1_000, idleMs = 5_000 } = world;
  const freshen = openFreshness(deps);
  const running = new Set<Promise<void>>();
  let stopped = false;
  let wake: (() => void) | undefined;

  const begin = (claimed: Claimed): void => {
    const { webhook } = claimed;
    const job: Promise<void> = sendOne(deps, claimed, { post, base, random })
      .then((because) => {
        if (because) log.warn({ webhook, because }, "a webhook was disabled: nothing more is sent there");
      })
      .catch((error: unknown) => {
        log.warn({ webhook, error: String(error) }, "an event could not be sent");
      })
      .finally(() => {
        running.delete(job);
        wake?.();
      });
    running.add(job);
  };

  /** Begins what is due and has a place, and answers with how much that was. */
  const send = async (): Promise<number> => {
    const limit = atOnce - running.size;
    if (limit <= 0) return 0;
    const claimed = await claimDeliveries(deps, { limit, leaseMs, by });
    if (stopped) await Promise.all(claimed.map((each) => giveBack(deps, each)));
    else for (const each of claimed) begin(each);
    return stopped ? 0 : claimed.length;
  };

  let fillAt = 0;

  /** Puts what happened in the lists, each second, and begins what is due; whether there is more to do at once. */
  const turn = async (): Promise<boolean> => {
    const begun = performance.now();
    if (begun >= fillAt) {
      await freshen();
      fillAt = (await fanOut(deps, base)) ? 0 : begun + everyMs;
    }
    return (await send()) > 0 || fillAt === 0;
  };

  /** Until nothing is due and nothing runs. */
  const drain = async (): Promise<void> => {
    fillAt = 0;
    while ((await turn()) || running.size > 0) if (running.size > 0) await Promise.race(running);
  };

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    let tidyAt = 0;
    while (!stopped) {
      try {
        if (!(await hasWebhooks(deps))) {
          await pause(idleMs);
          continue;
        }
        if (performance.now() >= tidyAt) {
          await tidyWebhooks(deps);
          tidyAt = performance.now() + everyMs;
        }
        if (!(await turn()) && !stopped) await pause(everyMs);
      } catch (error) {
        log.warn({ error: String(error) }, "events could not be sent; they are tried again");
        if (!stopped) await pause(everyMs);
      }
    }
    await Promise.all(running);
  };

  let looping: Promise<void> | undefined;
  return {
    drain,
    tidy: () => tidyWebhooks(deps),
    start: () => {
      looping = loop();
    },
    nudge: () => wake?.(),
    stop: async () => {
      stopped = true;
      wake?.();
      await looping;
    },
  };
};
export type WebhookLoop = ReturnType<typeof createWebhookLoop>;
