import { createHmac } from "node:crypto";
import {
  type CryptoKey,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { Problem } from "../../schema/errors.ts";
import { openIssuer, openScene, type Scene, signIn } from "./scene.ts";

/* What opens nothing, made from what a real provider signed. */

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const seen = async (scene: Scene, token: string) => {
  const started = performance.now();
  const reply = await scene.send("GET", "/v1/keys", token);
  expect(performance.now() - started, "nobody waits long for a no").toBeLessThan(6_000);
  if (reply.ok) return [200];
  const { code, detail } = Problem.parse(await reply.json());
  return [reply.status, code, detail];
};
const refused = (detail: string | RegExp) => [401, "token_not_valid", expect.stringMatching(detail)];

describe("a token of a real provider, and what was made of it", () => {
  let scene: Scene;
  let token: string;
  let parts: [header: string, payload: string, signature: string];
  beforeAll(async () => {
    scene = await openScene();
    token = (await signIn(scene.issuer, "operator-everywhere")).access_token;
    parts = token.split(".") as typeof parts;
  });
  afterAll(() => scene.close());

  const claims = () => decodeJwt(token);
  const header = () => decodeProtectedHeader(token);

  test("opens as it is", async () => {
    expect(await seen(scene, token)).toEqual([200]);
  });

  test("with its claims replaced", async () => {
    const forged = [parts[0], base64({ ...claims(), sub: "somebody-else" }), parts[2]].join(".");
    expect(await seen(scene, forged)).toEqual(refused("signature does not match"));
  });

  test.each(["none", "None", "NONE"])("unsigned, by the algorithm %s", async (alg) => {
    const forged = `${base64({ ...header(), alg })}.${parts[1]}.`;
    expect(await seen(scene, forged)).toEqual(refused("signed in a way"));
  });

  test("signed with the public key as if it were a shared secret", async () => {
    const published = (await (await fetch(`${scene.issuer.issuer}/jwks`)).json()) as { keys: [JWK] };
    const [key] = published.keys;
    const shared = await exportSPKI((await importJWK(key, "RS256")) as CryptoKey);
    for (const secret of [shared, shared.trim(), key.n ?? ""]) {
      const signed = `${base64({ ...header(), alg: "HS256" })}.${parts[1]}`;
      const forged = `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
      expect(await seen(scene, forged)).toEqual(refused("signed in a way"));
    }
  });

  test("signed by another key, under the name of the right one and under one that nobody knows", async () => {
    const { privateKey } = await generateKeyPair("RS256");
    const sign = (kid: string) =>
      new SignJWT(claims()).setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid }).sign(privateKey);
    expect(await seen(scene, await sign(header().kid ?? ""))).toEqual(refused("signature does not match"));
    expect(await seen(scene, await sign("nobody-knows"))).toEqual(
      refused("key that its issuer does not publish"),
    );
  });

  test("with a key of its own in its header", async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const jwk = await exportJWK(publicKey);
    const forged = new SignJWT(claims())
      .setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid: header().kid, jwk })
      .sign(privateKey);
    expect(await seen(scene, await forged)).toEqual(refused("signature does not match"));
  });

  test("of another issuer that is just as real", async () => {
    const other = await openIssuer();
    onTestFinished(other.close);
    const stranger = (await signIn(other, "operator-everywhere")).access_token;
    expect(await seen(scene, stranger)).toEqual(refused("issuer that is not known"));
  });

  test("of another issuer that says it is this one", async () => {
    const other = await openIssuer();
    onTestFinished(other.close);
    const [head, , signature] = (await signIn(other, "operator-everywhere")).access_token.split(".");
    expect(await seen(scene, [head, parts[1], signature].join("."))).toEqual(
      refused("key that its issuer does not publish"),
    );
  });

  test("an ID token, which is for the program that signed somebody in", async () => {
    const { id_token = "" } = await signIn(scene.issuer, "operator-everywhere");
    expect((await seen(scene, id_token))[0]).toBe(401);
  });

  test.each([
    "eyJhbGciOiJSUzI1NiJ9.e30.",
    "eyJ.eyJ.x",
    `${"eyJhbGciOiJub25lIn0"}.${"e30"}.${"x".repeat(4000)}`,
  ])("what only looks like one: %#", async (nothing) => {
    expect((await seen(scene, nothing)).slice(0, 2)).toEqual([401, "token_not_valid"]);
  });

  test("after it has expired", async () => {
    scene.clock.advance(9);
    expect(await seen(scene, token)).toEqual([200]);
    scene.clock.advance(6);
    expect(await seen(scene, token)).toEqual(refused("expired"));
    scene.clock.advance(-15);
  });
});

test.each([
  [{ audience: "https://another.example.org" }, "another audience"],
  [{ tokenType: "JWT" as const }, "another type"],
  [{ algorithms: ["ES256" as const] }, "signed in a way"],
])("a token that is good elsewhere, where %j is asked", async (change, detail) => {
  const scene = await openScene(change);
  onTestFinished(scene.close);
  const { access_token } = await signIn(scene.issuer, "operator-everywhere");
  expect(await seen(scene, access_token)).toEqual(refused(detail));
});

test("an ID token is none where the program that signed somebody in is taken for the audience", async () => {
  const scene = await openScene({ audience: "sandbox-app", tokenType: "JWT" });
  onTestFinished(scene.close);
  const { id_token = "" } = await signIn(scene.issuer, "operator-everywhere");
  expect((await seen(scene, id_token))[0]).toBe(401);
});

describe("a provider's keys", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.close());
  const tokenOf = async () => (await signIn(scene.issuer, "operator-everywhere")).access_token;

  test("that changed are read again, but not as often as somebody invents one", async () => {
    const before = await tokenOf();
    expect(await seen(scene, before)).toEqual([200]);
    scene.issuer.changeKey();
    const after = await tokenOf();
    expect(await seen(scene, after)).toEqual(refused("does not publish"));
    scene.later(30_000);
    expect(await seen(scene, after)).toEqual([200]);
    expect(await seen(scene, before)).toEqual(refused("does not publish"));
  });

  test("that are known go on verifying while it is down, and no other is taken", async () => {
    const first = await tokenOf();
    scene.issuer.changeKey();
    const second = await tokenOf();
    expect([await seen(scene, second), (await seen(scene, first))[0]]).toEqual([[200], 401]);
    await scene.issuer.close();
    scene.later(3_600_000);
    expect(await seen(scene, second)).toEqual([200]);
    expect(await seen(scene, first)).toEqual([503, "provider_unavailable", expect.any(String)]);
    scene.later(86_400_000);
    expect((await seen(scene, second))[0]).toBe(503);
  });

  test("that were never read are a reason to come back, said at once", async () => {
    const token = await tokenOf();
    await scene.issuer.close();
    const reply = await scene.send("GET", "/v1/keys", token);
    expect([reply.status, reply.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await seen(scene, token)).toEqual([503, "provider_unavailable", expect.any(String)]);
  });
});
