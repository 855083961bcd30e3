import type { ErrorCode } from "yaml";
import type { z } from "zod";

/* What is said of a fault, to somebody who writes YAML and has never heard of the libraries that found it. */

const kinds: Record<string, string> = {
  object: "a group of fields",
  record: "a group of fields",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};
const kind = (expected: string): string => kinds[expected] ?? expected;

const formats: Record<string, string> = {
  url: "must be an address such as https://platform.example.org",
  email: "must be an address such as dose@example.org",
  datetime: "must be a moment such as 2021-05-01T00:00:00+02:00",
};

const counted = (origin: string, count: number | bigint): string => {
  const unit = origin === "string" ? "character" : "entry";
  if (origin !== "string" && origin !== "array") return `${count}`;
  return `${count} ${count === 1 ? unit : unit === "entry" ? "entries" : "characters"}`;
};
const verb = (origin: string): string => (origin === "string" || origin === "array" ? "have" : "be");

/** What zod has no good words for; a message written in a shape comes before these. */
export const inPlainWords = (issue: z.core.$ZodRawIssue): string | undefined => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `is missing; it takes ${kind(issue.expected)}`
        : `must be ${kind(issue.expected)}${issue.expected === "string" ? "; write it in quotes" : ""}`;
    case "invalid_value":
      return `${issue.input === undefined ? "is missing; it takes" : "must be"} ${oneOf(issue.values)}`;
    case "too_small":
      return issue.origin === "string" && issue.minimum === 1
        ? "must not be empty"
        : `must ${verb(issue.origin)} at least ${counted(issue.origin, issue.minimum)}`;
    case "too_big":
      return `must ${verb(issue.origin)} at most ${counted(issue.origin, issue.maximum)}`;
    case "invalid_format":
      return formats[issue.format];
    case "invalid_key":
      return issue.issues[0]?.message && `its name takes ${issue.issues[0].message}`;
    default:
      return undefined;
  }
};

const oneOf = (values: readonly unknown[]): string =>
  `${values.length > 1 ? "one of " : ""}${values.map(String).join(", ")}`;

const ofYaml: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: "is indented with a tab; YAML takes spaces",
  BAD_INDENT: "is not indented as far as it must be, or a bracket is not closed",
  MISSING_CHAR: "lacks a character: a quote, a comma, a bracket, or the colon after a name",
  DUPLICATE_KEY: "is written twice; keep one",
  BAD_SCALAR_START: "begins with a character that means something to YAML; write the value in quotes",
  BLOCK_AS_IMPLICIT_KEY:
    "holds one colon too many, or is indented too far; write a value with a colon in quotes",
  MULTILINE_IMPLICIT_KEY: "lacks the colon and the space after a name, or is indented too far",
  MULTIPLE_DOCS: "begins a second document; take the line --- out",
  BAD_DQ_ESCAPE: "holds a backslash that stands for nothing; write it twice, or use single quotes",
};

/** Never quotes the file, which may hold a secret. What follows a fault cannot be read before it is mended. */
export const yamlInPlainWords = (code: ErrorCode): string =>
  `${ofYaml[code] ?? "is not YAML from here on"}; what follows is read when this is mended`;
