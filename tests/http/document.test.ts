import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import SwaggerParser from "@apidevtools/swagger-parser";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PlatformName } from "../../schema/primitives.ts";
import { newVolunteer } from "../support/gateway.ts";

const file = fileURLToPath(new URL("../../schema/gateway.openapi.json", import.meta.url));
const Document = z.looseObject({ components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }) });
type Document = z.infer<typeof Document>;
const published = Document.parse(JSON.parse(readFileSync(file, "utf8")));

const accepts = ({ components }: Document, schema: unknown, value: unknown): boolean => {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);
  return ajv.compile({ components, allOf: [schema] })(value);
};

const All = z.looseObject({ allOf: z.array(z.looseObject({ type: z.unknown().optional() })) });

/** Schemas that speak of null and yet refuse it: each of their parts must hold, and another part is no null. */
const refusingNull = (document: Document, node: unknown = document): unknown[] => {
  if (typeof node !== "object" || node === null) return [];
  const { data } = All.safeParse(node);
  const speaksOfNull = data?.allOf.some(({ type }) => [type].flat().includes("null"));
  const own = speaksOfNull && !accepts(document, data, null) ? [node] : [];
  return [...own, ...Object.values(node).flatMap((each) => refusingNull(document, each))];
};

it("publishes a document that is OpenAPI, and in which every reference leads somewhere", async () => {
  const { paths } = await SwaggerParser.validate(file);
  expect(Object.keys(paths ?? {})).toContain("/v1/surpluses");
});

const patternsIn = (node: unknown): string[] =>
  typeof node !== "object" || node === null
    ? []
    : Object.entries(node).flatMap(([name, part]) =>
        name === "pattern" && typeof part === "string" ? [part] : patternsIn(part),
      );

it("wrote the flags of an expression into its pattern: each matches as JSON Schema reads it", () => {
  const patterns = [...new Set(patternsIn(published))];
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) {
    expect(() => new RegExp(pattern, "u")).not.toThrow();
    expect(pattern, "flags, or the slash before them").not.toMatch(/\/[a-z]*$/);
  }
  const named = { ...newVolunteer(), givenName: "Zoë", familyName: "D’Hondt-Müller" };
  const { NewVolunteer } = published.components.schemas;
  expect(accepts(published, NewVolunteer, named)).toBe(true);
  expect(accepts(published, NewVolunteer, { ...named, givenName: "<b>" })).toBe(false);
});

describe("what may be null in the document", () => {
  it("is taken as null", () => {
    expect(refusingNull(published)).toEqual([]);
    const row = { platform: null, ageBand: null, announced: 3, used: 2, lost: 1 };
    const named = { ...row, platform: "qvax", ageBand: "85+" };
    const { ReportRow } = published.components.schemas;
    expect([row, named].map((each) => accepts(published, ReportRow, each))).toEqual([true, true]);
    expect(accepts(published, ReportRow, { ...row, ageBand: "12" })).toBe(false);
  });

  it("would be seen where a named shape is only called nullable", () => {
    const app = new OpenAPIHono();
    const schema = z.strictObject({ one: PlatformName, perhaps: PlatformName.nullable() });
    const responses = { 200: { description: "two names", content: { "application/json": { schema } } } };
    app.openAPIRegistry.registerPath(createRoute({ method: "get", path: "/", responses }));
    const info = { title: "sample", version: "1" };
    const sample = Document.parse(app.getOpenAPI31Document({ openapi: "3.1.0", info }));
    expect(refusingNull(sample)).toHaveLength(1);
  });
});
