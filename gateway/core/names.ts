/*
 * How near two names are, as the field writes them. `fold` in identity.ts decides equality by digest and stays as it
 * is: the digests of people known already come from it. What is here only weighs evidence that a person looks at.
 */

export type Name = { givenName: string; familyName: string };

/**
 * The nearer the earlier. `part`: one of a double name, or further given names, or a particle that one list leaves
 * out. `initial`: a letter stands for a given name. `sound`: written otherwise in another language. `typo`: a letter
 * or two apart.
 */
export type NameLevel = "same" | "part" | "initial" | "sound" | "typo" | "other";
/** No initial stands for a family name. */
export type FamilyLevel = Exclude<NameLevel, "initial">;
export type NameLikeness = { family: FamilyLevel; given: NameLevel; swapped: boolean };

const particles = new Set(
  "van vande vanden vander von zu zum zur de den der des d di da dos del della du la le les l het t te ten ter el al ben ibn bin ait".split(
    " ",
  ),
);
/** Particles that lists write as one word with the name; the longest first, and never so that nothing is left. */
const gluedParticle =
  /^(?:vander|vanden|vande|van|von|dela|des|del|de|du|le|la|el|al|ben|ait|d(?=h)|ter|ten)(?=\p{L}{4})/u;

const letters: Record<string, string> = {
  ß: "ss",
  œ: "oe",
  æ: "ae",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/**
 * Lower case, without accents; ö, oe and ø alike, as Müller is Mueller and Muller, and ij as y. Doubles and digraphs
 * shorten on both sides alike, so that nothing is lost by comparing.
 */
const canonical = (word: string): string => word.replace(/ij/g, "y").replace(/([aou])e/g, "$1");

/** The words of a name, each as every list would write it. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßœæøłđðþı]/g, (letter) => letters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map(canonical);

/** A family name in its parts, each with its particles: "Van den Berghe-Claes" is vandenberghe and claes. */
export const familyParts = (name: string): string[] => {
  const parts: string[] = [];
  let before = "";
  for (const word of wordsOf(name)) {
    if (particles.has(word)) before += word;
    else {
      parts.push(before + word);
      before = "";
    }
  }
  return before === "" ? parts : [...parts, before];
};

/** Without its particles: "berghe" of "vandenberghe". */
export const withoutParticles = (part: string): string => part.replace(gluedParticle, "");

/** One spelling for what is heard alike in the languages of the lists: Youssef and Yousef, Declercq and Deklerk. */
export const soundOf = (part: string): string =>
  part
    .replace(/ph/g, "f")
    .replace(/sch|sh|ch|tch/g, "s")
    .replace(/ck|cq|qu|kh|c(?![eiy])/g, "k")
    .replace(/dj/g, "j")
    .replace(/(?!^)h/g, "")
    .replace(/ou|oo|o/g, "u")
    .replace(/y|ie|e/g, "i")
    .replace(/w/g, "v")
    .replace(/(.)\1+/g, "$1");

/** How many letters must be added, left out, changed or swapped with a neighbour; stops counting after `most`. */
const apart = (one: string, other: string, most: number): number => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i += 1) {
    const [before, above = []] = [rows[i - 2], rows[i - 1]];
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const swap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? before?.[j - 2] : undefined;
      const change = (above[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, (swap ?? most) + 1));
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? most + 1;
};

/** One letter in a name of five or more, two in one of nine or more: shorter ones are other names. */
const isTypo = (one: string, other: string): boolean => {
  const shorter = Math.min(one.length, other.length);
  const most = shorter >= 9 ? 2 : shorter >= 5 ? 1 : 0;
  return most > 0 && apart(one, other, most) <= most;
};

const heardOrMistyped = (one: string, other: string): FamilyLevel => {
  if (soundOf(one) === soundOf(other)) return "sound";
  return isTypo(one, other) ? "typo" : "other";
};

export const likeFamily = (one: string, other: string): FamilyLevel => {
  const [ones, others] = [familyParts(one), familyParts(other)];
  if (ones.join("") === others.join("")) return "same";
  const [bare, otherBare] = [ones.map(withoutParticles), others.map(withoutParticles)];
  if (bare.some((part) => otherBare.includes(part))) return "part";
  return heardOrMistyped(bare.join(""), otherBare.join(""));
};

const standsFor = (one: string, other: string): boolean =>
  one === other ||
  (one.length === 1 && other.startsWith(one)) ||
  (other.length === 1 && one.startsWith(other));

export const likeGiven = (one: string, other: string): NameLevel => {
  const [ones, others] = [wordsOf(one), wordsOf(other)];
  if (ones.join("") === others.join("")) return "same";
  const [fewer, more] = ones.length <= others.length ? [ones, others] : [others, ones];
  if (fewer.length > 0 && fewer.every((word) => word.length > 1 && more.includes(word))) return "part";
  if (fewer.length > 0 && fewer.every((word, index) => standsFor(word, more[index] ?? "-"))) return "initial";
  return heardOrMistyped(ones.join(""), others.join(""));
};

/** How alike two people's names are, also where one list has the given name in the family name's place. */
export const likeNames = (one: Name, other: Name): NameLikeness => {
  const straight: NameLikeness = {
    family: likeFamily(one.familyName, other.familyName),
    given: likeGiven(one.givenName, other.givenName),
    swapped: false,
  };
  const crossed = [
    likeFamily(one.familyName, other.givenName),
    likeFamily(one.givenName, other.familyName),
  ] as const;
  const isCrossed = crossed.every((level) => level === "same" || level === "part");
  if (!isCrossed || (straight.family !== "other" && straight.given !== "other")) return straight;
  const level = crossed.every((each) => each === "same") ? "same" : "part";
  return { family: level, given: level, swapped: true };
};
