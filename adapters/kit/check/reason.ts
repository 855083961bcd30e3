import { AssertionError } from "node:assert";
import { inspect } from "node:util";
import { AdapterError } from "../../../schema/adapter.ts";
import { NotAsDocumented } from "../conformance.ts";
import { Unwritten } from "../unwritten.ts";

/* What a trial threw, in words for somebody who reads a report and no stack. */

const shown = (value: unknown): string => {
  const text = inspect(value, { depth: 4, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 6 });
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** "names repeat: expected 2, found 1"; where only a condition was to hold, the words that the suite has for it. */
const ofAssertion = ({
  operator = "",
  expected,
  actual,
  generatedMessage,
  message,
}: AssertionError): string => {
  if (!/equal/i.test(operator)) return oneLine(message);
  const compared = `expected ${shown(expected)}, found ${shown(actual)}`;
  // Some versions of Node put a comparison of their own behind the suite's words.
  const [words = ""] = message.split("\n\n");
  return generatedMessage ? compared : `${oneLine(words)}: ${compared}`;
};

/** The first says what to look at; the same again at forty addresses says nothing more. */
const ofDocument = ({ violations, cause }: NotAsDocumented): string => {
  const [first = "", ...more] = violations;
  const others = more.length > 0 ? `, and ${more.length} more` : "";
  const because = cause === undefined ? "" : ` (${reasonOf(cause)})`;
  return `not as the API document says: ${oneLine(first)}${others}${because}`;
};

export const reasonOf = (fault: unknown): string => {
  if (fault instanceof Unwritten) return fault.message;
  if (fault instanceof AssertionError) return ofAssertion(fault);
  if (fault instanceof NotAsDocumented) return ofDocument(fault);
  if (fault instanceof AdapterError) return `the adapter threw ${fault.fault}: ${oneLine(fault.message)}`;
  if (!(fault instanceof Error)) return `something was thrown that is no error: ${shown(fault)}`;
  const because = fault.cause === undefined ? "" : ` (${reasonOf(fault.cause)})`;
  return `${fault.name === "Error" ? "" : `${fault.name}: `}${oneLine(fault.message)}${because}`;
};
