import { AdapterError } from "../../schema/adapter.ts";

/** No platform nests deeper, and a text of megabytes that does keeps the parser busy for seconds. */
const deepest = 100;
/** A text so short is read in no time, however deep. */
const harmless = 16 * 1024;

const [quote, backslash] = [0x22, 0x5c];
const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

/** Where a string ends that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (end > 0) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
};

const isDeep = (text: string): boolean => {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) index = endOfString(text, index);
    else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
};

/** What a platform wrote as JSON; throws `drifted` where it is none, or goes deeper than any platform means. */
export const parseJson = (text: string): unknown => {
  if (text.length > harmless && isDeep(text))
    throw new AdapterError("drifted", "the JSON is nested too deeply");
  try {
    return JSON.parse(text);
  } catch {
    throw new AdapterError("drifted", "the reply is not readable as JSON");
  }
};
