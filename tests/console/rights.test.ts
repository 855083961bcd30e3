import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { openScene, registered, type Scene } from "../http/scene.ts";

/* Seeing, taking along and erasing what is held of oneself, by plain forms alone. */

let scene: Scene;
let site: ReturnType<typeof pages>;
let token: string;
beforeAll(async () => {
  scene = await openScene();
  ({ token } = await registered(scene));
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

const post = async (path: string, fields: Record<string, string>, lang = "en") => {
  const body = new URLSearchParams(fields);
  const reply = await site.request(`${path}?lang=${lang}`, { method: "POST", body });
  return { reply, text: await reply.text() };
};

test.each([
  ["fr", "Ce que nous gardons", "Nom"],
  ["nl", "Wat wij bewaren", "Naam"],
  ["de", "Was wir aufbewahren", "Name"],
  ["en", "What we keep", "Name"],
])("what is held is read in %s", async (lang, heading, name) => {
  const first = await (await site.request(`/my-data?lang=${lang}`)).text();
  expect(first).toContain(`<form method="post" action="/my-data?lang=${lang}"`);
  const { reply, text } = await post("/my-data", { link: `https://dose.example.org/#${token}` }, lang);
  expect(text).toContain(heading);
  expect(text).toContain(`<dt>${name}</dt>`);
  expect(text).toContain("Dupont");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(reply.headers.get("content-security-policy")).not.toContain("unsafe");
});

test("it is taken along as a file", async () => {
  const { reply, text } = await post("/my-data/download", { link: token });
  expect(reply.headers.get("content-disposition")).toContain("attachment");
  expect(JSON.parse(text)).toMatchObject({ format: "everydose-person/1" });
});

test("a link that opens nothing is said to be over and shown to nobody", async () => {
  for (const link of ["guessed-but-long-enough", "<script>", ""]) {
    const { text } = await post("/my-data", { link }, "nl");
    expect(text).toContain("Deze link geldt niet meer");
    expect(text).not.toContain("<script>");
  }
});

test("erasing asks once more, and its link shows who has confirmed", async () => {
  expect((await post("/my-data", { link: token, erase: "ask" })).text).toContain("Yes, erase everything");
  expect((await post("/my-data", { link: token })).text).toContain("Dupont");
  const { text } = await post("/my-data", { link: token, erase: "yes" });
  expect(text).toContain("not confirmed yet");
  const receipt = /\/erasure#([\w-]+)/.exec(text)?.[1] ?? "";
  expect((await post("/my-data", { link: token })).text).toContain("no longer valid");
  const account = await post("/erasure", { link: receipt }, "fr");
  expect(account.text).toContain("Qui a confirmé");
  expect(account.text).not.toContain("Dupont");
});
