import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { answer } from "../../gateway/flows/answer.ts";
import { messageToWrite } from "../../gateway/flows/carry.ts";
import { settle } from "../../gateway/flows/settle.ts";
import * as invitations from "../../gateway/store/invitations.ts";
import { Language } from "../../schema/primitives.ts";
import { Volunteer } from "../../schema/volunteer.ts";
import { ruled } from "../flows/scene.ts";
import { announced, invited, openScene, registered, type Scene } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";

/* One's own place by plain forms: how it stands, the week, the rest, a pause, the way out, and what happened so far. */

let scene: Scene;
let site: ReturnType<typeof pages>;
/** Of whoever has just registered, which shows all. */
let own: string;
/** Of a letter, which alone shows nothing personal. */
let letter: string;
const born = "1950-01-15";

const linkOf = async (volunteer: Volunteer["id"]) =>
  (await messageToWrite(scene.deps, { volunteer, tokens: ["letter"] }))?.issued.letter ?? "";

beforeAll(async () => {
  scene = await openScene();
  const { token, volunteer } = await registered(scene, newVolunteer({ familyName: "Dupont-Lemaire" }));
  own = token;
  letter = await linkOf(volunteer.id);
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

const post = async (path: string, fields: Record<string, string> | [string, string][], lang = "en") => {
  const body = new URLSearchParams(fields);
  const reply = await site.request(`/my-place${path}${lang && `?lang=${lang}`}`, { method: "POST", body });
  return { reply, text: await reply.text() };
};
const mine = async (token = own) => scene.read(Volunteer, "GET", "/v1/volunteer", { token });
const sessionIn = (text: string) => /name="session" value="([\w-]+)"/.exec(text)?.[1] ?? "";

test("the page asks for the link, in four languages, and needs no script", async () => {
  for (const lang of Language.options) {
    const reply = await site.request(`/my-place?lang=${lang}`);
    const text = await reply.text();
    expect(text).toContain(`<form method="post" action="/my-place?lang=${lang}"`);
    expect(text).not.toMatch(/undefined|<script>|\sstyle=|\son\w+=/);
    expect(reply.headers.get("content-security-policy")).toContain("form-action 'self'");
  }
});

test("the link of a letter shows how it stands and nothing personal; the birth date beside it shows the rest", async () => {
  const alone = await post("", { link: `https://dose.example.org/my-place#${letter}` });
  expect(alone.reply.headers.get("cache-control")).toBe("no-store");
  expect(alone.text).toContain("You are registered");
  expect(alone.text).toContain('action="/my-place/pause?lang=en"');
  expect(alone.text).not.toContain("Dupont-Lemaire");
  const wrong = await post("/open", { link: letter, birthDate: "16/1/1950" });
  expect(wrong.text).toContain("That is not what was registered");
  expect(wrong.text).toContain('value="16/1/1950"');
  for (const birthDate of [born, "15/1/1950", "15011950", "15.01.1950"]) {
    const { text } = await post("/open", { link: letter, birthDate });
    expect(text).toContain("Dupont-Lemaire");
    expect(sessionIn(text)).not.toBe("");
  }
});

test("a page without a chosen language speaks that of whoever is registered", async () => {
  const { text } = await post("", { link: letter }, "");
  expect(text).toContain('<html lang="fr">');
  expect((await post("", { link: letter }, "de")).text).toContain('<html lang="de">');
});

test("another language carries the link along in a body, and no address names it", async () => {
  const { text } = await post("", { link: letter });
  const forms = [...text.matchAll(/<form method="post" action="(\/my-place\?lang=\w\w)" data-language/g)];
  expect(forms.map(([, to]) => to)).toEqual(["fr", "nl", "de", "en"].map((l) => `/my-place?lang=${l}`));
  expect(text).not.toMatch(new RegExp(`(?:href|action)="[^"]*${letter}`));
});

test("the week is changed, and single days and all else stay", async () => {
  const before = await mine();
  const fields: [string, string][] = [
    ["link", own],
    ["what", "week"],
    ["when", "monday.morning"],
    ["when", "friday.evening"],
  ];
  expect((await post("/change", fields)).text).toContain("It is saved");
  const { availability, ...rest } = await mine();
  expect(availability.week).toMatchObject({ monday: ["morning"], tuesday: [], friday: ["evening"] });
  expect(rest).toEqual((({ availability: _, ...others }) => others)(before));
  const none = await post("/change", { link: own, what: "week" });
  expect(none.text).toContain('id="when-fault"');
  expect((await mine()).availability).toEqual(availability);
});

test("how they are reached is changed; what is wrong is said beside it and stays as typed", async () => {
  const rest = { link: own, what: "rest", postcode: "6000", language: "nl" };
  const wrong = await post("/change", { ...rest, email: "nobody@", mobile: "0470 12 34 56" });
  expect(wrong.text).toContain('id="email-fault"');
  expect(wrong.text).toContain('value="nobody@"');
  expect(wrong.text).toContain("Nothing has been changed yet");
  const right = await post("/change", { ...rest, email: "jean@example.org", mobile: "0470 12 34 57" });
  expect(right.text).toContain("It is saved");
  expect(await mine()).toMatchObject({
    contact: { email: "jean@example.org", mobile: "+32470123457" },
    language: "nl",
  });
});

test("a pause and the way back are one tap each, by the link alone", async () => {
  const paused = await post("/pause", { link: letter });
  expect(paused.text).toContain("we will not call you until you come back");
  expect(paused.text).toContain('action="/my-place/resume?lang=en"');
  expect((await mine()).state).toBe("paused");
  expect((await post("/resume", { link: letter })).text).toContain("Noted: you are back");
  expect((await mine()).state).toBe("active");
});

test("F06: whoever did not answer, where the region pauses them, reads until when and is back with one tap", async () => {
  const { deps, clock } = scene;
  await ruled(scene, { silencePausesDays: 7, standby: false });
  const surplus = await announced(scene);
  const { id } = await invited(scene, surplus.id);
  clock.advance(31);
  await settle(deps, surplus.id);
  const silent = await invitations.byId(deps.db, id);
  const link = silent ? await linkOf(silent.volunteer) : "";
  const paused = await post("", { link });
  expect(paused.text).toContain("We are not calling you at the moment");
  expect(paused.text).toContain("Friday 23 April");
  const back = await post("/resume", { link });
  expect(back.text).toContain("Noted: you are back");
  expect(back.text).not.toContain("We are not calling you at the moment");
  await ruled(scene, { silencePausesDays: 0 });
});

test("what happened so far is told in words: letters, invitations and their answers", async () => {
  const { token, volunteer } = await registered(scene, newVolunteer({ born: "1931-03-03" }));
  const asked = await invited(scene, (await announced(scene)).id);
  const first = await post("", { link: token });
  expect(first.text).toContain("You registered.");
  const link = await linkOf(volunteer.id);
  const seen = await post("/open", { link, birthDate: "03/03/1931" }, "fr");
  expect(seen.text).toContain("Vous vous êtes inscrit(e).");
  await answer(scene.deps, asked.token, "no");
  const after = await post("", { link, session: sessionIn(seen.text) }, "fr");
  expect(after.text).toContain("CEME");
  expect(after.text).toContain("Vous avez dit non");
});

test("leaving asks once more; then the link opens nothing", async () => {
  const { token } = await registered(scene, newVolunteer({ born: "1932-03-03" }));
  const sure = await post("/leave", { link: token });
  expect(sure.text).toContain("Leave the list?");
  expect((await mine(token)).state).toBe("active");
  expect((await post("/leave", { link: token, sure: "yes" })).text).toContain("You have left the list");
  expect((await post("", { link: token })).text).toContain("This link is no longer valid");
});

test("a link that opens nothing is said to be over, shown to nobody, and a fresh one can be asked for", async () => {
  for (const link of ["guessed-but-long-enough", "<script>", ""])
    for (const path of ["", "/pause", "/open", "/change", "/leave"]) {
      const { text } = await post(path, { link, sure: "yes" }, "nl");
      expect(text).toContain("Deze link geldt niet meer");
      expect(text).not.toContain("<script>");
    }
  for (const contact of ["jean@example.org", "nobody@example.org", "0470 12 34 56"])
    expect((await post("/link", { contact })).text).toContain("If somebody is registered with this address");
});

test("a gateway that does not answer is said to be away, and nothing is lost", async () => {
  const away = pages({ api: () => new Response("{}", { status: 503 }) });
  const body = new URLSearchParams({ link: letter });
  const text = await (await away.request("/my-place?lang=en", { method: "POST", body })).text();
  expect(text).toContain("Try again");
  expect(text).toContain("<h1>");
});

test("no form that another site had somebody send is taken", async () => {
  const headers = { "sec-fetch-site": "cross-site", "content-type": "application/x-www-form-urlencoded" };
  for (const path of ["", "/pause", "/leave", "/change", "/open", "/link"]) {
    const reply = await site.request(`/my-place${path}`, { method: "POST", headers, body: `link=${letter}` });
    expect(reply.status).toBe(403);
  }
});
