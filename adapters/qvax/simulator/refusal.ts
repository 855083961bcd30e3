import type { Document } from "./state.ts";

/** What Qvax refuses with, by the code in its error. */
export const refusals = {
  malformed: { status: 400, message: "The request is not as the document says" },
  "wrong-key": { status: 401, message: "A partner's key is needed" },
  unknown: { status: 404, message: "Qvax knows nothing under this name" },
  "number-known": { status: 409, message: "This number is registered already" },
  "switched-off": { status: 409, message: "This person is switched off or closed" },
  "not-valid": { status: 422, message: "Well formed, but not possible" },
  "too-fast": { status: 429, message: "More requests than were agreed" },
} as const satisfies Record<Document["Error"]["code"], { status: number; message: string }>;

export class Refused extends Error {
  readonly code: Document["Error"]["code"];
  readonly more: Record<string, string>;
  constructor(code: Document["Error"]["code"], more: Record<string, string> = {}) {
    super(refusals[code].message);
    this.code = code;
    this.more = more;
  }
}
