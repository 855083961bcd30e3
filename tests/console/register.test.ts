import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { Language } from "../../schema/primitives.ts";
import { openScene, type Scene } from "../http/scene.ts";
import { nationalNumber } from "../support/gateway.ts";

/* Registering by plain forms, where no script runs. */

let scene: Scene;
let site: ReturnType<typeof pages>;
beforeAll(async () => {
  scene = await openScene();
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

const get = async (query: string) => (await site.request(`/register?${query}`)).text();
const fieldsIn = (page: string): [string, string][] =>
  [...page.matchAll(/<input([^>]*)>/g)].flatMap(([, attributes = ""]) => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const [name, value = ""] = [of("name"), of("value")];
    const isOff = of("type") === "checkbox" && !/\bchecked\b/.test(attributes);
    return name && !isOff ? [[name, value]] : [];
  });
const filled = (page: string, typed: Record<string, string>) => {
  const form = new URLSearchParams(fieldsIn(page));
  for (const [name, value] of Object.entries(typed)) form.set(name, value);
  return form;
};
const post = async (body: URLSearchParams, lang = "en") => {
  const reply = await site.request(`/register?lang=${lang}`, { method: "POST", body });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
};
const people = async () => (await scene.database.sql`select count(*)::int as n from volunteers`)[0]?.n;

const jean = {
  givenName: "Jean",
  familyName: "Dupont",
  nationalNumber: nationalNumber("1950-01-15"),
  email: "jean@example.org",
  mobile: "0470 12 34 56",
  language: "fr",
  consent: "2021-04",
};

test("whoever gives a postcode is shown the form of their region, with what that region asks", async () => {
  const wallonia = await get("lang=fr&postcode=6000");
  expect(wallonia).toContain("Wallonie");
  expect(wallonia).toContain('name="nationalNumber"');
  expect(wallonia).not.toContain('name="birthDate"');
  expect(wallonia).not.toContain('name="centres"');
  const brussels = await get("lang=nl&postcode=1000");
  expect(brussels).toContain("Brussel");
  expect(brussels).not.toContain('name="nationalNumber"');
  expect(brussels).toContain('name="birthDate"');
  expect(brussels).toContain('value="pacheco"');
  expect(await get("lang=en&postcode=0999")).toContain("No list serves this postcode");
});

test("the form registers, as often as it is sent, once; and nobody is told which vaccine there is", async () => {
  const page = await get("lang=fr&postcode=6000");
  expect(page).not.toMatch(/pfizer|moderna|astrazeneca|janssen/i);
  const form = filled(page, jean);
  const before = await people();
  const first = await post(form, "fr");
  expect(first.status).toBe(201);
  expect(first.headers.get("cache-control")).toBe("no-store");
  const [, token = ""] = /href="\/my-place\?lang=fr#([\w-]+)"/.exec(first.text) ?? [];
  const mine = await scene.send("GET", "/v1/volunteer", { token });
  expect(await mine.json()).toMatchObject({
    familyName: "Dupont",
    region: "wallonia",
    postcode: "6000",
    contact: { email: "jean@example.org", mobile: "+32470123456" },
    availability: { week: { monday: ["morning", "afternoon", "evening"] } },
  });
  expect((await post(form, "fr")).text).toBe(first.text);
  expect(await people()).toBe(before + 1);
});

test("what is wrong is said beside its field, in plain words, and nothing that was typed is lost", async () => {
  const typed = { ...jean, nationalNumber: "12345678901", mobile: "what", email: "jean@example.org" };
  const { status, text } = await post(filled(await get("lang=nl&postcode=6000"), typed), "nl");
  expect(status).toBe(400);
  expect(text).toMatch(/id="nationalNumber-fault"[^>]*>\s*Dit nummer klopt niet/);
  expect(text).toMatch(/id="mobile-fault"/);
  expect(text).not.toContain('id="email-fault"');
  const { language, ...written } = typed;
  expect(Object.fromEntries(fieldsIn(text))).toMatchObject(written);
  expect(text).toMatch(new RegExp(`<option value="${language}" selected`));
  const none = filled(await get("lang=en&postcode=6000"), jean);
  none.delete("when");
  expect((await post(none)).text).toContain("Leave at least one time ticked");
});

test("somebody who changes what they may have sent already is asked to look at it, under a new key", async () => {
  const form = filled(await get("lang=en&postcode=6000"), {
    ...jean,
    nationalNumber: nationalNumber("1951-01-15"),
  });
  expect((await post(form)).status).toBe(201);
  form.set("givenName", "Jeanne");
  const changed = await post(form);
  expect(changed.status).toBe(400);
  expect(changed.text).toContain("You have changed something");
  const again = filled(changed.text, {});
  expect(again.get("key")).not.toBe(form.get("key"));
  expect(again.get("givenName")).toBe("Jeanne");
});

test("F01: a gateway that is asked too much keeps what was typed and says when to press again", async () => {
  const api = async (path: string, init?: RequestInit) =>
    init?.method === "POST"
      ? new Response(JSON.stringify({ code: "overloaded", retry: true }), {
          status: 503,
          headers: { "retry-after": "8" },
        })
      : scene.app.request(path, init);
  site = pages({ api });
  const form = filled(await get("lang=en&postcode=6000"), jean);
  const { status, headers, text } = await post(form);
  site = pages({ api: scene.app.request });
  expect([status, headers.get("retry-after")]).toEqual([503, "8"]);
  expect(text).toContain("press the button again in 8 seconds");
  expect(new Set(fieldsIn(text))).toEqual(new Set([...form].filter(([name]) => name !== "language")));
});

test.each(Language.options)(
  "all of it is said in %s, and no page runs a script or style of its own",
  async (lang) => {
    for (const query of ["", "&postcode=6000", "&postcode=1000"]) {
      const page = await get(`lang=${lang}${query}`);
      expect(page).toContain(`<html lang="${lang}">`);
      expect(page).not.toMatch(/undefined|<script>|<style|\sstyle=|\son\w+=/);
    }
  },
);

test("before any field it says which list and centre are theirs, who goes before whom, and that early gains nothing", async () => {
  const wallonia = await get("lang=fr&postcode=6000");
  const before = wallonia.slice(0, wallonia.indexOf("<form"));
  expect(before).toContain("Wallonie");
  expect(before).toContain("CEME, Charleroi");
  const groups = [...before.matchAll(/<li>([^<]+)<\/li>/g)].map(([, says]) => says);
  expect(groups.slice(0, 3)).toEqual([
    "65 ans et plus",
    "de 18 à 64 ans, avec une maladie qui les met à risque",
    "de 18 à 64 ans",
  ]);
  expect(before).toContain("S’inscrire tôt ne fait rien gagner");
  expect(groups).toContain("Numéro de registre national");
  const brussels = await get("lang=en&postcode=1000");
  expect(brussels).toContain("from 10 centres");
  expect(brussels).toContain("one of the two is enough");
  expect(brussels).not.toMatch(/for="(?:email|mobile)">[^<]*<small>/);
});

test("F16: a helper registers somebody in the same steps, and is the one who is written to", async () => {
  const page = await get("lang=en&postcode=1000");
  expect(page).toContain("We will write to you, and not to the person you help");
  const typed = { givenName: "Rosa", familyName: "Maes", birthDate: "3/4/1938", consent: "2021-04" };
  const helped = { for: "other", helperName: "CPAS", helperMobile: "0460 00 05 01", centres: "pacheco" };
  const form = filled(page, { ...typed, ...helped, language: "nl" });
  const { status, text } = await post(form);
  expect(status).toBe(201);
  const [, token = ""] = /href="\/my-place\?lang=en#([\w-]+)"/.exec(text) ?? [];
  expect(await (await scene.send("GET", "/v1/volunteer", { token })).json()).toMatchObject({
    birthDate: "1938-04-03",
    helper: { name: "CPAS", contact: { mobile: "+32460000501" } },
  });
  const none = filled(page, { ...typed, for: "other", centres: "pacheco", language: "nl" });
  const refused = await post(none);
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('<a href="#helperName">');
  expect(refused.text).toContain('id="helperName-fault"');
  expect(refused.text).toContain('id="helperEmail-fault"');
  expect(refused.text).not.toContain('id="email-fault"');
});
