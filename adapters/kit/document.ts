import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { isObject } from "../../schema/primitives.ts";

const Schema = z.union([z.boolean(), z.record(z.string(), z.unknown())]);
const Content = z.record(z.string(), z.looseObject({ schema: Schema.optional() }));
const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["path", "query", "header", "cookie"]),
  required: z.boolean().default(false),
  schema: Schema.default(true),
});
const Response = z.looseObject({
  headers: z
    .record(z.string(), z.looseObject({ required: z.boolean().default(false), schema: Schema.default(true) }))
    .default({}),
  content: Content.optional(),
});
const Security = z.array(z.record(z.string(), z.array(z.string())));
const Operation = z.looseObject({
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({ required: z.boolean().default(false), content: Content }).optional(),
  responses: z.record(z.string(), Response),
  security: Security.optional(),
});
const methods = ["get", "post", "put", "patch", "delete"] as const;
const Path = z.looseObject({
  parameters: z.array(Parameter).default([]),
  ...(Object.fromEntries(methods.map((method) => [method, Operation.optional()])) as Record<
    (typeof methods)[number],
    z.ZodOptional<typeof Operation>
  >),
});
const SecurityScheme = z.looseObject({
  type: z.string(),
  scheme: z.string().optional(),
  in: z.string().optional(),
  name: z.string().optional(),
});

/** As much of OpenAPI 3.1 as the judge needs; `components` stay as they are for references within schemas. */
const ApiDocument = z.looseObject({
  openapi: z.string().startsWith("3.1"),
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  security: Security.default([]),
  paths: z.record(z.string(), Path),
  securitySchemes: z.record(z.string(), SecurityScheme),
});
export type ApiDocument = z.infer<typeof ApiDocument> & { components: unknown };
export type Operation = z.infer<typeof Operation>;
export type Parameter = z.infer<typeof Parameter>;
export type Content = z.infer<typeof Content>;
export type Schema = z.infer<typeof Schema>;

const folder = new URL("../../schema/platforms/", import.meta.url);

/** The API document of that platform, or nothing where it has no API. */
export const readDocument = async (platform: string): Promise<ApiDocument | undefined> => {
  const text = await readFile(new URL(`${platform}.openapi.yaml`, folder), "utf8").catch(nothingIfMissing);
  if (text === undefined) return undefined;
  const root: unknown = parse(text);
  const components = isObject(root) && isObject(root.components) ? root.components : {};
  const whole = inline(root, root);
  const securitySchemes = inline(components.securitySchemes ?? {}, root);
  return { ...ApiDocument.parse({ ...(isObject(whole) ? whole : {}), securitySchemes }), components };
};

const nothingIfMissing = (fault: NodeJS.ErrnoException): undefined => {
  if (fault.code !== "ENOENT") throw fault;
};

/** Schemas may refer to themselves, so theirs is left to the validator, as are examples. */
const opaque = new Set(["schema", "schemas", "example", "examples"]);

const inline = (node: unknown, root: unknown): unknown => {
  if (Array.isArray(node)) return node.map((each) => inline(each, root));
  if (!isObject(node)) return node;
  if (typeof node.$ref === "string") return inline(at(root, node.$ref), root);
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, opaque.has(key) ? value : inline(value, root)]),
  );
};

const at = (root: unknown, reference: string): unknown =>
  reference
    .replace(/^#\//, "")
    .split("/")
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((node, part) => {
      if (!isObject(node) || !(part in node)) throw new Error(`${reference} leads nowhere`);
      return node[part];
    }, root);
