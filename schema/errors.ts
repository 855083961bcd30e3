import { z } from "zod";

type Kind = { status: number; title: string; retry: boolean };

/** Every refusal of the gateway: its code, what HTTP calls it, its title, and whether repeating can help. */
export const errors = {
  invalid_input: { status: 400, title: "The request is not understood", retry: false },
  unauthenticated: { status: 401, title: "A key or token is needed", retry: false },
  token_not_valid: { status: 401, title: "This token opens nothing", retry: false },
  birth_date_needed: { status: 403, title: "This needs the birth date as well", retry: false },
  birth_date_wrong: { status: 403, title: "That is not what was registered", retry: false },
  not_allowed: { status: 403, title: "This key does not open that", retry: false },
  provider_unavailable: { status: 503, title: "The identity provider cannot be reached now", retry: true },
  signature_not_valid: { status: 401, title: "The signature does not match", retry: false },
  not_found: { status: 404, title: "There is nothing here", retry: false },
  method_not_allowed: { status: 405, title: "This address does not do that", retry: false },
  conflict: { status: 409, title: "Somebody else was first", retry: true },
  idempotency_in_flight: { status: 409, title: "The first request with this key still runs", retry: true },
  invitation_answered: { status: 409, title: "This invitation has been answered", retry: false },
  invitation_over: { status: 409, title: "This invitation is over", retry: false },
  surplus_over: { status: 409, title: "This surplus is over", retry: false },
  doses_promised: { status: 409, title: "More doses are promised than would be left", retry: false },
  expected_later: { status: 409, title: "Somebody is expected after that end", retry: false },
  no_dose_free: { status: 409, title: "Every dose is held or promised", retry: true },
  booking_over: { status: 409, title: "This booking is over", retry: false },
  card_differs: { status: 409, title: "What the card shows speaks against it", retry: false },
  pair_decided: { status: 409, title: "This pair has been decided", retry: false },
  pair_over: { status: 409, title: "One of the two is no longer on the list by itself", retry: false },
  dose_given_since: { status: 409, title: "A dose was given since, so this cannot be undone", retry: false },
  binding_begun: { status: 409, title: "This change has begun: undo it instead", retry: false },
  binding_over: { status: 409, title: "This change is over, or another has followed it", retry: false },
  campaign_known: { status: 409, title: "There is a campaign of this id", retry: false },
  campaign_begun: { status: 409, title: "This campaign has begun", retry: false },
  campaign_over: {
    status: 409,
    title: "This campaign is over, or nothing of it can be stopped",
    retry: false,
  },
  work_over: { status: 409, title: "This work is over, or nothing of it can be stopped", retry: false },
  work_unfit: { status: 409, title: "That is not what this work waits for", retry: false },
  platform_lacks: { status: 422, title: "This platform cannot play that role", retry: false },
  reading_not_doubted: { status: 409, title: "No reading of this list doubts so many", retry: false },
  not_on_list: { status: 409, title: "This registration is no longer on the list", retry: false },
  label_taken: { status: 409, title: "A key of this label is valid", retry: false },
  key_of_settings: { status: 409, title: "The settings give this key; change it there", retry: false },
  too_many_webhooks: { status: 409, title: "There are as many webhooks as there may be", retry: false },
  webhook_disabled: { status: 409, title: "This webhook is disabled", retry: false },
  body_too_large: { status: 413, title: "The body is too large", retry: false },
  too_many_requests: { status: 429, title: "You ask too often", retry: true },
  unsupported_media: { status: 415, title: "This content type is not accepted here", retry: false },
  tries_spent: { status: 429, title: "That was tried too often", retry: true },
  idempotency_reused: { status: 422, title: "This key was used for another request", retry: false },
  policy_refuses: { status: 422, title: "The region's policy does not allow this", retry: false },
  helper_full: { status: 422, title: "This contact stands for as many people as it may", retry: false },
  spreadsheet_unreadable: { status: 422, title: "This file is not a list", retry: false },
  platform_unavailable: { status: 503, title: "The platform cannot be reached now", retry: true },
  database_unavailable: { status: 503, title: "The gateway's database cannot be reached now", retry: true },
  overloaded: { status: 503, title: "The gateway is asked more than it can answer now", retry: true },
  internal: { status: 500, title: "Something went wrong here", retry: true },
} as const satisfies Record<string, Kind>;

export type ErrorCode = keyof typeof errors;

/** Where in the input a fault is, as a JSON pointer or a header's name, and what would mend it. */
export const Issue = z.strictObject({
  in: z.enum(["body", "query", "path", "header", "file"]),
  at: z.string().meta({ example: "/contact/mobile" }),
  detail: z.string(),
});
export type Issue = z.infer<typeof Issue>;

/** RFC 9457 problem details. */
export const Problem = z
  .strictObject({
    type: z.string().meta({ example: "urn:problem-type:everydose:invalid_input" }),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    retry: z.boolean().meta({ description: "whether the same request may succeed later" }),
    requestId: z.string(),
    issues: z.array(Issue).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

/** A refusal that anyone may read. Its detail never holds a name, number, contact, token or SQL. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[];
  /** When to come back, where it is known. */
  readonly retryAfterSeconds: number | undefined;
  constructor(
    code: ErrorCode,
    detail?: string,
    issues: Issue[] = [],
    { retryAfterSeconds, ...options }: ErrorOptions & { retryAfterSeconds?: number } = {},
  ) {
    super(detail ?? errors[code].title, options);
    this.name = "Refusal";
    this.code = code;
    this.issues = issues;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export const refuse = (code: ErrorCode, detail?: string, issues?: Issue[]): never => {
  throw new Refusal(code, detail, issues);
};
