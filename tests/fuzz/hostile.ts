import * as fc from "fast-check";
import { isObject } from "../../schema/primitives.ts";

/* Input that no client means. */

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

/** Values that stand where others belong. */
const values: readonly unknown[] = [
  ...[null, true, false, 0, -1, -0, 1.5, 2 ** 53, -(2 ** 53), 1e308, 5e-324, 2 ** 31, 2 ** 63],
  ...[
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udc00x",
    "\u202e",
    "\ufeff",
    "\u2028",
    "İ",
    "ﬁ",
    "🧑‍🤝‍🧑",
    "é".repeat(40),
  ],
  ...["NaN", "Infinity", "1e3", "0x10", "١٢٣٤", "null", "undefined", "[object Object]", "true"],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "../../etc/passwd", "%00", "%2e%2e%2f"],
  ...["' or 1=1 --", '"; drop table volunteers; --', "#{7*7}", "{{7*7}}", "<script>alert(1)</script>"],
  ...["=cmd|'/c calc'!A1", "@SUM(1)", "\r\nset-cookie: a=b", "x".repeat(70_000), "a".repeat(201)],
  ...["0000-01-01", "0000-12-31T23:59:59Z", "9999-12-31T23:59:59.999-14:00", "-000001-01-01T00:00:00Z"],
  ...[
    "+275760-09-13T00:00:00.000Z",
    "2021-02-30",
    "2021-13-01",
    "2021-04-16T24:00:00Z",
    "2021-04-16T25:61:00Z",
  ],
  ...["0001-01-01T00:00:00+14:00", "99999-01-01", "10000-01-01T00:00:00Z", "2021-04-16T14:30:00+99:99"],
  ...["00000000-0000-0000-0000-000000000000", "0f8fad5b-d9cb-469f-a165-70867728950e", "-1", "1".repeat(400)],
  ...["an@example.org\0", "a@b", `${"a".repeat(300)}@example.org`, "+32470123456\n", "+3247012345６"],
  ...[[], {}, [[]], [null], [{}], { a: { b: { c: {} } } }, Array.from({ length: 10_000 }, () => 0)],
  Array.from({ length: 5_000 }, () => ({})),
  Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, at])),
  JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
  JSON.parse(nested(800, "[", "]")),
  JSON.parse(`${'{"a":'.repeat(400)}1${"}".repeat(400)}`),
];
export const value = fc.constantFrom(...values);

type Place = readonly (string | number)[];
const placesIn = (content: unknown, at: Place = []): Place[] => {
  if (typeof content !== "object" || content === null) return [at];
  const within = Object.entries(content).flatMap(([key, each]) => placesIn(each, [...at, key]));
  return [at, ...within];
};

type Change = {
  kind: "replaced" | "removed" | "doubled" | "joined";
  at: number;
  value: unknown;
  key: string;
};
export const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("replaced", "replaced", "replaced", "removed", "doubled", "joined"),
  at: fc.nat(1_000),
  value,
  key: fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "id",
    "region",
    "role",
    "extra",
    "",
  ),
});

const put = (parent: object, key: string, content: unknown) =>
  // As JSON has it: a field of that name, and not the prototype.
  Object.defineProperty(parent, key, {
    value: content,
    enumerable: true,
    configurable: true,
    writable: true,
  });

/** The same content, but for one place in it. */
export const changed = (content: unknown, { kind, at, value: other, key }: Change): unknown => {
  const copy: unknown = structuredClone(content);
  const places = placesIn(copy);
  const place = places[at % places.length] ?? [];
  const last = place.at(-1);
  if (last === undefined) return kind === "joined" && hasParts(copy) ? put(copy, key, other) : other;
  const parent = place
    .slice(0, -1)
    .reduce<unknown>((inner, step) => Reflect.get(inner as object, step), copy);
  if (!hasParts(parent)) return other;
  if (kind === "removed") Reflect.deleteProperty(parent, last);
  else if (kind === "doubled" && Array.isArray(parent)) parent.push(...parent, ...parent);
  else if (kind === "joined" && !Array.isArray(parent)) put(parent, key, other);
  else put(parent, String(last), other);
  return copy;
};
const hasParts = (content: unknown): content is object => isObject(content) || Array.isArray(content);

/** What is done to the letters of a body, below JSON. */
const spoilt: readonly ((text: string, at: number) => string | Buffer)[] = [
  (text, at) => text.slice(0, at % Math.max(1, text.length)),
  (text) => `\ufeff${text}`,
  (text) => `${text}}`,
  (text) => `${text}\n${text}`,
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace(/:\s*("[^"]*"|\d+)/, ":NaN"),
  (text) => text.replace(/:\s*("[^"]*"|\d+)/, ":1e999"),
  (text) => text.replace(/:\s*("[^"]*"|\d+)/, ":123456789012345678901234567890"),
  (text) => text.replace(/:\s*"[^"]*"/, ':"\\ud800"'),
  (text) => text.replace(/:\s*"[^"]*"/, ':"\\u0000"'),
  // The same field twice: the last is the one that counts.
  (text) => text.replace(/^\{("[^"]*"):/, '{$1:{"__proto__":1},$1:'),
  (text) => text.replace(/\}$/, ',"__proto__":{"role":"operator"}}'),
  (text, at) =>
    Buffer.concat([Buffer.from(text.slice(0, at % (text.length + 1))), Buffer.of(0xc3, 0x28, 0xff)]),
  (text) => Buffer.from(text, "utf16le"),
  () => "",
  () => nested(100_000, "[", "]"),
  () => '{"a":'.repeat(50_000),
  () => `"${"x".repeat(500_000)}"`,
  () => `[${"{},".repeat(100_000)}{}]`,
  (text) => `${" ".repeat(200_000)}${text}`,
];
export const spoiling = fc.record({ how: fc.constantFrom(...spoilt), at: fc.nat(4_000) });

export const types = fc.constantFrom(
  ...["text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data; boundary=x"],
  ...[
    "application/x-www-form-urlencoded",
    "application/json, text/csv",
    "APPLICATION/JSON",
    "json",
    "",
    "*/*",
  ],
  ...["application/vnd.api+json", 'application/json; charset="', "text/csv", "application/octet-stream"],
);

/** Headers that anybody may send with any request. */
export const headers: fc.Arbitrary<Record<string, string>> = fc.constantFrom<Record<string, string>[]>(
  ...[{}, {}, {}, {}, { "content-encoding": "gzip" }, { "content-encoding": "br, deflate" }],
  { "idempotency-key": '"\u00e9"' },
  { "idempotency-key": `"${"x".repeat(199)}"` },
  { "idempotency-key": '"same"' },
  { "idempotency-key": "?1" },
  { "x-request-id": "<script>" },
  { "x-forwarded-for": "::1, 10.0.0.1, evil" },
  { forwarded: 'for="[::1]";host=evil.example;proto=https' },
  { "x-http-method-override": "DELETE" },
  { range: "bytes=0-18446744073709551615" },
  { "accept-language": "x".repeat(3_000) },
  { "if-none-match": '*, W/"', "if-modified-since": "Thu, 99 Foo 0000" },
  { "x-long": "y".repeat(6_000) },
);
