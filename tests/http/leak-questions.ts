import type { Day } from "../../schema/primitives.ts";
import type { NewVolunteer } from "../../schema/volunteer.ts";
import { nationalNumber } from "../support/gateway.ts";

/* What the leak test asks, about whom. */

export const kinds = [
  "never seen",
  "on the list",
  "in another region",
  "in another campaign",
  "vaccinated",
  "withdrawn",
  "dosed officially",
] as const;
export type Kind = (typeof kinds)[number];

export type Sent = { method: string; path: string; token?: string; as?: "agency"; json?: unknown };

/** `other`: the token of a registration of the stranger's own. */
export type People = { kind: Kind; person: NewVolunteer; token?: string; other: string };

/** As the number tells it: everybody here is born in the last century. */
const birthOf = ({ nationalNumber: number = "" }: NewVolunteer): Day =>
  `19${number.slice(0, 2)}-${number.slice(2, 4)}-${number.slice(4, 6)}`;
/** What a stranger is themselves: much younger, and with a number that nobody else has. */
export const themselves = (person: NewVolunteer) => {
  const [year = "", ...rest] = birthOf(person).split("-");
  const birthDate = [Number(year) + 60, ...rest].join("-");
  return { birthDate, nationalNumber: nationalNumber(birthDate, 998) };
};
const named = { givenName: "Marie", familyName: "Peeters" };
/** A number of that birth which nobody has. */
const free = (person: NewVolunteer) => {
  const birthDate = birthOf(person);
  return { birthDate, nationalNumber: nationalNumber(birthDate, 998) };
};
const correcting = (token: string | undefined, json: unknown): Sent => ({
  ...{ method: "POST", path: "/v1/volunteer/correct", token, json },
});

const registering = ({ person: json }: People): Sent => ({ method: "POST", path: "/v1/volunteers", json });

/** All that can be asked with what a stranger knows; then with the token that they were given for it. */
export const questions: Record<string, (who: People) => Sent> = {
  "POST /v1/volunteers": registering,
  "POST /v1/volunteers, again": registering,
  "POST /v1/volunteers/batch": ({ person }) => ({
    ...{ method: "POST", path: "/v1/volunteers/batch", as: "agency" },
    json: { registrations: [{ volunteer: person }] },
  }),
  "POST /v1/volunteers/recover": ({ person: { contact } }) => ({
    ...{ method: "POST", path: "/v1/volunteers/recover" },
    json: { contact },
  }),
  "GET /v1/volunteer": ({ token }) => ({ method: "GET", path: "/v1/volunteer", token }),
  "GET /v1/volunteer/standing": ({ token }) => ({ method: "GET", path: "/v1/volunteer/standing", token }),
  "POST /v1/volunteer/session": ({ token }) => ({
    ...{ method: "POST", path: "/v1/volunteer/session", token },
    json: { birthDate: "1900-01-01" },
  }),
  "PATCH /v1/volunteer": ({ token }) => ({
    ...{ method: "PATCH", path: "/v1/volunteer", token },
    json: { postcode: "6001" },
  }),
  "GET /v1/volunteer/data": ({ token }) => ({ method: "GET", path: "/v1/volunteer/data", token }),
  "GET /v1/volunteer/export": ({ token }) => ({ method: "GET", path: "/v1/volunteer/export", token }),
  "POST /v1/volunteer/correct": ({ token, person }) => correcting(token, { ...named, ...free(person) }),
  "POST /v1/volunteer/correct, again": ({ token }) => correcting(token, { familyName: "Maes" }),
  "POST /v1/volunteer/correct, to their number": ({ other, person }) =>
    correcting(other, { birthDate: birthOf(person), nationalNumber: person.nationalNumber }),
  "POST /v1/volunteer/correct, and back": ({ other, person }) => correcting(other, themselves(person)),
  "POST /v1/volunteer/pause": ({ token }) => ({ method: "POST", path: "/v1/volunteer/pause", token }),
  "POST /v1/volunteer/resume": ({ token }) => ({ method: "POST", path: "/v1/volunteer/resume", token }),
  "POST /v1/volunteer/consent": ({ token }) => ({
    ...{ method: "POST", path: "/v1/volunteer/consent", token },
    json: { textVersion: "2021-04", given: true },
  }),
  "POST /v1/volunteer/consents/{purpose}/withdraw": ({ token }) => ({
    ...{ method: "POST", path: "/v1/volunteer/consents/next-campaign/withdraw", token },
  }),
  "POST /v1/volunteer/consents/{purpose}/give": ({ token }) => ({
    ...{ method: "POST", path: "/v1/volunteer/consents/next-campaign/give", token },
    json: { textVersion: "2021-04", given: true },
  }),
  "POST /v1/volunteer/withdraw": ({ token }) => ({ method: "POST", path: "/v1/volunteer/withdraw", token }),
};
