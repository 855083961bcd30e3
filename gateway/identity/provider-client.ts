import type { Configuration } from "openid-client";
import type { Provider } from "../config/sign-in.ts";

/* Loaded when somebody first signs in: most who start a gateway do not, or not at once. */
const load = () => import("openid-client");

type Client = NonNullable<Provider["client"]>;
export type ClientOf = Pick<Provider, "issuer"> & { client: Client };

const withinSeconds = 10;
/** After so long what a provider publishes of itself is read again. */
const freshMs = 3_600_000;

/** Some take a secret in one way alone (OpenID Connect Discovery 1.0, section 3); in which, they publish. */
const authenticationOf = async (secret: string | undefined, methods: readonly string[] | undefined) => {
  const { ClientSecretBasic, ClientSecretPost, None } = await load();
  if (secret === undefined) return None();
  return methods && !methods.includes("client_secret_basic")
    ? ClientSecretPost(secret)
    : ClientSecretBasic(secret);
};

/** As whom the gateway's pages speak to a provider; found by discovery, when it is first needed. */
export const openProviderClient = ({ issuer, client }: ClientOf, elapsed: () => number) => {
  let known: { found: Promise<Configuration>; at: number } | undefined;

  const find = async (): Promise<Configuration> => {
    const openid = await load();
    const execute = [
      ...(issuer.startsWith("http:") ? [openid.allowInsecureRequests] : []),
      openid.enableNonRepudiationChecks,
    ];
    const options = { execute, timeout: withinSeconds };
    const { clientId, clientSecret } = client;
    const discovered = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), options);
    const metadata = discovered.serverMetadata();
    const methods = metadata.token_endpoint_auth_methods_supported;
    const authentication = await authenticationOf(clientSecret, methods);
    const found = new openid.Configuration({ ...metadata }, clientId, undefined, authentication);
    found.timeout = withinSeconds;
    for (const each of execute) each(found);
    return found;
  };

  return (): Promise<Configuration> => {
    if (known && elapsed() - known.at < freshMs) return known.found;
    const found = find();
    known = { found, at: elapsed() };
    found.catch(() => {
      known = undefined;
    });
    return found;
  };
};
