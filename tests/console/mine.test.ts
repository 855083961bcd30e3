import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { announced, invited, openScene, registered, type Scene } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";

/* Where somebody reads what is registered of them, by plain forms. */

let scene: Scene;
let token: string;
let site: ReturnType<typeof pages>;
beforeAll(async () => {
  scene = await openScene();
  token = (await registered(scene, newVolunteer({ familyName: "Dupont-Lemaire" }))).token;
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

const post = async (fields: Record<string, string>, { lang = "en", path = "/mine" } = {}) => {
  const reply = await site.request(`${path}?lang=${lang}`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
  return { reply, text: await reply.text() };
};
const mine = { birthDate: "1950-01-15" };

test("the page asks for the link and the birth date, in four languages, and needs no script", async () => {
  for (const [lang, says] of [
    ["fr", "Date de naissance"],
    ["nl", "Geboortedatum"],
    ["de", "Geburtsdatum"],
    ["en", "Date of birth"],
  ] as const) {
    const reply = await site.request(`/mine?lang=${lang}`);
    const text = await reply.text();
    expect(text).toContain(says);
    expect(text).toContain(`<form method="post" action="/mine?lang=${lang}">`);
    expect(text).toMatch(/name="link"/);
    expect(text).not.toMatch(/<script>|\sstyle=|\son\w+=/);
    expect(reply.headers.get("content-security-policy")).toContain("form-action 'self'");
    expect(reply.headers.get("cache-control")).toBe("no-store");
  }
});

test("both together show what is registered, and the link alone nothing of it", async () => {
  const link = `https://dose.example.org/#${token}`;
  const { text, reply } = await post({ link, ...mine });
  expect(text).toContain("Dupont-Lemaire");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(text).not.toContain(token);
  const wrong = await post({ link, birthDate: "1950-01-16" });
  expect(wrong.text).toContain("That is not what was registered");
  expect(wrong.text).not.toContain("Dupont-Lemaire");
  expect((await post({ link, birthDate: "soon" })).text).toContain("That is not what was registered");
});

test("the link of an invitation tells why they were asked", async () => {
  const { token: link } = await invited(scene, (await announced(scene)).id);
  expect((await post({ link, ...mine })).text).toContain("Why you?");
});

test("after too many wrong ones it asks to wait, says that an invitation can be answered, and sends a fresh link", async () => {
  const { token: link } = await invited(scene, (await announced(scene)).id).catch(() => ({ token }));
  for (let times = 0; times < 5; times += 1) await post({ link, birthDate: "1950-01-16" });
  const { text } = await post({ link, ...mine }, { lang: "nl" });
  expect(text).toMatch(/probeer over \d+ minuten opnieuw/);
  expect(text).toContain("Op een uitnodiging kunt u altijd antwoorden");
  expect(text).toContain('action="/mine/link?lang=nl"');
  for (const contact of ["p1950-01-15-997@example.org", "nobody@example.org", "0470 12 34 56"]) {
    const sent = await post({ contact }, { path: "/mine/link" });
    expect(sent.text).toContain("If somebody is registered with this address");
  }
});

test("a link that opens nothing is said to be over, and shown to nobody", async () => {
  for (const link of ["guessed", "<script>", ""]) {
    const { text } = await post({ link, ...mine });
    expect(text).toContain("This link is no longer valid");
    expect(text).not.toContain("<script>");
  }
});
