import type { Document } from "./state.ts";

const statuses = {
  invalid_request: 400,
  invalid_token: 401,
  not_found: 404,
  slot_gone: 409,
  slot_full: 409,
  hold_expired: 409,
  already_booked: 409,
  already_vaccinated: 409,
  not_accepted: 409,
  still_expected: 409,
} as const satisfies Record<Document["Refusal"]["code"], number>;

/** Any refusal of the document, thrown where it is found out. */
export class Refused extends Error {
  readonly code: Document["Refusal"]["code"];
  readonly status: (typeof statuses)[Document["Refusal"]["code"]];
  constructor(code: Document["Refusal"]["code"], message: string) {
    super(message);
    this.code = code;
    this.status = statuses[code];
  }
}
