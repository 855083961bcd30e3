import { fileURLToPath } from "node:url";
import { serve } from "../../adapters/kit/serve.ts";
import { loadFederation } from "../../gateway/config/federation.ts";
import { pages } from "../../gateway/console/pages.tsx";
import { issueKeys } from "../../gateway/flows/authorise.ts";
import { revokeKey } from "../../gateway/flows/keys.ts";
import { createApp } from "../../gateway/http/app.ts";
import { openAccessTokens } from "../../gateway/identity/access-tokens.ts";
import { openSignIn } from "../../gateway/identity/sign-in.ts";
import { peopleOf, signInAt } from "../../gateway/sandbox/identity/people.ts";
import { openIdentityProvider } from "../../gateway/sandbox/identity/server.ts";
import { createVault } from "../../gateway/store/vault.ts";
import type { Log } from "../../schema/adapter.ts";
import type { KeyLabel } from "../../schema/key.ts";
import { instant } from "../../schema/primitives.ts";
import { seedFederation, testDeps } from "../support/gateway.ts";
import { quiet } from "../support/quiet.ts";

/* The pages over HTTP, beside a real provider, as a browser walks through both. */

const belgium = loadFederation(fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url)));

/** A browser: it keeps cookies by host, and follows where it is sent until it is told not to. */
export const openBrowser = () => {
  const jars = new Map<string, Map<string, string>>();
  const seen: string[] = [];
  const jarOf = (url: URL) => {
    const jar = jars.get(url.host) ?? new Map<string, string>();
    jars.set(url.host, jar);
    return jar;
  };
  const send = async (address: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(address);
    seen.push(url.href);
    const jar = jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { "sec-fetch-site": "same-origin", ...(cookie && { cookie }), ...init.headers };
    if (headers["sec-fetch-site"] === "") Reflect.deleteProperty(headers, "sec-fetch-site");
    const reply = await fetch(url, { redirect: "manual", ...init, headers });
    for (const each of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === "" || /max-age=0/i.test(each)) jar.delete(name);
      else jar.set(name, value);
    }
    return reply;
  };
  /** On from a reply, as far as it leads; at the provider, `person` says who they are. */
  const follow = async (
    first: Response,
    from: string,
    person?: string,
  ): Promise<Response & { at: string }> => {
    let [reply, at] = [first, from];
    for (let steps = 0; steps < 12; steps += 1) {
      const to = reply.headers.get("location");
      if (!to || reply.status < 300 || reply.status > 399) return Object.assign(reply, { at });
      await reply.body?.cancel();
      const next = new URL(to, at);
      if (person && /^\/sign-in\/[\w-]{12,}$/.test(next.pathname)) next.searchParams.set("person", person);
      at = next.href;
      reply = await send(next);
    }
    throw new Error("it never ends");
  };
  /** On its way somewhere, until the next step would be such an address. */
  const until = async (from: string, isThere: (url: URL) => boolean, person: string) => {
    let at = new URL(from);
    for (let steps = 0; steps < 12; steps += 1) {
      if (isThere(at)) return { address: at.href };
      if (/^\/sign-in\/[\w-]{12,}$/.test(at.pathname)) at.searchParams.set("person", person);
      const reply = await send(at);
      await reply.body?.cancel();
      at = new URL(reply.headers.get("location") ?? "/lost", at);
    }
    throw new Error("it never comes there");
  };
  const open = async (address: string, person?: string) => follow(await send(address), address, person);
  const post = (address: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    send(address, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
      body: String(new URLSearchParams(fields)),
    });
  return { jarOf: (address: string) => jarOf(new URL(address)), seen, send, follow, until, open, post };
};

type Change = { keysFor?: Parameters<typeof openSignIn>[0]["keysFor"]; isSecure?: boolean; issuer?: string };

/** The pages and the API of one gateway more on the same database and keys, and the provider beside them. */
export const openScene = async () => {
  const world = await testDeps({ now: instant(Date.now()) });
  await seedFederation(world.deps);
  const issuer = await openIdentityProvider({ people: peopleOf(belgium), machines: [], log: quiet });
  const providers = [signInAt(issuer.issuer)];
  const { now } = world.clock;
  const deps = { ...world.deps, accessTokens: openAccessTokens({ providers, now, log: quiet }) };
  const logged: unknown[] = [];
  const log: Log = { info: (...line) => void logged.push(line), warn: (...line) => void logged.push(line) };
  const makeKey = (label: string) =>
    issueKeys(deps, [{ key: `${label}-key`, caller: { label, role: "operator", regions: [], centres: [] } }]);
  const operator = { label: "door", role: "operator" as const, regions: [], centres: [] };
  await issueKeys(deps, [{ key: "operator-key-of-the-gateway", caller: operator }]);
  const ends: (() => Promise<void>)[] = [];
  const replica = async (change: Change = {}) => {
    const app = createApp({ deps, platforms: [], slots: { deadlineMs: 500 }, log });
    const given = change.issuer ? [signInAt(change.issuer)] : providers;
    const keysFor = change.keysFor ?? deps.vault.keysFor;
    const signIn = openSignIn({ keysFor, providers: given, now, log });
    const { isSecure } = change;
    const all = pages({ api: app.request, signIn, publicUrl: "http://localhost:1", isSecure });
    all.route("/", app);
    const served = await serve(all);
    ends.push(served.close);
    return served.url;
  };
  const keyOf = (version: number) => Buffer.alloc(32, version);
  return {
    ...world,
    deps,
    issuer,
    replica,
    logged,
    makeKey,
    endKey: (label: string) => revokeKey(deps, { label: label as KeyLabel, given: [] }, "a test"),
    /** The operator's ring in these versions, the first of which seals. */
    ring: (...versions: number[]) =>
      createVault({
        sealing: [{ version: 1, key: keyOf(99) }],
        digest: versions.map((version) => ({ version, key: keyOf(version) })),
      }).keysFor,
    url: await replica(),
    close: async () => {
      for (const end of ends) await end();
      await issuer.close();
      await world.close();
    },
  };
};
export type Scene = Awaited<ReturnType<typeof openScene>>;
