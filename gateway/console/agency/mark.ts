import { createHash } from "node:crypto";

/** By this a plan is known again: whatever is ordered is what was rehearsed. */
export const markOf = (plan: object): string =>
  createHash("sha256").update(JSON.stringify(plan)).digest("base64url").slice(0, 22);
