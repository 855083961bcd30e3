import * as fc from "fast-check";
import { nationalNumber } from "../support/gateway.ts";
import { fieldsOf, named, nameOf, partOf, partsOf, type Schema } from "./document.ts";

/* Input that fits a shape of the document, so that a request gets past the first look at it. */

/** What there is at this moment, by the name of its shape: ids that lead somewhere. */
export type Known = Record<string, readonly string[]>;

const day = fc
  .date({ min: new Date("1900-01-01"), max: new Date("2030-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const edgeDays = ["0000-01-01", "0001-01-01", "9999-12-31", "2021-04-16", "2000-02-29"];
const days = fc.oneof({ weight: 6, arbitrary: day }, fc.constantFrom(...edgeDays));
const edgeMoments = [
  "0000-01-01T00:00:00Z",
  "0000-01-01T00:00:00+14:00",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59-14:00",
  "2021-04-16T23:59:59.999999999Z",
  "1970-01-01T00:00:00Z",
];
/** Most of them within a day of the scene's own hour, which is when something may follow from them. */
const moments = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .integer({ min: -2_000, max: 2_000 })
      .map((minutes) => new Date(Date.parse("2021-04-16T14:30:00Z") + minutes * 60_000).toISOString()),
  },
  { weight: 2, arbitrary: day.map((each) => `${each}T12:00:00.000Z`) },
  fc.constantFrom(...edgeMoments),
);

const numbers = day.map((born) => nationalNumber(born as Parameters<typeof nationalNumber>[0]));

/** Each is made once: to find the letters of a pattern, all that there are are tried. */
const patterned = new Map<string, fc.Arbitrary<string>>();
const matching = (pattern: string, most: number): fc.Arbitrary<string> => {
  const known = patterned.get(pattern);
  if (known) return known;
  // The document writes the flag behind it.
  const written = /^(.*?)(?:\/u)?$/s.exec(pattern)?.[1] ?? pattern;
  const expression = new RegExp(written, "u");
  const maxLength = Math.min(most, 40);
  // What is no letter cannot be drawn, only left out.
  const made = /\\[pP]\{C/.test(written)
    ? fc.string({ unit: "grapheme", minLength: 1, maxLength }).filter((each) => expression.test(each))
    : fc.stringMatching(expression, { maxLength });
  patterned.set(pattern, made);
  return made;
};

const text = ({ pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> => {
  const [least, most] = [Number(minLength), Math.min(Number(maxLength), 60)];
  if (typeof pattern === "string") return matching(pattern, most);
  return fc.string({ unit: "grapheme", minLength: least, maxLength: Math.max(least, most) });
};

const formats: Record<string, fc.Arbitrary<unknown>> = {
  date: days,
  "date-time": moments,
  uuid: fc.uuid(),
  email: fc.oneof(fc.constantFrom("an@example.org", "jean@example.org"), fc.emailAddress()),
};

const whole = ({ type, minimum = -10, maximum = 1_000 }: Schema): fc.Arbitrary<unknown> => {
  const range = { min: Number(minimum), max: Math.min(Number(maximum), Number(minimum) + 10_000) };
  return type === "integer" ? fc.integer(range) : fc.double({ ...range, noNaN: true });
};

const object = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const fields = Object.entries(fieldsOf(schema)).map(
    ([name, each]) => [name, fitting(each, known)] as const,
  );
  const requiredKeys = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const others = partOf(schema, "additionalProperties");
  const own = fc.record(Object.fromEntries(fields), { requiredKeys });
  return others && fields.length === 0
    ? fc.dictionary(fc.string({ maxLength: 8 }), fitting(others, known), { maxKeys: 3 })
    : own;
};

/** Values of a shape; those of a name of which something is known are mostly that. */
export const fitting = (schema: Schema, known: Known): fc.Arbitrary<unknown> => {
  const name = nameOf(schema);
  if (name !== undefined) {
    const there = known[name];
    const drawn = name === "NationalNumber" ? numbers : fitting(named(name), known);
    return there?.length ? fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...there) }, drawn) : drawn;
  }
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if ("const" in schema) return fc.constant(schema.const);
  const [first, ...rest] = partsOf(schema, "allOf");
  if (first) return fitting({ ...first, ...Object.assign({}, ...rest) }, known);
  const choices = [...partsOf(schema, "anyOf"), ...partsOf(schema, "oneOf")];
  if (choices.length > 0) return fc.oneof(...choices.map((each) => fitting(each, known)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => fitting({ ...schema, type }, known)));
  if (schema.type === "object") return object(schema, known);
  if (schema.type === "array") {
    const { minItems = 0, maxItems = 4 } = schema;
    const [minLength, maxLength] = [
      Number(minItems),
      Math.max(Number(minItems), Math.min(4, Number(maxItems))),
    ];
    return fc.array(fitting(partOf(schema, "items") ?? {}, known), { minLength, maxLength });
  }
  if (schema.type === "integer" || schema.type === "number") return whole(schema);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.type === "string") return formats[String(schema.format)] ?? text(schema);
  return fitting({ $ref: "#/components/schemas/NewVolunteer" }, known);
};
