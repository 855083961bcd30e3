import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import type { Letter } from "../../gateway/flows/letter.ts";
import { openScene, registered, type Scene } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { workerOf } from "../worker/worker.ts";

let scene: Scene;
let site: ReturnType<typeof pages>;
const letters: Letter[] = [];
beforeAll(async () => {
  scene = await openScene();
  await scene.database.sql`update bindings set platform = null`;
  await registered(scene, newVolunteer({ language: "en" }));
  await registered(scene, newVolunteer({ language: "en", serial: 998 }));
  const json = {
    id: "booster-2021",
    regions: ["wallonia"],
    startsAt: scene.clock.now(),
    name: { fr: "dose de rappel", nl: "boosterprik", de: "Auffrischung", en: "boosters" },
    policy: { consentText: "2021-11", intervalDays: 120 },
  };
  await scene.send("POST", "/v1/campaigns", { as: "operator", json });
  const notify = async (letter: Letter) => {
    letters.push(letter);
    return { at: scene.clock.now(), channel: "email" };
  };
  await workerOf(scene, { notify }).drain();
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

const links = () => letters.flatMap(({ letter }) => /\S*\/renew#\S+/.exec(letter.body)?.[0] ?? []);
const post = async (fields: Record<string, string>) => {
  const body = new URLSearchParams(fields);
  return (await site.request("/renew?lang=en", { method: "POST", body })).text();
};
const renewed = () => scene.database.sql`select id from volunteers where campaign = 'booster-2021'`;

test("F18: somebody whose browser runs no script comes along by two plain forms, and types nothing again", async () => {
  const page = await (await site.request("/renew?lang=en")).text();
  expect(page).toMatch(/<noscript>.*<form method="post" action="\/renew\?lang=en">/s);
  const text = await post({ link: links()[0] ?? "" });
  expect(text).toContain("boosters");
  expect(await renewed()).toHaveLength(0);
  const fields = Object.fromEntries(
    [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
  expect(Object.keys(fields)).toEqual(["link", "textVersion"]);
  expect(await post(fields)).toContain("you are on the list");
  expect(await renewed()).toHaveLength(1);
  expect(await post({ link: fields.link ?? "" })).toContain("you are on the list");
});

test("F18: a no leaves nothing, and a link that was guessed opens nothing", async () => {
  const link = links()[1] ?? "";
  expect(await post({ link, textVersion: "2021-11", answer: "no" })).toContain("you are not on the list");
  expect(await renewed()).toHaveLength(1);
  expect(await post({ link: "guessed" })).toContain("no longer valid");
});
