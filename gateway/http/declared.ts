import type { z } from "@hono/zod-openapi";
import { isObject } from "../../schema/primitives.ts";

/*
 * What is answered is what a route's schema declares, and nothing else: a column that a flow hands on by mistake goes no
 * further. The framework itself writes whatever a handler gives it. Names are left out here and nothing is refused: a
 * value that was stored before a rule was made must still reach the person whose it is.
 */

type Narrow = (value: unknown) => unknown;
type Kind = z.core.$ZodTypes;

/** Where nothing with parts is declared, nothing with parts passes. */
const plain: Narrow = (value) => (typeof value === "object" && value !== null ? undefined : value);
const asItIs: Narrow = (value) => value;
const simple = new Set(["string", "number", "int", "boolean", "enum", "literal", "null"]);

const objectOf = (shape: Record<string, unknown>): Narrow => {
  const parts = Object.entries(shape).map(([name, schema]) => [name, narrowing(schema as Kind)] as const);
  return (value) => {
    if (!isObject(value)) return undefined;
    const narrowed: Record<string, unknown> = {};
    for (const [name, narrow] of parts) if (name in value) narrowed[name] = narrow(value[name]);
    return narrowed;
  };
};

const listOf = (item: Kind): Narrow => {
  const narrow = narrowing(item);
  return (value) => (Array.isArray(value) ? value.map(narrow) : undefined);
};

const recordOf = (each: Kind): Narrow => {
  const narrow = narrowing(each);
  return (value) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, narrow(part)]))
      : undefined;
};

/** As the first of several that takes what is left of it. */
const oneOf = (options: readonly Kind[]): Narrow => {
  const each = options.map((option) => ({ option, narrow: narrowing(option) }));
  return (value) => {
    for (const { option, narrow } of each) {
      const narrowed = narrow(value);
      if ((option as unknown as z.ZodType).safeParse(narrowed).success) return narrowed;
    }
    return undefined;
  };
};

const orNothing = (inner: Kind): Narrow => {
  const narrow = narrowing(inner);
  return (value) => (value === null || value === undefined ? value : narrow(value));
};

const narrowing = (schema: Kind): Narrow => {
  const { def } = schema._zod;
  switch (def.type) {
    case "object":
      return objectOf(def.shape);
    case "array":
      return listOf(def.element as Kind);
    case "record":
      return recordOf(def.valueType as Kind);
    case "union":
      return oneOf(def.options as readonly Kind[]);
    case "optional":
    case "nullable":
    case "default":
    case "readonly":
      return orNothing(def.innerType as Kind);
    case "pipe":
      return narrowing(def.out as Kind);
    case "unknown":
      return asItIs;
    default:
      if (simple.has(def.type)) return plain;
      throw new TypeError(`no answer is made of ${def.type} yet: say here what of it may be shown`);
  }
};

/** What of a value this schema names. To be made once, with the route. */
export const declaredBy = (schema: z.ZodType): Narrow => narrowing(schema as unknown as Kind);
