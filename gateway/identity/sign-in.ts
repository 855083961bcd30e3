import type { TokenEndpointResponse, TokenEndpointResponseHelpers } from "openid-client";
import type { Log } from "../../schema/adapter.ts";
import { type Instant, plusMinutes } from "../../schema/primitives.ts";
import type { Provider } from "../config/sign-in.ts";
import { type ClientOf, openProviderClient } from "./provider-client.ts";
import { createSeal, type SealKey } from "./seal.ts";

/* How people sign in to the pages: by authorization code, PKCE, state and nonce, and what is kept of it meanwhile. */

/** What a browser keeps, sealed, of whoever signed in. */
export type Session = {
  /** The key or access token with which the API is asked. */
  bearer: string;
  by: "key" | "token";
  /** As they are greeted; a key has its label. */
  name?: string;
  /** When the bearer is over by itself. */
  until?: Instant;
  /** When all of it is over, however often it was renewed. */
  endsAt: Instant;
  issuer?: string;
  refresh?: string;
};

/** Why nobody is signed in: they said no there, their way here was lost or is another's, or the provider failed. */
export type Failed = { failed: "refused" | "lost" | "away"; to?: string };
export type Signed = { session: Omit<Session, "endsAt">; to: string };

type Way = { issuer: string; verifier: string; state: string; nonce: string; callback: string; to: string };

const sessionUse = "session of a page";
const wayUse = "way to a provider and back";
const wayMinutes = 15;
/** Browsers keep cookies of 4096 bytes with their names and all. */
const sealedAtMost = 3_800;

/** A browser that has not got the new cookie yet comes with the old one for so long. */
const renewedAgainMs = 30_000;

const load = () => import("openid-client");

type Tokens = TokenEndpointResponse & TokenEndpointResponseHelpers;
const longestName = 60;
const nameIn = (tokens: Tokens): string | undefined => {
  const claims = tokens.claims();
  const found = [claims?.name, claims?.preferred_username].find(
    (each) => typeof each === "string" && each.trim() !== "",
  );
  return typeof found === "string" ? found.trim().slice(0, longestName) : undefined;
};

type World = {
  keysFor(use: string): readonly SealKey[];
  providers: readonly Provider[];
  now(): Instant;
  log: Log;
  elapsed?(): number;
};

/** What the pages know of signing in: nothing of keys, secrets, or what is said to a provider. */
export const openSignIn = (world: World) => {
  const { log } = world;
  const elapsed = world.elapsed ?? (() => performance.now());
  const seal = createSeal(world);
  const clients = world.providers
    .flatMap(({ issuer, client }): ClientOf[] => (client ? [{ issuer, client }] : []))
    .map((each) => ({ ...each, configuration: openProviderClient(each, elapsed) }));
  const clientOf = (issuer: string | undefined) => clients.find((each) => each.issuer === issuer);
  const failed = (issuer: string, error: unknown): Failed => {
    // Only which fault it was: what a provider says may quote what it was sent.
    const known: { code?: unknown; name?: string } = error instanceof Error ? error : {};
    const fault = typeof known.code === "string" ? known.code : known.name;
    log.warn({ issuer, fault }, "signing in by an identity provider failed");
    return { failed: "away" };
  };

  const begin = async (
    index: number,
    { callback, to, language }: { callback: string; to: string; language: string },
  ): Promise<{ address: string; way: string } | Failed | undefined> => {
    const chosen = clients[index];
    if (!chosen) return undefined;
    const { issuer, client } = chosen;
    try {
      const [openid, configuration] = await Promise.all([load(), chosen.configuration()]);
      const [verifier, state, nonce] = [
        openid.randomPKCECodeVerifier(),
        openid.randomState(),
        openid.randomNonce(),
      ];
      const address = openid.buildAuthorizationUrl(configuration, {
        ...{ redirect_uri: callback, scope: client.scopes.join(" "), state, nonce, ui_locales: language },
        ...{
          code_challenge: await openid.calculatePKCECodeChallenge(verifier),
          code_challenge_method: "S256",
        },
        ...(client.resource && { resource: client.resource }),
        ...(client.audience && { audience: client.audience }),
      });
      const way: Way = { issuer, verifier, state, nonce, callback, to };
      const sealed = await seal.seal(wayUse, way, plusMinutes(world.now(), wayMinutes));
      return { address: address.href, way: sealed };
    } catch (error) {
      return failed(issuer, error);
    }
  };

  /** `arrived`: what stands after the question mark of the address to which the provider sent somebody back. */
  const finish = async (sealed: string, arrived: string): Promise<Signed | Failed> => {
    const opened = await seal.open(wayUse, sealed);
    const way = opened?.content as Way | undefined;
    const chosen = clientOf(way?.issuer);
    if (!way || !chosen) return { failed: "lost" };
    // Before anything is believed of it, an error included.
    const said = new URLSearchParams(arrived);
    if (said.get("state") !== way.state) return { failed: "lost" };
    if (said.get("error") === "access_denied") return { failed: "refused", to: way.to };
    try {
      const openid = await load();
      const configuration = await chosen.configuration();
      const tokens = await openid.authorizationCodeGrant(
        configuration,
        new URL(`${way.callback}?${arrived}`),
        {
          ...{ pkceCodeVerifier: way.verifier, expectedState: way.state, expectedNonce: way.nonce },
          idTokenExpected: true,
        },
        chosen.client.resource ? { resource: chosen.client.resource } : undefined,
      );
      const { access_token: bearer, refresh_token: refresh } = tokens;
      const { issuer, to } = way;
      return { session: { bearer, by: "token", name: nameIn(tokens), issuer, refresh }, to };
    } catch (error) {
      return { ...failed(way.issuer, error), to: way.to };
    }
  };

  const asked = new Map<string, Promise<Tokens>>();
  /** Once, however many pages of one browser want it at the same time: a provider may take a second try for theft. */
  const renewed = ({ configuration, client }: (typeof clients)[number], refresh: string): Promise<Tokens> => {
    const before = asked.get(refresh);
    if (before) return before;
    const tokens = Promise.all([load(), configuration()]).then(([openid, found]) =>
      openid.refreshTokenGrant(found, refresh, client.resource ? { resource: client.resource } : undefined),
    );
    asked.set(refresh, tokens);
    setTimeout(() => asked.delete(refresh), renewedAgainMs).unref();
    return tokens;
  };

  /** The same session with a fresh token; nothing where the provider gives none. */
  const renew = async (session: Session): Promise<Session | undefined> => {
    const { issuer, refresh } = session;
    const chosen = clientOf(issuer);
    if (!chosen || !refresh) return undefined;
    try {
      const tokens = await renewed(chosen, refresh);
      return { ...session, bearer: tokens.access_token, refresh: tokens.refresh_token ?? refresh };
    } catch (error) {
      failed(chosen.issuer, error);
      return undefined;
    }
  };

  /** Has the provider forget what it gave for it, where it can; it is over here in any case. */
  const leave = async ({ issuer, refresh }: Session): Promise<void> => {
    const chosen = clientOf(issuer);
    if (!chosen || !refresh) return;
    asked.delete(refresh);
    try {
      const configuration = await chosen.configuration();
      if (configuration.serverMetadata().revocation_endpoint)
        await (await load()).tokenRevocation(configuration, refresh);
    } catch (error) {
      failed(chosen.issuer, error);
    }
  };

  /** Where people sign out of a provider itself, where it says so. */
  const endOf = async (index: number): Promise<string | undefined> => {
    const chosen = clients[index];
    const configuration = await chosen?.configuration().catch(() => undefined);
    if (!chosen || !configuration?.serverMetadata().end_session_endpoint) return undefined;
    return (await load()).buildEndSessionUrl(configuration, { client_id: chosen.client.clientId }).href;
  };

  return {
    /** By number, in the order of the operator's file. */
    providers: clients.map(({ client, issuer }) => ({ name: client.name, issuer })),
    ...{ begin, finish, renew, leave, endOf, now: world.now },
    /** Without what would renew it where a browser would not keep it all; nothing where it keeps none of it. */
    sealed: async (session: Session): Promise<string | undefined> => {
      const whole = await seal.seal(sessionUse, session, session.endsAt);
      if (whole.length <= sealedAtMost) return whole;
      const { refresh: _, ...less } = session;
      const rest = await seal.seal(sessionUse, less, session.endsAt);
      if (rest.length <= sealedAtMost) return rest;
      log.warn(
        { issuer: session.issuer, bytes: rest.length },
        "a provider's access token is too large for a cookie",
      );
      return undefined;
    },
    opened: async (sealed: string): Promise<Session | undefined> =>
      (await seal.open(sessionUse, sealed))?.content as Session | undefined,
  };
};
export type SignIn = ReturnType<typeof openSignIn>;
