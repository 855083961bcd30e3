import { decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import type { Log } from "../../schema/adapter.ts";
import { Refusal, refuse } from "../../schema/errors.ts";
import { type Instant, instant } from "../../schema/primitives.ts";
import type { Provider } from "../config/sign-in.ts";
import type { AccessTokens } from "../flows/authorise.ts";
import { grantedBy } from "./grant.ts";
import { type KeyTimes, keyTimes, openProviderKeys } from "./provider-keys.ts";

/** Clocks differ by seconds; more than this is a wrong clock. */
const clockTolerance = 30;

const because = (detail: string) => new Refusal("token_not_valid", detail);

/** Why a token opens nothing, in words that help whoever sent it and tell nothing of what would be right. */
const ofClaim: Partial<Record<string, string>> = {
  aud: "this token is for somebody else: it names another audience",
  iss: "this token is of an issuer that is not known here",
  nbf: "this token is not valid yet",
  typ: "this is no access token: its header says another type",
};
const refusalFor = (error: unknown): unknown => {
  if (error instanceof Refusal) return error;
  if (error instanceof errors.JWTExpired) return because("this token has expired");
  if (error instanceof errors.JWTClaimValidationFailed)
    return because(
      ofClaim[error.claim] ?? `this token's claim ${error.claim} is missing or not as it must be`,
    );
  if (error instanceof errors.JOSEAlgNotAllowed)
    return because("this token is signed in a way that is not taken");
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return because("this token is signed with a key that its issuer does not publish");
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return because("this token's signature does not match");
  return because("this is no access token that can be read");
};

/** Claims that only ID tokens have (OpenID Connect Core 1.0, sections 2 and 3.3.2.11). */
const ofIdTokens = ["nonce", "at_hash", "c_hash", "s_hash"];

type Issuer = { provider: Provider; keys: ReturnType<typeof openProviderKeys> };

const verified = async ({ provider, keys }: Issuer, token: string, now: Instant): Promise<JWTPayload> => {
  const { payload } = await jwtVerify(token, keys, {
    issuer: provider.issuer,
    audience: provider.audience,
    algorithms: provider.algorithms,
    typ: provider.tokenType,
    requiredClaims: ["exp", "sub"],
    currentDate: new Date(now),
    clockTolerance,
  });
  if (ofIdTokens.some((claim) => claim in payload)) throw because("this is an ID token, and no access token");
  return payload;
};

/**
 * Reads the access tokens of these providers (RFC 9068): by the issuer that a token names and the operator has named,
 * signed by a key that this issuer publishes, for this gateway, and now.
 */
export const openAccessTokens = (world: {
  providers: readonly Provider[];
  now(): Instant;
  log: Log;
  times?: Partial<KeyTimes>;
  elapsed?(): number;
}): AccessTokens => {
  const times = { ...keyTimes, ...world.times };
  const elapsed = world.elapsed ?? (() => performance.now());
  const issuers = new Map<string, Issuer>(
    world.providers.map((provider) => {
      const keys = openProviderKeys({ issuer: provider.issuer, times, elapsed, log: world.log });
      return [provider.issuer, { provider, keys }];
    }),
  );
  return {
    read: async (token) => {
      try {
        const { iss = "" } = decodeJwt(token);
        const issuer = issuers.get(iss) ?? refuse("token_not_valid", ofClaim.iss);
        const claims = await verified(issuer, token, world.now());
        const { sub: subject, exp = 0 } = claims;
        if (typeof subject !== "string" || subject === "") throw because("this token is of nobody");
        const validUntil = instant(exp * 1000);
        return { issuer: iss, subject, validUntil, ...grantedBy(claims, issuer.provider) };
      } catch (error) {
        throw refusalFor(error);
      }
    },
  };
};
