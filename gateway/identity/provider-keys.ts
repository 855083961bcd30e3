import { createLocalJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import type { Log } from "../../schema/adapter.ts";
import { Refusal } from "../../schema/errors.ts";
import { readJson } from "./read-json.ts";

/** OpenID Connect Discovery 1.0, section 3; what else stands there is the provider's own business. */
const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });
const Jwks = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export type KeyTimes = {
  /** After so long they are read again, while those that are known go on verifying. */
  freshMs: number;
  /** After so long without the provider they verify no more: it may have taken one back meanwhile. */
  knownMs: number;
  /** A key that nobody knows makes them be read again, and not more often than this, whoever invents keys. */
  againMs: number;
  /** Once the provider could not be read, it is left alone for so long. */
  restMs: number;
  withinMs: number;
};
export const keyTimes: KeyTimes = {
  ...{ freshMs: 600_000, knownMs: 86_400_000, againMs: 30_000 },
  ...{ restMs: 5_000, withinMs: 5_000 },
};

type World = {
  issuer: string;
  times: KeyTimes;
  log: Log;
  /** Milliseconds that only go forward. */
  elapsed(): number;
};

const away = (issuer: string, restMs: number): Refusal =>
  new Refusal("provider_unavailable", `${issuer} cannot be reached, and its key is not known yet`, [], {
    retryAfterSeconds: Math.ceil(restMs / 1000),
  });

/**
 * The keys with which a provider signs, found by discovery (OpenID Connect Discovery 1.0) when they are first needed. A
 * provider that is down stops nobody whose key is known.
 */
export const openProviderKeys = ({ issuer, times, log, elapsed }: World): JWTVerifyGetKey => {
  let known: { find: JWTVerifyGetKey; at: number } | undefined;
  let failedAt: number | undefined;
  let reading: Promise<void> | undefined;

  const published = async () => {
    const from = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const metadata = Metadata.parse(await readJson(from, times.withinMs));
    if (metadata.issuer !== issuer) throw new Error("speaks for another issuer");
    const isPlain = !metadata.jwks_uri.startsWith("https:");
    if (isPlain && issuer.startsWith("https:")) throw new Error("keys over plain http");
    const { keys } = Jwks.parse(await readJson(metadata.jwks_uri, times.withinMs));
    // A shared secret is no key to verify with: whoever has it can sign.
    return createLocalJWKSet({ keys: keys.filter(({ kty }) => kty !== "oct") });
  };

  const readAgain = (): Promise<void> => {
    reading ??= published()
      .then((find) => {
        known = { find, at: elapsed() };
        failedAt = undefined;
      })
      .catch((error: unknown) => {
        failedAt = elapsed();
        log.warn({ issuer, error: String(error) }, "the keys of an identity provider could not be read");
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  const isResting = () => failedAt !== undefined && elapsed() - failedAt < times.restMs;
  const age = () => (known ? elapsed() - known.at : Number.POSITIVE_INFINITY);

  return async (header, token) => {
    if (age() >= times.freshMs && !isResting()) {
      const done = readAgain();
      if (age() >= times.knownMs) await done;
    }
    if (!known || age() >= times.knownMs) throw away(issuer, times.restMs);
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      if (age() >= times.againMs && !isResting()) await readAgain();
      if (failedAt !== undefined) throw away(issuer, times.restMs);
      return known.find(header, token);
    }
  };
};
