import { afterAll, beforeAll, expect, test } from "vitest";
import { linkAudit } from "../../gateway/flows/audit/link.ts";
import { notePlatform } from "../../gateway/flows/platforms.ts";
import { PlatformName } from "../../schema/primitives.ts";
import { announced, paired, registered } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { fieldsIn, openAgency } from "./agency-scene.ts";

/* What an authority's pages say of what is there, do, and refuse. */

let agency: Awaited<ReturnType<typeof openAgency>>;
let pair: string;
beforeAll(async () => {
  agency = await openAgency();
  const { scene } = agency;
  pair = await paired(scene);
  await registered(scene, newVolunteer({ born: "1944-04-04" }));
  await announced(scene, 3);
  const qvax = PlatformName.parse("local-list");
  for (const fault of [undefined, "unavailable", undefined]) {
    await notePlatform(scene.deps, qvax, fault);
    scene.clock.advance(1);
  }
  await linkAudit(scene.deps);
});
afterAll(() => agency.close());

const pages = [
  "/agency",
  "/agency/bindings",
  "/agency/bindings/new",
  "/agency/campaigns",
  "/agency/campaigns/new",
  "/agency/platforms",
  "/agency/platforms/local-list",
  "/agency/kept",
  "/agency/regions/wallonia/policy",
];
test.each(pages)("%s is there for an authority in four languages, and staff are led on", async (page) => {
  for (const lang of ["fr", "nl", "de", "en"]) {
    const { status, text } = await agency.get("agency", `${page}?lang=${lang}`);
    expect(status, lang).toBe(200);
    expect(text).toContain(`<html lang="${lang}">`);
    expect(text).not.toMatch(/undefined|\[object|NaN/);
    expect(text).not.toContain(" style=");
  }
  const { status, text } = await agency.get("staff", page);
  expect(status).toBe(403);
  expect(text).toContain("This page is not for your role");
});

test("the overview says what waits, and how many doses there are today", async () => {
  const { text } = await agency.get("agency", "/agency");
  expect(text).toContain("One pair of registrations: one person, or two?");
  expect(text).toMatch(/Wallonia.*?<td class="number">3<\/td>/s);
  expect(text).not.toContain("Flanders");
  expect((await agency.get("operator", "/agency")).text).toContain("Flanders");
});

test("a platform shows how it has been, in words as well as in colours", async () => {
  const { text } = await agency.get("agency", "/agency/platforms/local-list");
  expect(text).toContain("some failed, 3 calls, 1 failed");
  expect(text).toContain("not reachable");
  expect(text).toMatch(/Works.*Fails.*Works/s);
  expect((await agency.get("agency", "/agency/platforms/none")).status).toBe(404);
  const read = await agency.post("agency", "/agency/platforms/local-list", { do: "read" });
  expect(read.to).toContain("done=read");
});

test("a change of platform is rehearsed, ordered, and taken back", async () => {
  const typed = fieldsIn((await agency.get("agency", "/agency/bindings/new?place=wallonia/namur")).text);
  typed.set("platform", "local-list");
  typed.set("which", "some");
  typed.set("do", "rehearse");
  const none = await agency.post("agency", "/agency/bindings/new", typed);
  expect([none.status, none.text.includes("Choose at least one task")]).toEqual([422, true]);
  typed.append("role", "roster");
  const rehearsed = await agency.post("agency", "/agency/bindings/new", typed);
  expect(rehearsed.text).toContain("What it would do");
  expect(rehearsed.text).toContain("People’s list");
  const order = fieldsIn(rehearsed.text);
  order.set("do", "order");
  const { to } = await agency.post("agency", "/agency/bindings/new", order);
  expect(to).toMatch(/^\/agency\/bindings\/[\da-f-]{36}\?done=ordered$/);
  const change = to.split("?")[0] ?? "";
  expect((await agency.get("agency", change)).text).toContain("Take it back");
  expect((await agency.get("flanders", change)).status).not.toBe(200);
  expect((await agency.post("agency", change, { do: "take-back" })).to).toContain("done=takenBack");
  expect((await agency.get("agency", change)).text).toContain("taken back");
  expect((await agency.post("agency", change, { do: "halt" })).to).toContain("failed=binding_over");
});

test("a campaign says beside each field what it lacks, is rehearsed, and begun", async () => {
  const typed = fieldsIn((await agency.get("agency", "/agency/campaigns/new")).text);
  typed.set("do", "rehearse");
  const lacking = await agency.post("agency", "/agency/campaigns/new", typed);
  expect(lacking.status).toBe(422);
  for (const lang of ["fr", "nl", "de", "en"]) typed.set(`name.${lang}`, "booster");
  typed.set("id", "booster-2021");
  typed.set("consentText", "2021-11");
  const rehearsed = await agency.post("agency", "/agency/campaigns/new", typed);
  expect(rehearsed.text).toContain("What it would come to");
  const order = fieldsIn(rehearsed.text);
  order.set("do", "order");
  const { to } = await agency.post("agency", "/agency/campaigns/new", order);
  expect(to).toBe("/agency/campaigns/booster-2021?done=begun");
  expect((await agency.get("agency", to)).text).toContain("The campaign is ordered.");
});

test("a pair is shown side by side, decided, and undone", async () => {
  const { text } = await agency.get("agency", `/agency/pairs/${pair}`);
  expect(text).toContain("Dupont");
  expect(text).toContain("would stay");
  expect(text).toMatch(/<tr class="same">.*Family name/s);
  expect((await agency.get("agency", "/agency/pairs/next")).to).toBe(`/agency/pairs/${pair}`);
  const merged = await agency.post("agency", `/agency/pairs/${pair}`, { do: "merge" });
  expect(merged.to).toContain("/agency/pairs?done=merged");
  const undone = await agency.post("agency", `/agency/pairs/${pair}`, { do: "undo" });
  expect(undone.to).toContain("done=parted");
  expect((await agency.post("agency", `/agency/pairs/${pair}`, { do: "merge" })).to).toContain(
    "failed=pair_decided",
  );
});

test("only an auditor searches the audit, and nobody is named there", async () => {
  const refused = await agency.get("agency", "/agency/audit");
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("read only by auditors");
  const { text } = await agency.get("auditor", "/agency/audit?region=wallonia");
  expect(text).toContain("Doses were announced");
  expect(text).toContain("The chain is signed up to line");
  expect(text).not.toContain("Dupont");
  const wrong = await agency.get("auditor", "/agency/audit?region=wallonia&subject=Dupont");
  expect([wrong.status, wrong.text.includes("Copy a whole reference")]).toEqual([422, true]);
  expect((await agency.get("auditor", "/agency")).status).toBe(403);
});
