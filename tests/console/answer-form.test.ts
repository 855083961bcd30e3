import { afterAll, beforeAll, expect, test } from "vitest";
import { pages } from "../../gateway/console/pages.tsx";
import { viewOf } from "../../gateway/console/volunteers/answer-view.ts";
import { calendarOf } from "../../gateway/console/volunteers/calendar.ts";
import { settle } from "../../gateway/flows/settle.ts";
import { Language } from "../../schema/primitives.ts";
import { Invitation, InvitationState } from "../../schema/surplus.ts";
import { ruled } from "../flows/scene.ts";
import { announced, invited, openScene, registered, type Scene } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";

/* An invitation by plain forms, where no script runs: every state of it, what it says first, and what can be done. */

let scene: Scene;
let site: ReturnType<typeof pages>;
beforeAll(async () => {
  scene = await openScene();
  await ruled(scene, { standby: false });
  site = pages({ api: scene.app.request });
});
afterAll(() => scene.close());

let nth = 0;
/** Somebody new, older than all before, with a dose held for them. */
const asked = async () => {
  nth += 1;
  await registered(scene, newVolunteer({ born: `19${40 - nth}-03-03` }));
  const surplus = await announced(scene);
  return { surplus, ...(await invited(scene, surplus.id)) };
};
const post = async (fields: Record<string, string>, { lang = "en", path = "/answer" } = {}) => {
  const to = `${path}${lang && `?lang=${lang}`}`;
  const reply = await site.request(to, { method: "POST", body: new URLSearchParams(fields) });
  return { reply, text: await reply.text() };
};
const firstLine = (text: string) => /<p class="verdict \w+">([^<]+)/.exec(text)?.[1];
const heading = (text: string) => /<h1>([^<]+)/.exec(text)?.[1];

test("the page without a script asks for the link, and then says in the first line whether they are expected", async () => {
  const page = await (await site.request("/answer?lang=en")).text();
  expect(page).toMatch(/<noscript><form method="post" action="\/answer\?lang=en">/);
  const { token } = await asked();
  const { text, reply } = await post({ link: `https://dose.example.org/answer#${token}` });
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(firstLine(text)).toBe("You are not expected yet");
  expect(heading(text)).toBe("A dose is held for you");
  expect(text).toContain("CEME");
  expect(text).toContain("17:00");
  expect(text).toContain("Look again");
  expect(text).not.toMatch(/undefined|hidden=""|<script|\/answer\.js/);
  expect((await scene.read(Invitation, "GET", "/v1/invitation", { token })).state).toBe("open");
});

test("a page without a chosen language speaks that of whoever was invited; another carries the link in a body", async () => {
  const { token } = await asked();
  expect((await post({ link: token }, { lang: "" })).text).toContain('<html lang="fr">');
  for (const lang of Language.options) {
    const { text } = await post({ link: token }, { lang });
    expect(text).toContain(`<html lang="${lang}">`);
    expect(text).not.toMatch(new RegExp(`(?:href|action)="[^"]*${token}`));
  }
});

test("a yes is one tap, and whoever is expected has the way, a calendar's entry, and can let go of the dose", async () => {
  const { token } = await asked();
  const { text } = await post({ link: token, answer: "accept" });
  expect(firstLine(text)).toBe("You are expected");
  expect(text).toContain("https://www.openstreetmap.org/?mlat=50.4157&amp;mlon=4.4492");
  const { reply, text: calendar } = await post({ link: token }, { path: "/answer/calendar", lang: "fr" });
  expect(reply.headers.get("content-type")).toContain("text/calendar");
  expect(reply.headers.get("content-disposition")).toContain("everydose.ics");
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n/);
  expect(calendar).toMatch(/DTSTART:20210416T\d{6}Z/);
  expect(calendar).toContain("LOCATION:CEME\\, 6000 Charleroi");
  expect(calendar).not.toMatch(/pfizer|vaccin/i);
  expect(calendar).not.toContain(token);
  const { text: gone } = await post({ link: token, answer: "cancel" });
  expect(firstLine(gone)).toBe("You are not expected");
  expect(heading(gone)).toBe("Your appointment is cancelled");
  const none = await post({ link: token }, { path: "/answer/calendar" });
  expect(none.reply.headers.get("content-type")).toContain("text/html");
});

test("after a no it says what that means, and what was answered stays answered", async () => {
  const { token } = await asked();
  const { text } = await post({ link: token, answer: "decline" });
  expect(firstLine(text)).toBe("You are not expected");
  expect(text).toContain("You stay on the list");
  const late = await post({ link: token, answer: "accept" });
  expect(heading(late.text)).toBe("You said no");
});

test("F06: after silence it says until when they are not called, and one tap brings them back", async () => {
  await ruled(scene, { silencePausesDays: 7 });
  const { token, surplus } = await asked();
  scene.clock.advance(31);
  await settle(scene.deps, surplus.id);
  await scene.database
    .sql`update queue set not_before = ${new Date(Date.now() + 86_400_000).toISOString()}::timestamptz
    where not_before is not null`;
  const { text } = await post({ link: token });
  expect(heading(text)).toBe("The time to answer is over");
  expect(text).toContain("we will not call you before");
  const back = await post({ link: token, answer: "resume" });
  expect(heading(back.text)).toBe("Noted: you are back");
  expect((await post({ link: token })).text).not.toContain("we will not call you before");
  await ruled(scene, { silencePausesDays: 0 });
});

test("after the dose there is a heading and a way on", async () => {
  const { token, id } = await asked();
  await post({ link: token, answer: "accept" });
  const { sql } = scene.database;
  for (const [state, says] of [
    ["attended", "Your dose is recorded"],
    ["no-show", "This appointment is over"],
    ["refused", "Your appointment could not be made"],
  ] as const) {
    await sql`update bookings set state = ${state}, settled_at = ${scene.clock.now()} where invitation = ${id}`;
    const { text } = await post({ link: token });
    expect(heading(text)).toBe(says);
    expect(text).toContain('action="/my-place?lang=en"');
  }
});

test("a link that opens nothing is said not to be valid, and can be pasted again", async () => {
  for (const link of ["guessed-but-long-enough", "<script>", ""]) {
    const { text } = await post({ link }, { lang: "nl" });
    expect(text).toContain("Deze link is niet geldig");
    expect(text).toContain('name="link"');
    expect(text).not.toContain("<script>");
  }
});

test("a gateway that is away is said to be, with a button to look again", async () => {
  const away = pages({ api: () => new Response("{}", { status: 503 }) });
  const body = new URLSearchParams({ link: "a-token-long-enough" });
  const text = await (await away.request("/answer?lang=en", { method: "POST", body })).text();
  expect(text).toContain("Something went wrong on our side");
  expect(text).toContain("Look again");
});

test("every state of an invitation has a view with a heading of its own in words", () => {
  const facts = { kind: "hold", knownBy: "2021-04-16T16:00:00.000Z" } as Invitation;
  const now = Date.parse("2021-04-16T15:00:00Z");
  for (const state of InvitationState.options) expect(viewOf({ ...facts, state }, { now })).toBeTruthy();
  const silent = { ...facts, state: "lapsed" } as Invitation;
  const pausedUntil = "2021-04-20T10:00:00.000Z" as Invitation["pausedUntil"];
  expect(viewOf(silent, { now })).toBe("late");
  expect(viewOf(silent, { now, isRefused: true })).toBe("lapsed");
  expect(viewOf({ ...silent, pausedUntil }, { now: now + 7_200_000 })).toBe("paused");
});

test("an answer that is none, though every object has something by that name, is no answer", async () => {
  const { token } = await asked();
  for (const answer of ["constructor", "toString", "__proto__", "hasOwnProperty", "accept2", ""]) {
    const { reply, text } = await post({ link: token, answer });
    expect(reply.status, answer).toBe(200);
    expect(firstLine(text), answer).toBe("You are not expected yet");
  }
});

test("the name of a centre adds no field to a calendar's entry, whatever ends its lines", async () => {
  const { token } = await asked();
  await post({ link: token, answer: "accept" });
  const invitation = await scene.read(Invitation, "GET", "/v1/invitation", { token });
  for (const end of ["\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\0"]) {
    const centre = { ...invitation.centre, name: `Hall${end}ATTENDEE:mailto:x@example.org` };
    const calendar = (await calendarOf({ ...invitation, centre })) ?? "";
    expect(calendar.replaceAll(/\r\n[ \t]/g, "").split(/[\r\n\u2028\u2029\u0085\0]+/)).not.toContainEqual(
      expect.stringMatching(/^ATTENDEE/),
    );
    expect(calendar).toContain("SUMMARY");
  }
});
