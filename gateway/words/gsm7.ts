/*
 * The letters that every mobile telephone takes at seven bits each (3GPP TS 23.038, section 6.2.1). A single letter
 * outside them turns the whole text into UCS-2, of which half as much fits.
 */

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** These take two places: an escape goes before them. */
const extended = new Set("\f^{}\\[~]|€");

/** Letters whose nearest spelling Unicode does not know. */
const nearest: Record<string, string> = {
  "’": "'",
  "‘": "'",
  "–": "-",
  œ: "oe",
  Œ: "OE",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
};

/** The mark that stands for a letter that cannot be spelt. */
export const unspelt = "?";

const spellLetter = (letter: string): string => {
  if (basic.has(letter) || extended.has(letter)) return letter;
  const [bare = ""] = letter.normalize("NFD");
  return nearest[letter] ?? (basic.has(bare) ? bare : unspelt);
};

/** The nearest spelling in GSM-7: "Grâce" becomes "Grace". */
export const spell = (text: string): string => [...text.normalize("NFC")].map(spellLetter).join("");

/** How many places a text takes, or nothing where it is not GSM-7. */
export const septets = (text: string): number | undefined => {
  let places = 0;
  for (const letter of text) {
    if (!basic.has(letter) && !extended.has(letter)) return undefined;
    places += extended.has(letter) ? 2 : 1;
  }
  return places;
};

/** Two messages joined by the telephone into one, seven of the places of each being taken by the joint. */
export const shortLimit = 2 * 153;
