import type { RegisterFinding, RegisterFindings, RegisterQuestion } from "../../schema/adapter.ts";
import { plainNumber } from "../../schema/national-number.ts";
import type { Finding, Findings, Question } from "./client.ts";

/* Between what somebody declared and what the register says of it. */

export const toQuestion = (person: RegisterQuestion): Question => {
  const { nationalNumber, givenName, familyName, birthDate, postcode } = person;
  return {
    ...(nationalNumber ? { nationalNumber: plainNumber(nationalNumber) } : {}),
    ...{ givenName, familyName, birthDate },
    ...(postcode ? { postcode } : {}),
  };
};

const meanings = { match: "so", mismatch: "otherwise", withheld: "unknown" } as const satisfies Record<
  Finding,
  RegisterFinding
>;

/** What was not declared is unknown, whatever the register says of it. */
export const toFindings = (
  { found, birthDate, postcode }: Findings,
  person: RegisterQuestion,
): RegisterFindings => {
  const meant = (finding: Finding | undefined, declared: string | undefined): RegisterFinding =>
    found && finding && declared ? meanings[finding] : "unknown";
  return { birthDate: meant(birthDate, person.birthDate), postcode: meant(postcode, person.postcode) };
};
