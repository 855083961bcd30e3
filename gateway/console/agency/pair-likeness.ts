import type { Pair } from "../../../schema/pair.ts";
import type { Desk } from "./desk.ts";

/* How alike two registrations are, as the reasons of their pair say it. */

export type Likeness = "same" | "near" | "differs" | "unknown";

/** How alike the two are in one matter, by the code of the reason: `given-part`. */
export const likenessIn = (
  reasons: readonly string[],
  about: string,
): { is: Likeness; how: string } | undefined => {
  const how = reasons.find((each) => each.startsWith(`${about}-`))?.slice(about.length + 1);
  // A contact that is not the same is also one that only one of them has: the two say which.
  if (!how || how === "none") return undefined;
  const is = how === "same" ? "same" : how === "other" ? "differs" : how === "unknown" ? "unknown" : "near";
  return { is, how };
};

export const marks: Record<Likeness, string> = { same: "=", near: "≈", differs: "≠", unknown: "?" };

const about = [
  ["family", "familyName"],
  ["given", "givenName"],
  ["birth", "birthDate"],
  ["mobile", "mobile"],
  ["email", "email"],
  ["postcode", "postcode"],
] as const;

/** In what they agree, without saying whose it is. */
export const agreeing = (desk: Desk, { reasons }: Pair): string =>
  about
    .flatMap(([reason, row]) => {
      const is = likenessIn(reasons, reason)?.is;
      return is === "same" || is === "near" ? [`${marks[is]} ${desk.words.pairs.rows[row]}`] : [];
    })
    .join(", ");
