import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Serving, serve } from "../../adapters/kit/serve.ts";
import { Provider } from "../../gateway/config/sign-in.ts";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import type { Permission } from "../../gateway/http/permission.ts";
import { permissions, type Route } from "../../gateway/http/permissions.ts";
import { openAccessTokens } from "../../gateway/identity/access-tokens.ts";
import { KeyRole } from "../../schema/key.ts";
import { millis } from "../../schema/primitives.ts";
import { openSigner } from "../identity/signer.ts";
import { quiet } from "../support/quiet.ts";
import { type Asked, requestsTo } from "./requests.ts";
import { openScene, type Scene } from "./scene.ts";

/*
 * Every address as everybody, over real HTTP: what the table says is held against what happens. Each request is about
 * something in Charleroi or Binche, in Wallonia. Each role comes with a key from every other place and with an access
 * token from those between, and the other way around at the next address.
 */

type Reaching = Pick<Caller, "regions" | "centres">;
const reaching = (regions: string[], centres: string[]) => ({ regions, centres }) as Reaching;
const reaches = {
  everything: reaching([], []),
  "own region": reaching(["wallonia"], []),
  "own centre": reaching(["wallonia"], ["charleroi", "binche"]),
  "another centre of the region": reaching(["wallonia"], ["namur"]),
  "another region": reaching(["flanders"], []),
  "a centre of another region": reaching(["flanders"], ["gent"]),
};
type Where = keyof typeof reaches;
const everywhere = Object.keys(reaches) as Where[];

/** From where each reach of the table is enough, in the words of the table and not in its code. */
const isEnough: Record<"own centre" | "own region" | "all", Where[]> = {
  "own centre": ["everything", "own region", "own centre"],
  "own region": ["everything", "own region"],
  all: everywhere,
};

/** A platform sees and orders its own webhooks alone, and the one that is asked about is an agency's. */
const isOwnAlone = (route: Route, role: KeyRole): boolean =>
  role === "platform" && route.includes(" /v1/webhooks") && route !== "POST /v1/webhooks";

/** A list that rests brings nobody, in any region: that takes somebody who reaches all of them. */
const reachesTooLittle = (route: Route, where: Where): boolean =>
  route === "POST /v1/platforms/{platform}/reading/halt" && where !== "everything";

const table: readonly Permission[] = permissions;
const routes = table
  .flatMap((entry) => entry.routes.map((route) => ({ route: route as Route, ...entry })))
  .map((each, index) => ({ ...each, index }));

let scene: Scene;
let served: Serving;
let made: Awaited<ReturnType<typeof requestsTo>>;
let signer: Awaited<ReturnType<typeof openSigner>>;
const tokens = new Map<string, string>();
beforeAll(async () => {
  scene = await openScene();
  signer = await openSigner();
  await signIn();
  made = await requestsTo(scene);
  await issueKeys(
    scene.deps,
    KeyRole.options.flatMap((role) =>
      everywhere.map((where) => {
        const label = `${role}, ${where}`;
        return { key: keyOf(label), caller: { label, role, ...reaches[where] } };
      }),
    ),
  );
  served = await serve(scene.app);
});
afterAll(async () => {
  await served.close();
  await signer.close();
  await scene.close();
});

const keyOf = (label: string) => `key-${label.replaceAll(/\W+/g, "-")}`;

/** By which claim a token is limited that reaches so far. */
const limitedBy = ({ regions, centres }: Reaching) =>
  centres.length > 0 ? "centres" : regions.length > 0 ? "regions" : "everything";

/** Has the gateway take the tokens of a provider, and that provider sign one for each role and place. */
const signIn = async () => {
  const audience = "urn:everydose:walk";
  const provider = Provider.parse({
    ...{ issuer: signer.issuer, audience, roles: { claim: "role" } },
    ...{ regions: { claim: "regions" }, centres: { claim: "centres" } },
    grants: KeyRole.options.flatMap((role) =>
      (["everything", "regions", "centres"] as const).map((reach) => ({
        ...{ word: `${role} ${reach}`, role, reach },
      })),
    ),
  });
  const { now } = scene.clock;
  scene.deps.accessTokens = openAccessTokens({ providers: [provider], now, log: quiet });
  const seconds = Math.floor(millis(now()) / 1000);
  for (const role of KeyRole.options)
    for (const where of everywhere) {
      const label = `${role}, ${where}`;
      const claims = { ...reaches[where], role: [`${role} ${limitedBy(reaches[where])}`] };
      const valid = { aud: audience, sub: label, iat: seconds, exp: seconds + 86_400 };
      tokens.set(label, await signer.sign({ ...claims, ...valid }));
    }
};

const send = async (route: Route, bearer?: string, more: Record<string, string> = {}) => {
  const { json, body, headers, path = {}, query = "", before }: Asked = made.requests[route];
  await before?.();
  const [method, address = ""] = route.split(" ");
  const filled = address.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
  return fetch(served.url + filled + query, {
    method,
    headers: {
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(json !== undefined && { "content-type": "application/json" }),
      ...headers,
      ...more,
    },
    body: json === undefined ? body : JSON.stringify(json),
  });
};

const refusals = [401, 403, 404];

/** Whether somebody was let in: not refused, and, where others get an answer too, shown what they asked about. */
const isIn = async (route: Route, reply: Response): Promise<boolean> => {
  const { shows } = made.requests[route];
  if (refusals.includes(reply.status) || shows === undefined) {
    await reply.body?.cancel();
    expect(reply.status, "nobody is let in or refused by a fault").toBeLessThan(500);
    return !refusals.includes(reply.status);
  }
  return new RegExp(shows).test(await reply.text());
};

const tokenFor = (route: Route) => {
  const [, kind = ""] = /\/v1\/(volunteer|invitation|renewal|erasure)(?:\/|$)/.exec(route) ?? [];
  return {
    volunteer: made.tokens.manage,
    invitation: made.tokens.answer,
    renewal: made.tokens.renewal,
    erasure: made.tokens.erasure,
  }[kind];
};

describe.each(routes)("$route", ({ route, who, index }) => {
  const { anybody, volunteer, signedPlatform } = who;

  test("is open to whom the table names, as far as it says, and to nobody else", async () => {
    const let_in: string[] = [];
    const expected: string[] = [];
    for (const role of KeyRole.options)
      for (const [place, where] of everywhere.entries()) {
        const label = `${role}, ${where}`;
        const token = (index + place) % 2 === 0 ? tokens.get(label) : undefined;
        const comes = `${label}, with ${token ? "a token" : "a key"}`;
        const reach = who[role];
        const isFarEnough = reach && isEnough[reach].includes(where) && !reachesTooLittle(route, where);
        if (anybody || (isFarEnough && !isOwnAlone(route, role))) expected.push(comes);
        if (await isIn(route, await send(route, token ?? keyOf(label)))) let_in.push(comes);
      }
    expect(let_in).toEqual(expected);
  });

  test("is closed to whoever shows nothing, or what opens nothing, but where it is open to all", async () => {
    const [nothing, guessed] = [await send(route), await send(route, "key-guessed")];
    for (const reply of [nothing, guessed]) await reply.body?.cancel();
    if (anybody) expect(refusals).not.toContain(nothing.status);
    else expect([nothing.status, guessed.status]).toEqual([401, 401]);
  });

  if (!anybody)
    test("is open to a volunteer's token only where it is their own", async () => {
      const own = tokenFor(route);
      for (const token of Object.values(made.tokens).sort((one) => (one === own ? 1 : -1))) {
        // The birth date may be said with the link of any message; what it opens is that message's person's.
        // So may whoever was silent come back by the letter that says so (F06).
        const byAnyLink = route === "POST /v1/volunteer/session" || route === "POST /v1/volunteer/resume";
        const isLink = byAnyLink && token === made.tokens.answer;
        const isOpen = volunteer !== undefined && (token === own || isLink);
        expect(await isIn(route, await send(route, token)), token).toBe(isOpen);
      }
    });

  test("is open to a platform's signature only where it delivers", async () => {
    const signed = await isIn(route, await send(route, undefined, { signature: "right" }));
    expect(signed).toBe(signedPlatform !== undefined || anybody !== undefined);
  });
});

test("no address is without an entry, and no entry without an address", () => {
  const file = fileURLToPath(new URL("../../schema/gateway.openapi.json", import.meta.url));
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  const published = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.map(({ route }) => route).sort()).toEqual(published.sort());
  const served = scene.app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/v1/"))
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect([...new Set(served)].filter((each) => !published.includes(each))).toEqual([]);
});
