import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { consentOn } from "../../gateway/core/consent.ts";
import type { PlatformName } from "../../schema/primitives.ts";
import { openScene, registered, type Scene } from "../http/scene.ts";

let scene: Scene;
let token: string;
let site: ReturnType<typeof pages>;
beforeAll(async () => {
  scene = await openScene();
  const { volunteer, token: issued } = await registered(scene);
  token = issued;
  const onQvax = consentOn("qvax" as PlatformName);
  await scene.database.sql`update volunteers set consent_text = ${onQvax} where id = ${volunteer.id}`;
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

const post = async (fields: Record<string, string>, lang = "en") => {
  const body = new URLSearchParams(fields);
  const reply = await site.request(`/consent?lang=${lang}`, { method: "POST", body });
  return { reply, text: await reply.text() };
};
const textNow = async () =>
  (await scene.database.sql`select consent_text from volunteers where state = 'active'`)[0]?.consent_text;

test("somebody whose browser runs no script consents by two plain forms", async () => {
  const first = await (await site.request("/consent?lang=en")).text();
  expect(/<noscript>.*<form method="post" action="\/consent\?lang=en">/s.test(first)).toBe(true);
  const { reply, text } = await post({ link: `https://dose.example.org/consent#${token}` });
  expect(reply.headers.get("content-security-policy")).toContain("form-action 'self'");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(await textNow()).toBe("platform:qvax");
  const fields = Object.fromEntries(
    [...text.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  expect(fields).toEqual({ link: token, textVersion: "2021-04" });
  expect((await post(fields)).text).toContain("Noted, thank you");
  expect(await textNow()).toBe("2021-04");
  expect((await post({ link: token })).text).toContain("Noted, thank you");
});

test("a link that opens nothing is said to be over, in the reader's language, and shown to nobody", async () => {
  for (const link of ["guessed", "<script>", ""]) {
    const { text } = await post({ link }, "nl");
    expect(text).toContain("Deze link geldt niet meer");
    expect(text).not.toContain("<script>");
  }
});
