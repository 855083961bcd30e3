import type { Home } from "../intake/people.ts";

/* Who does what on the day, by their number, so that it can be told afterwards who should be there. */

const homes: readonly Home[] = ["flanders", "flanders", "wallonia", "wallonia", "brussels"];
export const homeOf = (nth: number): Home => homes[nth % homes.length] ?? "flanders";

/** Of ten, one asks the same once more, and one registers again from the beginning: a fifth of all. */
export const asksAgain = (nth: number): "same key" | "other key" | undefined =>
  nth % 10 === 3 ? "same key" : nth % 10 === 7 ? "other key" : undefined;

/** Of twenty, one hangs up once the request is sent, and comes back for the answer. */
export const hangsUp = (nth: number): boolean => nth % 20 === 5;
