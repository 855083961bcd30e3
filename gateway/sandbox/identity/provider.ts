import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";
import { createMemory } from "./memory.ts";
import { page, pageHeaders } from "./page.ts";
import { audience, type Machine, ownScope, type Person, pagesClient } from "./people.ts";

/** A program of somebody's, by which people sign in: it is on their own machine, and keeps no secret. */
export const publicClient = "sandbox-app";

type Given = { issuer: string; people: readonly Person[]; machines: readonly Machine[] };

const freshKey = async () => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const kid = randomBytes(6).toString("hex");
  return { ...(await exportJWK(privateKey)), kid, use: "sig", alg: "RS256" };
};

const minutes = (count: number) => count * 60;
const ttl = {
  ...{ AccessToken: minutes(10), ClientCredentials: minutes(10), IdToken: minutes(10) },
  RefreshToken: minutes(600),
  ...{ AuthorizationCode: minutes(1), Interaction: minutes(60), Session: minutes(600), Grant: minutes(600) },
};

/** Nobody is asked whether they agree: there is nothing of anybody's in it. */
const onlyWho = () => {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  return policy;
};

const configured = ({ people, machines }: Given, key: object): Configuration => {
  const nameOf = (id: string) => people.find((each) => each.id === id)?.name ?? id;
  const holder = (id: string | undefined) => [...people, ...machines].find((each) => each.id === id);
  return {
    jwks: { keys: [key as never] },
    adapter: createMemory(),
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    ttl,
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name"] },
    // A page greets whoever signed in, and asks no second time for their name.
    conformIdTokenClaims: false,
    issueRefreshToken: async (_, client) => client.grantTypeAllowed("refresh_token"),
    clients: [
      {
        client_id: publicClient,
        application_type: "native",
        token_endpoint_auth_method: "none",
        // On whatever port of this machine the program listens (RFC 8252, section 7.3).
        redirect_uris: ["http://127.0.0.1/callback"],
      },
      {
        ...{ client_id: pagesClient, application_type: "native", token_endpoint_auth_method: "none" },
        grant_types: ["authorization_code", "refresh_token"],
        redirect_uris: ["localhost", "127.0.0.1"].map((host) => `http://${host}/sign-in/callback`),
      },
      ...machines.map(({ id, secret }) => ({
        ...{ client_id: id, client_secret: secret, grant_types: ["client_credentials"] },
        ...{ redirect_uris: [], response_types: [] },
      })),
    ],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_, { clientId }, token) => token.clientId === clientId },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          ...{ scope: ownScope, audience },
          ...{ accessTokenFormat: "jwt", accessTokenTTL: minutes(10), jwt: { sign: { alg: "RS256" } } },
        }),
      },
    },
    extraTokenClaims: (_, token) => {
      const id = token.kind === "AccessToken" ? token.accountId : token.clientId;
      const { roles, regions, centres } = holder(id) ?? { roles: [], regions: [], centres: [] };
      return { roles, regions, centres };
    },
    findAccount: (_, id) =>
      holder(id) && { accountId: id, claims: async () => ({ sub: id, name: nameOf(id) }) },
    interactions: { policy: onlyWho(), url: (_, { uid }) => `/sign-in/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      if (!oidc.client || !oidc.session?.accountId) return undefined;
      const { clientId } = oidc.client;
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile");
      grant.addResourceScope(audience, ownScope);
      await grant.save();
      return grant;
    },
  };
};

/** One provider with a key of its own, and the page on which somebody says who they are; there are no passwords. */
export const createProvider = async (given: Given) => {
  const provider = new Provider(given.issuer, configured(given, await freshKey()));
  const answer = provider.callback();
  const signIn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", given.issuer);
    const chosen = searchParams.get("person");
    if (!pathname.startsWith("/sign-in/")) return answer(request, response);
    if (!chosen) {
      response.writeHead(200, pageHeaders).end(page(given.people));
      return;
    }
    const accountId = given.people.find(({ id }) => id === chosen)?.id;
    const result = accountId ? { login: { accountId } } : { error: "access_denied" };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };
  return signIn;
};
