import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { allFields } from "../../gateway/console/agency/policy-fields.ts";
import { formOf, rulesIn } from "../../gateway/console/agency/policy-reading.ts";
import { Policy, PolicyRules } from "../../schema/region.ts";
import { registered } from "../http/scene.ts";
import { newVolunteer } from "../support/gateway.ts";
import { fieldsIn, openAgency } from "./agency-scene.ts";

let agency: Awaited<ReturnType<typeof openAgency>>;
beforeAll(async () => {
  agency = await openAgency();
  for (const born of ["1940-01-01", "1950-01-01", "1960-01-01", "1970-01-01"] as const)
    await registered(agency.scene, newVolunteer({ born }));
});
afterAll(() => agency.close());

const next = "/agency/regions/wallonia/policy/next";
const form = async () => fieldsIn((await agency.get("agency", next)).text);
const inForce = () => agency.scene.read(Policy, "GET", "/v1/regions/wallonia/policy");

type Bounds = {
  $ref?: string;
  allOf?: Bounds[];
  $defs?: Record<string, Bounds>;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Bounds>;
};
const schema = z.toJSONSchema(PolicyRules, { io: "input", unrepresentable: "any" }) as Bounds;
const meant = (shape: Bounds): Bounds => {
  const [name = ""] = [shape.$ref ?? shape.allOf?.[0]?.$ref ?? ""].map((each) =>
    each.replace("#/$defs/", ""),
  );
  return schema.$defs?.[name] ?? shape;
};
const leaves = (given: Bounds, way: string[] = []): [string, Bounds][] => {
  const shape = meant(given);
  return shape.properties
    ? Object.entries(shape.properties).flatMap(([name, each]) => leaves(each, [...way, name]))
    : [[way.join("."), shape]];
};

describe("the form", () => {
  const known = new Map(leaves(schema));

  test("has every field that the schema has, and no other", () => {
    const own = new Set([...allFields.map(({ name }) => name), "campaign", "order"]);
    expect([...known.keys()].filter((name) => !own.has(name) && !name.startsWith("vaccineFromAge"))).toEqual(
      [],
    );
    expect([...own].filter((name) => !known.has(name) && !name.startsWith("vaccineFromAge"))).toEqual([]);
  });

  test("bounds each number as the schema does", () => {
    for (const field of allFields)
      if (field.kind === "number" && !field.name.startsWith("vaccineFromAge")) {
        const { minimum, maximum } = known.get(field.name) ?? {};
        expect([field.least, field.most], field.name).toEqual([minimum, maximum]);
      }
  });

  test("gives the rules back that it was made of", async () => {
    for (const region of ["wallonia", "flanders", "brussels", "german-speaking"]) {
      const { rules } = await agency.scene.read(Policy, "GET", `/v1/regions/${region}/policy`);
      const read = rulesIn(formOf(rules), rules);
      expect(read.faults.size).toBe(0);
      expect(PolicyRules.parse(read.rules)).toEqual(rules);
    }
  });
});

test("the version in force and its history are read, by fields and not as JSON", async () => {
  const { status, text } = await agency.get("agency", "/agency/regions/wallonia/policy?lang=fr");
  expect(status).toBe(200);
  expect(text).toContain("La version 1 est en vigueur depuis");
  expect(text).toContain("Temps pour répondre");
  expect(text).not.toContain("windowMinutes");
});

test("a number out of bounds is said beside its field, and what was typed elsewhere stays", async () => {
  const typed = await form();
  typed.set("windowMinutes", "3");
  typed.set("consentText", "my new text");
  typed.set("do", "try");
  const { status, text } = await agency.post("agency", next, typed);
  expect(status).toBe(422);
  expect(text).toContain('id="f-windowMinutes-fault"');
  expect(text).toContain("Write a whole number from 5 to 240.");
  expect(text).toContain('value="my new text"');
  expect(text).not.toContain('value="enact"');
});

test("groups change places without a script, and nothing typed is lost", async () => {
  const typed = await form();
  const first = typed.get("order.0.name") ?? "";
  typed.set("windowMinutes", "42");
  typed.set("do", "add");
  const added = fieldsIn((await agency.post("agency", next, typed)).text);
  const last = Number(added.get("groups")) - 1;
  expect(last).toBe(Number(typed.get("groups")));
  added.set(`order.${last}.name`, "new ones");
  added.set("do", `up-${last}`);
  const moved = fieldsIn((await agency.post("agency", next, added)).text);
  expect(moved.get(`order.${last - 1}.name`)).toBe("new ones");
  expect(moved.get("windowMinutes")).toBe("42");
  moved.set("do", `remove-${last - 1}`);
  const removed = fieldsIn((await agency.post("agency", next, moved)).text);
  expect(removed.get("order.0.name")).toBe(first);
  expect(removed.get("groups")).toBe(typed.get("groups"));
});

test("nothing is offered before it was tried; then the difference is said in words, and it is put in force", async () => {
  const typed = await form();
  typed.set("do", "try");
  expect((await agency.post("agency", next, typed)).text).toContain(
    "Nothing differs from the version in force.",
  );
  typed.set("windowMinutes", "45");
  typed.set("do", "enact");
  const early = await agency.post("agency", next, typed);
  expect(early.text).toContain("changed since it was tried");
  expect((await inForce()).version).toBe(1);
  typed.set("do", "try");
  const tried = await agency.post("agency", next, typed);
  expect(tried.text).toMatch(/<dt>Time to answer<\/dt>.*30 minutes.*45 minutes/s);
  expect(tried.text).toContain("Who would be called now");
  expect(tried.text).not.toContain("Dupont");
  const whole = fieldsIn(tried.text);
  whole.set("dosesAtMost", "7");
  whole.set("do", "enact");
  expect((await agency.post("agency", next, whole)).text).toContain("changed since it was tried");
  const agreed = fieldsIn(tried.text);
  agreed.set("do", "enact");
  const put = await agency.post("agency", next, agreed);
  expect([put.status, put.to]).toEqual([
    303,
    "/agency/regions/wallonia/policy?done=enacted&campaign=covid-2021",
  ]);
  expect(await inForce()).toMatchObject({ version: 2, rules: { windowMinutes: 45 } });
  // The same form once more, as a second click sends it.
  await agency.post("agency", next, agreed);
  expect((await inForce()).version).toBe(2);
  const { text } = await agency.get("agency", "/agency/regions/wallonia/policy?done=enacted");
  expect(text).toContain("The new rules are in force.");
  expect(text).toContain("What it changed from version 1");
});

test("rules for later wait until then", async () => {
  const typed = await form();
  typed.set("windowMinutes", "60");
  typed.set("do", "try");
  const tried = fieldsIn((await agency.post("agency", next, typed)).text);
  tried.set("from", "2021-04-17T10:00");
  tried.set("do", "enact");
  expect((await agency.post("agency", next, tried)).to).toContain("done=planned");
  expect((await inForce()).rules.windowMinutes).toBe(45);
  expect((await agency.get("agency", "/agency/regions/wallonia/policy")).text).toContain(
    "from a later moment",
  );
  agency.scene.clock.advance(24 * 60);
  expect((await inForce()).rules.windowMinutes).toBe(60);
  agency.scene.clock.advance(-24 * 60);
});

test("another region's rules are not there, and staff are told whose they are", async () => {
  expect((await agency.get("flanders", next)).status).toBe(404);
  const staff = await agency.get("staff", next);
  expect(staff.status).toBe(403);
  expect(staff.text).toContain("This page is not for your role");
  expect(staff.text).toContain("staff of a centre");
});
