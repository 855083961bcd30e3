import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, issueKeys } from "../../gateway/flows/authorise.ts";
import type { Permission } from "../../gateway/http/permission.ts";
import { permissions, type Route } from "../../gateway/http/permissions.ts";
import { KeyRole } from "../../schema/key.ts";
import { requestsTo } from "./requests.ts";
import { openScene, type Scene } from "./scene.ts";

/*
 * Whoever is let in with a key is worked for in their own world (`c.get("deps")`), and never in the gateway's: every
 * statement that a request sends is looked at on its way to the database, whoever wrote it.
 */

/** What is done for a caller in the gateway's own world: the tables it is about, and why. */
const asTheGateway: Partial<Record<Route, { tables: RegExp; why: string }>> = {
  "POST /v1/volunteers/batch": {
    tables: /"volunteers"/,
    why: "gathered with whoever else registers, each in a region that the caller reaches (tests/http/batches.test.ts)",
  },
  "POST /v1/centres/{centre}/imports": {
    tables: /./,
    why: "whom a list names may be registered in whichever region (docs/security.md, Whose rows)",
  },
  "POST /v1/work/{id}/rows": {
    tables: /./,
    why: "a mended row is taken in as its list is",
  },
  "GET /v1/retention": {
    tables: /^\s*select count.* from "(tombstones|tokens|told)" /s,
    why: "counts of the caller's regions, in tables that no caller is shown",
  },
  "POST /v1/campaigns/rehearsal": {
    tables: /^select "id" from "volunteers" where .*v\.person = /s,
    why: "whether somebody is in that campaign already, in whichever region",
  },
};

const table: readonly Permission[] = permissions;
/** Each address at which a role is narrowed, and one that is. */
const narrowed = table.flatMap(({ who, routes }) => {
  const role = KeyRole.options.find((each) => who[each] !== undefined && who[each] !== "all");
  return role ? routes.map((route) => ({ route: route as Route, role })) : [];
});

/** Looks up who calls: it comes before there is a caller. */
const whoCalls = /^(select|update) .*"keys"/;
/** What the driver asks on each new connection. */
const ofDriver = /^\s*select b\.oid, b\.typarray\s+from pg_catalog\.pg_type/;
const ofNoRows = /^(begin|commit|rollback|savepoint|release|set |select current_setting)/i;

let scene: Scene;
let made: Awaited<ReturnType<typeof requestsTo>>;
const sent: { connection: number; text: string }[] = [];
beforeAll(async () => {
  scene = await openScene();
  made = await requestsTo(scene);
  const reaching = { regions: ["wallonia"], centres: [] } as unknown as Pick<Caller, "regions" | "centres">;
  const keys = KeyRole.options.map((role) => ({
    key: `key-of-${role}`,
    caller: { label: role, role, ...reaching },
  }));
  await issueKeys(scene.deps, keys);
  scene.database.sql.options.debug = (connection, text) => void sent.push({ connection, text });
});
afterAll(() => scene.close());

/** Statements outside of any transaction in which the caller's role was taken on. */
const bare = (): string[] => {
  const callers = new Set<number>();
  return sent.flatMap(({ connection, text }) => {
    if (/^(begin|commit|rollback)\b/i.test(text)) callers.delete(connection);
    if (text.includes("set local role everydose_tenant")) callers.add(connection);
    const isKnown = [ofNoRows, ofDriver, whoCalls].some((each) => each.test(text));
    return callers.has(connection) || isKnown ? [] : [text];
  });
};

const ask = async (route: Route, role: KeyRole) => {
  const { json, body, headers, path = {}, query = "", before } = made.requests[route];
  await before?.();
  sent.splice(0);
  const [method, address = ""] = route.split(" ");
  const filled = address.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
  const reply = await scene.app.request(filled + query, {
    method,
    headers: {
      authorization: `Bearer key-of-${role}`,
      ...(json !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    body: json === undefined ? body : JSON.stringify(json),
  });
  await reply.body?.cancel();
  return reply.status;
};

test.each(narrowed)("$route does all of its work as the $role who asks", async ({ route, role }) => {
  expect(await ask(route, role)).toBeLessThan(500);
  const { tables } = asTheGateway[route] ?? {};
  const found = bare();
  expect(sent.length, "the caller was looked up, at least").toBeGreaterThan(0);
  expect(found.filter((text) => !tables?.test(text))).toEqual([]);
  expect(found.length > 0, "an exception that nothing needs").toBe(tables !== undefined);
});
