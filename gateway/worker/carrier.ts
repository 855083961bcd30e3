import { AdapterError, type Log } from "../../schema/adapter.ts";
import type { Instant, PlatformName } from "../../schema/primitives.ts";
import type { Deps } from "../flows/deps.ts";
import type { Letter } from "../flows/letter.ts";
import { notePlatform } from "../flows/platforms.ts";
import type { ConnectedPlatform } from "../registry.ts";

/** What a worker carries effects out with. */
export type Carrier = {
  deps: Deps;
  platforms: readonly ConnectedPlatform[];
  /**
   * Resolves with the channel that took the letter first, and when; throws an error with a `fault` where none did.
   */
  notify(letter: Letter): Promise<{ at: Instant; channel: string }>;
  publicUrl: string;
  pullEveryMinutes: number;
  /** For how long every gateway has known a key before it is used. */
  settleSeconds?: number;
  log: Log;
  /** Told of the end of each call to a platform. */
  heard(platform: PlatformName, error?: AdapterError): void;
};

/** The ports of a platform; none where it is not connected here. */
export const portsOf = ({ platforms }: Carrier, name: PlatformName) =>
  platforms.find((each) => each.name === name)?.ports ?? {};

/** Whether a channel or a platform will never take it, so that trying again is of no use. */
export const isFinal = (error: unknown): boolean =>
  error instanceof Error && "fault" in error && (error.fault === "refused" || error.fault === "rejected");

/** An adapter's fault together with its platform, so that the order can wait among that platform's. */
export class PlatformFault extends AdapterError {
  readonly platform: PlatformName;
  constructor(platform: PlatformName, cause: AdapterError) {
    const { fault, message, retryAfterSeconds, heldBack } = cause;
    super(fault, message, { cause, retryAfterSeconds, heldBack });
    this.platform = platform;
  }
}

/** Calls a platform and notes how it went. What the gateway held back itself says nothing of the platform. */
export const call = async <Result>(
  { deps, heard }: Carrier,
  platform: PlatformName,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    const result = await work();
    heard(platform);
    await notePlatform(deps, platform);
    return result;
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    heard(platform, error);
    if (!error.heldBack) await notePlatform(deps, platform, error.fault);
    throw new PlatformFault(platform, error);
  }
};
