import { fileURLToPath } from "node:url";
import * as client from "openid-client";
import { serve } from "../../adapters/kit/serve.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import type { Provider } from "../../gateway/config/sign-in.ts";
import { createApp } from "../../gateway/http/app.ts";
import { openAccessTokens } from "../../gateway/identity/access-tokens.ts";
import { peopleOf, signInAt } from "../../gateway/sandbox/identity/people.ts";
import { publicClient } from "../../gateway/sandbox/identity/provider.ts";
import { openIdentityProvider } from "../../gateway/sandbox/identity/server.ts";
import type { KeyRole } from "../../schema/key.ts";
import { instant } from "../../schema/primitives.ts";
import { seedFederation, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

const belgium = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));
const machine = (role: KeyRole) => ({
  ...{ id: `sandbox-${role}`, secret: `the secret of ${role}`, roles: [role], regions: [], centres: [] },
});
const machines = [machine("platform"), machine("reporting")];

/** The sandbox's own identity provider, on a free port. */
export const openIssuer = () => openIdentityProvider({ people: peopleOf(belgium), machines, log: quiet });
type Issuer = Awaited<ReturnType<typeof openIssuer>>;

const configurationOf = (issuer: string, id: string, auth: client.ClientAuth) =>
  client.discovery(new URL(issuer), id, undefined, auth, { execute: [client.allowInsecureRequests] });

/** Follows a browser's way until it leaves the provider, saying there who it is. */
const walk = async (from: URL, person: string): Promise<URL> => {
  const jar = new Map<string, string>();
  let at = from;
  for (let steps = 0; steps < 8; steps += 1) {
    if (at.origin !== from.origin) return at;
    if (at.pathname.startsWith("/sign-in/")) at.searchParams.set("person", person);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const reply = await fetch(at, { redirect: "manual", headers: { cookie } });
    for (const each of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      jar.set(name, value);
    }
    at = new URL(reply.headers.get("location") ?? "/lost", at);
    await reply.body?.cancel();
  }
  throw new Error("the provider never sends its guest back");
};

/** Signs a person in by authorization code and PKCE, as a program of somebody else's does. */
export const signIn = async ({ issuer }: Pick<Issuer, "issuer">, person: string) => {
  const config = await configurationOf(issuer, publicClient, client.None());
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: "http://127.0.0.1:49152/callback",
    scope: "openid everydose",
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    state: expectedState,
  });
  return client.authorizationCodeGrant(config, await walk(address, person), {
    pkceCodeVerifier,
    expectedState,
  });
};

/** Gets a program's token by client credentials. */
export const asMachine = async ({ issuer }: Pick<Issuer, "issuer">, role: KeyRole): Promise<string> => {
  const { id, secret } = machine(role);
  const config = await configurationOf(issuer, id, client.ClientSecretBasic(secret));
  return (await client.clientCredentialsGrant(config)).access_token;
};

/** The API, which takes the tokens of such a provider; `later` lets the patience of its key cache pass. */
export const openScene = async (change: Partial<Provider> = {}) => {
  const world = await testDeps({ now: instant(Date.now()) });
  await seedFederation(world.deps);
  const issuer = await openIssuer();
  let elapsed = 0;
  const accessTokens = openAccessTokens({
    providers: [{ ...signInAt(issuer.issuer), ...change }],
    ...{ now: world.clock.now, log: quiet, elapsed: () => elapsed, times: { withinMs: 1_000 } },
  });
  const deps = { ...world.deps, accessTokens };
  const app = createApp({ deps, platforms: [], slots: { deadlineMs: 500 }, log: quiet });
  const served = await serve(app);
  const send = (method: string, path: string, token: string, json?: unknown) =>
    fetch(served.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
  return {
    ...{ ...world, deps, issuer, send },
    later: (milliseconds: number) => {
      elapsed += milliseconds;
    },
    close: async () => {
      await served.close();
      await issuer.close();
      await world.close();
    },
  };
};
export type Scene = Awaited<ReturnType<typeof openScene>>;
