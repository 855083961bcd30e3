import { readFileSync } from "node:fs";
import { z } from "zod";

/* What the API document says of each endpoint, as far as a generator needs it. */

const Schema = z.record(z.string(), z.unknown());
export type Schema = z.infer<typeof Schema>;

const Parameter = z.object({ in: z.enum(["path", "query", "header"]), name: z.string(), schema: Schema });
const Operation = z.object({
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z.array(Parameter).default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: Schema.optional() })) })
    .optional(),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), Schema) }),
});

export type Endpoint = {
  method: string;
  path: string;
  opens: "token" | "key" | "nobody";
  parameters: z.infer<typeof Parameter>[];
  /** Absent: it takes no body. */
  body?: { type: string; schema?: Schema };
};

const file = new URL("../../schema/gateway.openapi.json", import.meta.url);
const document = Document.parse(JSON.parse(readFileSync(file, "utf8")));

export const endpoints: Endpoint[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { security, parameters, requestBody }]): Endpoint => {
    const [content] = Object.entries(requestBody?.content ?? {});
    const has = (scheme: string) => security.some((each) => scheme in each);
    return {
      ...{ method: method.toUpperCase(), path, parameters },
      opens: has("token") ? "token" : has("key") ? "key" : "nobody",
      body: content && { type: content[0], schema: content[1].schema },
    };
  }),
);

const prefix = "#/components/schemas/";
/** The name of a shape that stands elsewhere in the document. */
export const nameOf = ({ $ref }: Schema): string | undefined =>
  typeof $ref === "string" ? $ref.slice(prefix.length) : undefined;

export const named = (name: string): Schema => {
  const found = document.components.schemas[name];
  if (!found) throw new Error(`the document has no ${name}`);
  return found;
};

/** Parts of a shape that are shapes themselves. */
export const partsOf = (schema: Schema, key: string): Schema[] =>
  z.array(Schema).catch([]).parse(schema[key]);
export const partOf = (schema: Schema, key: string): Schema | undefined =>
  Schema.optional().catch(undefined).parse(schema[key]);
export const fieldsOf = (schema: Schema): Record<string, Schema> =>
  z.record(z.string(), Schema).catch({}).parse(schema.properties);
