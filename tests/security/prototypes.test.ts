import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { openScene, type Scene } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";

/* A field named as what all objects share is a field like another, and nothing that is shared changes. */

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const shared = () => [
  Reflect.ownKeys(Object.prototype).length,
  Reflect.ownKeys(Array.prototype).length,
  Reflect.get({}, "admin"),
  Reflect.get({}, "role"),
];
const before = shared();
const harm = '{"admin":true,"role":"operator"}';

const send = (path: string, body: string, type = "application/json") =>
  scene.app.request(path, {
    method: "POST",
    headers: { "content-type": type, authorization: "Bearer key-operator" },
    body,
  });

test.each(["__proto__", "constructor", "prototype", "toString"])(
  "a registration with a field %s",
  async (name) => {
    const whole = JSON.stringify(newVolunteer());
    const joined = whole.replace(/\}$/, `,"${name}":${harm}}`);
    const within = whole.replace('"contact":{', `"contact":{"${name}":${harm},`);
    for (const [body, at] of [
      [joined, `/${name}`],
      [within, `/contact/${name}`],
    ] as const) {
      const reply = await send("/v1/volunteers", body);
      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ issues: [{ in: "body", at, detail: "not known here" }] });
    }
    expect(shared()).toEqual(before);
  },
);

test("what is handed on without a shape of its own", async () => {
  const rows = `{"registrations":[{"__proto__":${harm},"volunteer":{"__proto__":${harm}}}]}`;
  const inner = `{"registrations":[{"volunteer":{"__proto__":${harm},"constructor":{"prototype":${harm}}}}]}`;
  expect((await send("/v1/volunteers/batch", rows)).status).toBe(400);
  expect(await (await send("/v1/volunteers/batch", inner)).json()).toMatchObject({
    results: [{ status: 400 }],
  });
  expect(shared()).toEqual(before);
});

test("an address, a form and a list", async () => {
  for (const query of ["__proto__[admin]=1", "__proto__=1", "constructor[prototype][admin]=1"])
    expect((await scene.send("GET", `/v1/surpluses?${query}`, { as: "staff" })).status).toBeLessThan(500);
  const form = "application/x-www-form-urlencoded";
  const body = "__proto__[admin]=1&__proto__.admin=1&region=wallonia&constructor.prototype.admin=1&when=a";
  const app = pages({ api: scene.app.request });
  for (const path of ["/register", "/consent", "/renew"]) {
    const asked = { method: "POST", headers: { "content-type": form }, body };
    expect((await app.request(path, asked)).status).toBeLessThan(500);
  }
  const list = "Nom;Prénom;__proto__;constructor\n__proto__;Jean;admin;1\n";
  expect((await send("/v1/centres/binche/imports", list, "text/csv")).status).toBeLessThan(500);
  expect(shared()).toEqual(before);
});
