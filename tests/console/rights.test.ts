import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { messageToWrite } from "../../gateway/flows/carry.ts";
import { openScene, registered, type Scene } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";

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

test("a link of a message asks for the birth date, and what it opens lasts for the forms of the page", async () => {
  const { deps, clock } = scene;
  const { volunteer } = await registered(scene, newVolunteer({ born: "1944-04-04" }));
  clock.advance(61);
  const letter = await messageToWrite(deps, { volunteer: volunteer.id, tokens: ["letter"] });
  const link = letter?.issued.letter ?? "";
  for (const path of ["/my-data", "/my-data/download", "/my-data/correct"])
    expect((await post(path, { link }, "nl")).text).toContain('name="birthDate"');
  expect((await post("/my-data", { link, erase: "yes" })).text).toContain('name="birthDate"');
  expect((await post("/my-data", { link, birthDate: "1944-04-05" })).text).toContain(
    "not what was registered",
  );
  const { text } = await post("/my-data", { link, birthDate: "1944-04-04" });
  expect(text).toContain("What we keep");
  const session = /name="link" value="([\w-]+)"/.exec(text)?.[1] ?? "";
  expect(session).not.toBe(link);
  expect((await post("/my-data/download", { link: session })).text).toContain("everydose-person/1");
  const blank = { givenName: "Marie", familyName: "", birthDate: "", nationalNumber: " " };
  const corrected = await post("/my-data/correct", { link: session, ...blank }, "en");
  expect(corrected.text).toContain("It is corrected");
  expect(corrected.text).toContain("Marie Dupont");
  const wrong = await post("/my-data/correct", { link: session, birthDate: "1955-05-05" }, "fr");
  expect(wrong.text).toContain("Rien n’a été corrigé");
  expect(wrong.text).toContain("04/04/1944");
});
