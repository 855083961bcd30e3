import type { BundleEntry, OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";
import type { ErrorCode, Problem } from "../../../schema/errors.ts";
import type { Names } from "./names.ts";

/*
 * What went wrong, as FHIR says it. The code of an issue tells who failed: each code that is used here belongs to one of
 * three, and a coding beside it says so in a word.
 */

export type Who = "caller" | "gateway" | "platform";

/** Codes of http://hl7.org/fhir/issue-type, by whose failure they are. */
const whose = {
  invalid: "caller",
  structure: "caller",
  required: "caller",
  value: "caller",
  login: "caller",
  security: "caller",
  forbidden: "caller",
  "not-found": "caller",
  "not-supported": "caller",
  "too-long": "caller",
  conflict: "caller",
  "business-rule": "caller",
  exception: "gateway",
  timeout: "gateway",
  throttled: "gateway",
  "no-store": "gateway",
  transient: "platform",
  incomplete: "platform",
  informational: undefined,
} as const satisfies Record<string, Who | undefined>;
export type IssueCode = keyof typeof whose;

/** Each refusal of the API in FHIR's words; all that are not named here are rules that somebody ran into. */
const codes: Partial<Record<ErrorCode, IssueCode>> = {
  invalid_input: "invalid",
  unauthenticated: "login",
  token_not_valid: "login",
  birth_date_needed: "security",
  birth_date_wrong: "security",
  signature_not_valid: "security",
  not_allowed: "forbidden",
  not_found: "not-found",
  method_not_allowed: "not-supported",
  unsupported_media: "not-supported",
  body_too_large: "too-long",
  conflict: "conflict",
  idempotency_in_flight: "conflict",
  idempotency_reused: "conflict",
  no_dose_free: "conflict",
  // Who asks too often, and who comes when too many do, is refused by the gateway's own measure.
  too_many_requests: "throttled",
  tries_spent: "throttled",
  overloaded: "throttled",
  database_unavailable: "no-store",
  internal: "exception",
  platform_unavailable: "transient",
  provider_unavailable: "transient",
};

export type Told = {
  code: IssueCode;
  severity?: "error" | "warning" | "information";
  text: string;
  /** What would mend it, and which request it was. */
  diagnostics?: string;
  /** FHIRPath, of what was sent. */
  at?: string;
  problem?: string;
};

const issueOf = (
  names: Names,
  { code, severity = "error", text, diagnostics, at, problem }: Told,
): OperationOutcomeIssue => {
  const who = whose[code];
  const coding = [
    ...(problem === undefined ? [] : [{ system: names.codes("problem"), code: problem }]),
    ...(who === undefined ? [] : [{ system: names.codes("who-failed"), code: who }]),
  ];
  return {
    ...{ severity, code },
    details: { ...(coding.length > 0 && { coding }), text },
    ...(diagnostics !== undefined && { diagnostics }),
    ...(at !== undefined && { expression: [at] }),
  };
};

export const outcomeOf = (names: Names, told: readonly Told[]): OperationOutcome => ({
  resourceType: "OperationOutcome",
  issue: told.map((each) => issueOf(names, each)),
});

/** An outcome beside what was found. */
export const outcomeEntry = (names: Names, told: readonly Told[]): BundleEntry<OperationOutcome> => ({
  resource: outcomeOf(names, told),
  search: { mode: "outcome" },
});

/** A request that is not answered with what it asked for. */
export class Fault extends Error {
  readonly status: number;
  readonly told: readonly Told[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, told: Told | readonly Told[], headers: Record<string, string> = {}) {
    const all: readonly Told[] = "code" in told ? [told] : told;
    super(all.map(({ text }) => text).join("; "));
    this.name = "Fault";
    this.status = status;
    this.told = all;
    this.headers = headers;
  }
}

export const fault = (status: number, code: IssueCode, text: string, at?: string): never => {
  throw new Fault(status, { code, text, at });
};

/** Where in a request of FHIR's the API's field stands, as far as it is told; what has no such place is named as it is. */
export type Places = Readonly<Record<string, string>>;

const kept = ["retry-after", "www-authenticate", "ratelimit", "ratelimit-policy"];

/** A refusal of the API as one of this door's: with its code, who failed, and each field where the caller wrote it. */
export const faultOf = (problem: Problem, headers: Headers, places: Places = {}): Fault => {
  const { status, title, detail, requestId, issues = [] } = problem;
  const code = codes[problem.code] ?? "business-rule";
  const whole: Told = {
    ...{ code, problem: problem.code, text: title },
    diagnostics: [detail, `request ${requestId}`].filter(Boolean).join("; "),
  };
  const fields = issues.map(({ at, detail: text }): Told => {
    const place = Object.entries(places).find(([name]) => at === name || at.startsWith(`${name}/`))?.[1];
    const is = { code: code === "invalid" ? ("value" as const) : code, problem: problem.code };
    return place ? { ...is, text, at: place } : { ...is, text: `${at}: ${text}` };
  });
  const passed = kept.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return new Fault(status, [whole, ...fields], Object.fromEntries(passed));
};
