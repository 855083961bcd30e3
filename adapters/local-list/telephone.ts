import { type Cell, digitsOf, type Reading } from "./cells.ts";

const mobile = /^4\d{8}$/;
/** Eight digits, but for the beginnings of mobiles: those with eight have lost one. */
const line = /^(?!4[5-9])[1-9]\d{7}$/;
const belgian = (digits: string) => mobile.test(digits) || line.test(digits);

/** One number, with its punctuation gone, in international form. */
const international = (compact: string): string | undefined => {
  const digits = compact.replace(/^\+|^00/, "");
  const abroad = digits !== compact;
  if (!abroad && belgian(compact.replace(/^0/, ""))) return `+32${compact.replace(/^0/, "")}`;
  if (digits.startsWith("32")) {
    const rest = digits.slice(2).replace(/^0/, "");
    return belgian(rest) ? `+32${rest}` : undefined;
  }
  return abroad && /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : undefined;
};

/**
 * "0470/12.34.56", "+32 (0)470 12 34 56", "0032…", "470123456" after a spreadsheet ate the zero, and all of these
 * with a word or a second number beside: the first that is whole counts.
 */
export const readTelephone = (cell: Cell): Reading<string> => {
  const text = digitsOf(cell).replace(/\(0\)/g, "");
  if (text === "") return {};
  for (const candidate of [text, ...text.split(/[;,/\n]|\s[-–]\s|\p{L}+/u)]) {
    const compact = candidate.replace(/[\s().:/–-]/g, "");
    const found = /^\+?\d{8,17}$/.test(compact) ? international(compact) : undefined;
    if (found) return { value: found };
  }
  return {
    fault: "not a telephone number; write it as 0470 12 34 56, or with + and the country for one abroad",
  };
};
