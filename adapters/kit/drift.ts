import { AdapterError, type Log } from "../../schema/adapter.ts";
import type { Difference } from "../../schema/platform.ts";
import { type Instant, millis } from "../../schema/primitives.ts";
import type { Comparison } from "./difference.ts";
import type { ApiDocument } from "./document.ts";
import type { Exchange } from "./errand.ts";

/** Whoever keeps what is known of a platform's drift. */
export type DriftListener = {
  /** An answer that could not be read, and in what it differs from the API document. */
  differs(differences: Difference[]): void;
  /** These operations were answered as the adapter can read it; told once a minute at most. */
  conforms(operations: string[]): void;
};

type DriftSettings = {
  document(): Promise<ApiDocument | undefined>;
  listener: DriftListener;
  now(): Instant;
  log: Log;
};

const conformsEveryMs = 60_000;

const isDrift = (error: unknown): error is AdapterError =>
  error instanceof AdapterError && (error.fault === "drifted" || isDrift(error.cause));

/** Its message may quote what the platform wrote. */
const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : "unknown");

/**
 * Where an adapter could not read an answer, says in what it differs from the platform's API document; where the
 * document says nothing of it, in the adapter's own words, which hold nothing that the platform wrote.
 */
export const createDriftWatch = ({ document, listener, now, log }: DriftSettings) => {
  let comparing: Promise<Comparison | undefined> | undefined;
  const told = new Map<string, number>();

  const comparison = () => {
    comparing ??= document()
      .then(async (found) => found && (await import("./difference.ts")).createComparison(found))
      .catch((error: unknown) => {
        log.warn({ error: String(error) }, "the platform's API document cannot be read");
        return undefined;
      });
    return comparing;
  };

  const differencesOf = async (
    call: string,
    error: AdapterError,
    exchanges: Exchange[],
  ): Promise<Difference[]> => {
    const compare = await comparison();
    const newestFirst = exchanges.toReversed();
    for (const exchange of newestFirst) {
      const found = compare?.differencesOf(exchange) ?? [];
      if (found.length > 0) return found;
    }
    const [last] = newestFirst;
    const operation = (last && compare?.operationOf(last)) ?? call;
    return [
      {
        operation,
        pointer: "",
        keyword: "readable",
        documented: "an answer that can be read",
        came: error.message,
      },
    ];
  };

  return {
    /** `call` is the port's method: "slots.list". */
    failed: (call: string, error: unknown, exchanges: Exchange[]): void => {
      if (!isDrift(error)) return;
      void differencesOf(call, error, exchanges)
        .then(listener.differs)
        .catch((fault: unknown) => log.warn({ error: nameOf(fault) }, "an answer could not be compared"));
    },
    went: (call: string, exchanges: Exchange[]): void => {
      const at = millis(now());
      if (at - (told.get(call) ?? Number.NEGATIVE_INFINITY) < conformsEveryMs) return;
      told.set(call, at);
      void comparison()
        .then((compare) => {
          const operations = exchanges.flatMap((each) => compare?.operationOf(each) ?? []);
          listener.conforms([...new Set([...operations, call])]);
        })
        .catch((fault: unknown) => log.warn({ error: nameOf(fault) }, "an answer could not be compared"));
    },
  };
};
export type DriftWatch = ReturnType<typeof createDriftWatch>;
