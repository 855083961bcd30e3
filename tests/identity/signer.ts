import { Hono } from "hono";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { type Serving, serve } from "../../adapters/kit/serve.ts";

/** An issuer whose key the test has: it signs whatever it is asked to, in the way that RFC 9068 says. */
export const openSigner = async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const published = { ...(await exportJWK(publicKey)), kid: "one", use: "sig" };
  const serving: Serving = await serve(
    new Hono()
      .get("/.well-known/openid-configuration", (c) =>
        c.json({ issuer: serving.url, jwks_uri: `${serving.url}/jwks` }),
      )
      .get("/jwks", (c) => c.json({ keys: [published] })),
  );
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT({ iss: serving.url, ...claims })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "one" })
      .sign(privateKey);
  return { issuer: serving.url, sign, close: serving.close };
};
