import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createRoute, z } from "@hono/zod-openapi";
import { describe, expect, onTestFinished, test } from "vitest";
import { declaredBy } from "../../gateway/http/declared.ts";
import { json, newRouter } from "../../gateway/http/router.ts";
import { isObject } from "../../schema/primitives.ts";
import { Invitation } from "../../schema/surplus.ts";
import { announced, invited, openScene, registered } from "./scene.ts";
import { mayBeShown, type Reader, readers } from "./shown-names.ts";

/* What is answered is an allow-list: declared by the route, and each name decided on for whoever reads it. */

const file = fileURLToPath(new URL("../../schema/gateway.openapi.json", import.meta.url));
const Answered = z.looseObject({
  content: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
});
const Operation = z.looseObject({ responses: z.record(z.string(), Answered) });
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});
const document = Document.parse(JSON.parse(readFileSync(file, "utf8")));

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { responses }]) => ({
    route: `${method.toUpperCase()} ${path}`,
    schemas: Object.entries(responses)
      .filter(([status]) => status !== "default")
      .flatMap(([, { content = {} }]) => Object.entries(content))
      // A problem is the same everywhere.
      .filter(([type]) => type !== "application/problem+json")
      .map(([, { schema }]) => schema),
  })),
);

const parts = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const about = new Set(["description", "example", "examples"]);

/** Every name under which something may stand; `*`: under any name, `anything`: of any shape. */
const namesIn = (schema: unknown, within: readonly string[] = []): string[] => {
  if (!isObject(schema)) return [];
  const { $ref: reference } = schema;
  if (typeof reference === "string") {
    if (within.includes(reference)) return [];
    const named = document.components.schemas[reference.split("/").pop() ?? ""];
    return namesIn(named, [...within, reference]);
  }
  if (Object.keys(schema).every((key) => about.has(key))) return ["anything"];
  const { properties, additionalProperties: others, items, anyOf, oneOf, allOf, prefixItems } = schema;
  const own = Object.entries(isObject(properties) ? properties : {});
  return [
    ...own.flatMap(([name, part]) => [name, ...namesIn(part, within)]),
    ...(others === undefined || others === false ? [] : ["*", ...namesIn(others, within)]),
    ...[items, ...[anyOf, oneOf, allOf, prefixItems].flatMap(parts)].flatMap((part) => namesIn(part, within)),
  ];
};

describe.each(operations)("$route", ({ route, schemas }) => {
  test("answers its readers with names that they may see", () => {
    const read = readers[route] ?? [];
    expect(read, "decide in tests/http/shown-names.ts who reads this").not.toEqual([]);
    for (const reader of read) {
      const allowed: readonly string[] = mayBeShown[reader];
      const beyond = schemas.flatMap((schema) => namesIn(schema)).filter((name) => !allowed.includes(name));
      expect([...new Set(beyond)], `not for ${reader}`).toEqual([]);
    }
  });
});

test("a list holds no name that its readers are never shown", () => {
  const unused = (Object.keys(mayBeShown) as Reader[]).map((reader) => {
    const theirs = operations.filter(({ route }) => readers[route]?.includes(reader));
    const shown = new Set(theirs.flatMap(({ schemas }) => schemas.flatMap((schema) => namesIn(schema))));
    return [reader, [...new Set(mayBeShown[reader].filter((name) => !shown.has(name)))]] as const;
  });
  expect(unused.filter(([, names]) => names.length > 0)).toEqual([]);
  expect(Object.keys(readers).filter((route) => !operations.some((each) => each.route === route))).toEqual(
    [],
  );
});

test("nobody outside the centre is shown a dose's brand, a rank, a number or whether somebody else is on a list", () => {
  const outside = [
    "anybody",
    "registering",
    "volunteer",
    "linked",
    "invited",
    "renewing",
    "platform",
    "reporting",
  ] as const;
  const kept = ["vaccine", "rank", "chance", "repeatOf", "closedFor", "identity", "person", "nationalNumber"];
  for (const reader of outside) {
    const shown: readonly string[] = mayBeShown[reader];
    // The public rules say whether a region asks for the number; they hold nobody's.
    const excused: string[] = reader === "anybody" ? ["nationalNumber"] : [];
    // Whoever counts for the country counts by vaccine, and is told of nobody's dose.
    if (reader === "reporting") excused.push("vaccine");
    expect(kept.filter((name) => shown.includes(name) && !excused.includes(name))).toEqual([]);
  }
});

describe("what a flow hands on by mistake", () => {
  const Shape = z.strictObject({
    id: z.string(),
    perhaps: z.strictObject({ at: z.string() }).optional(),
    each: z.array(z.strictObject({ name: z.string() })),
    by: z.record(z.string(), z.strictObject({ count: z.number() })),
    one: z.union([z.null(), z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]),
  });
  const secret = { nationalNumber: "85073003328" };
  const value = {
    ...{ id: "1", ...secret, perhaps: { at: "noon", ...secret } },
    each: [{ name: "An", ...secret }],
    by: { centre: { count: 1, ...secret } },
    one: { b: "x", ...secret },
  };

  test("is left out, however deep it lies", () => {
    const narrowed = declaredBy(Shape)(value);
    expect(JSON.stringify(narrowed)).not.toContain(secret.nationalNumber);
    expect(Shape.parse(narrowed)).toEqual(narrowed);
  });

  test("does not stand for something simple", () => {
    const bare = z.strictObject({ id: z.string(), each: z.array(z.string()) });
    expect(declaredBy(bare)({ id: secret, each: [secret] })).toEqual({ id: undefined, each: [undefined] });
  });

  test("goes out of no route", async () => {
    const route = createRoute({ method: "get", path: "/", responses: { 200: json(Shape, "one") } });
    const app = newRouter().openapi(route, (c) => c.json(value, 200));
    const text = await (await app.request("/")).text();
    expect(JSON.parse(text)).toMatchObject({ id: "1", each: [{ name: "An" }] });
    expect(text).not.toContain(secret.nationalNumber);
  });
});

test("an invitation is answered with all that its shape names", async () => {
  const scene = await openScene();
  onTestFinished(() => scene.close());
  await registered(scene);
  const { token } = await invited(scene, (await announced(scene)).id);
  const shown = await scene.read(Invitation, "GET", "/v1/invitation", { token });
  expect(shown).toMatchObject({ state: "open", centre: { id: "charleroi" } });
});
