import { Hono } from "hono";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Serving, serve } from "../../adapters/kit/serve.ts";
import { openAccessTokens } from "../../gateway/identity/access-tokens.ts";
import { signInAt } from "../../gateway/sandbox/identity/people.ts";
import { Refusal } from "../../schema/errors.ts";
import { instant } from "../../schema/primitives.ts";
import { quiet } from "../support/quiet.ts";

/* Tokens that a real provider would never sign: from one whose key the test has. */

const at = 1_800_000_000;
let key: CryptoKey;
let serving: Serving;
let published: object[];
let metadata: (issuer: string) => object;
beforeAll(async () => {
  const pair = await generateKeyPair("RS256", { extractable: true });
  key = pair.privateKey;
  published = [{ ...(await exportJWK(pair.publicKey)), kid: "one", use: "sig" }];
  metadata = (issuer) => ({ issuer, jwks_uri: `${issuer}/jwks` });
  const app = new Hono()
    .get("/.well-known/openid-configuration", (c) => c.json(metadata(serving.url)))
    .get("/jwks", (c) => c.json({ keys: published }));
  serving = await serve(app);
});
afterAll(() => serving.close());

const good = (): JWTPayload => ({
  ...{ iss: serving.url, aud: "urn:everydose:sandbox", sub: "an", roles: ["operator"] },
  ...{ iat: at, exp: at + 600 },
});
const signed = (claims: JWTPayload, header: object = {}) =>
  new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid: "one", ...header }).sign(key);
const open = () =>
  openAccessTokens({
    providers: [signInAt(serving.url)],
    ...{ now: () => instant(at * 1000), log: quiet, times: { withinMs: 1_000 } },
  });
const read = async (token: Promise<string>, tokens = open()) => {
  try {
    return (await tokens.read(await token)).role;
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};

describe("a token is taken", () => {
  test.each<[string, JWTPayload, object?]>([
    ["as it should be", {}],
    ["for several audiences, of which this is one", { aud: ["urn:other", "urn:everydose:sandbox"] }],
    ["by a clock that is half a minute ahead", { nbf: at + 25, iat: at + 25 }],
    ["by a clock that is half a minute behind", { exp: at - 25 }],
    ["with the type's whole name", {}, { typ: "application/at+jwt" }],
  ])("%s", async (_, claims, header) => {
    expect(await read(signed({ ...good(), ...claims }, header))).toBe("operator");
  });
});

describe("a token opens nothing", () => {
  test.each<[string, JWTPayload, object?]>([
    ["before it is valid", { nbf: at + 60 }],
    ["after it has expired", { exp: at - 60 }],
    ["that never expires", { exp: undefined }],
    ["that is of nobody", { sub: undefined }],
    ["that is for nobody", { aud: undefined }],
    ["that names nobody's audience", { aud: [] }],
    ["with a moment that is no number", { exp: "tomorrow" as never }],
    ["of a type that is for something else", {}, { typ: "logout+jwt" }],
    ["without a type", {}, { typ: undefined }],
    ["that has what only an ID token has", { nonce: "n" }],
  ])("%s", async (_, claims, header) => {
    expect(await read(signed({ ...good(), ...claims }, header))).toBe("token_not_valid");
  });

  test("of a subject that is no text", async () => {
    expect(await read(signed({ ...good(), sub: 7 as never }))).toBe("token_not_valid");
  });
});

describe("what an issuer publishes is not believed", () => {
  const unread = (change: () => void, restore: () => void) => async () => {
    change();
    const code = await read(signed(good()));
    restore();
    expect(code).toBe("provider_unavailable");
    expect(await read(signed(good()))).toBe("operator");
  };
  const kept = () => ({ published, metadata });

  test("where it speaks for somebody else", () => {
    const before = kept();
    return unread(
      () => {
        metadata = (issuer) => ({ issuer: "https://login.example.org", jwks_uri: `${issuer}/jwks` });
      },
      () => {
        ({ metadata } = before);
      },
    )();
  });

  test("where its keys are none", () => {
    const before = kept();
    return unread(
      () => {
        published = "no list" as never;
      },
      () => {
        ({ published } = before);
      },
    )();
  });

  test("where its key is a secret that it shares", async () => {
    const before = kept();
    published = [{ kty: "oct", k: "c2VjcmV0", kid: "one", alg: "HS256" }];
    expect(await read(signed(good()))).toBe("token_not_valid");
    ({ published } = before);
  });
});
