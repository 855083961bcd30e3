import { randomBytes, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { loadFederation } from "../../gateway/config/federation.ts";
import type { Deps } from "../../gateway/flows/deps.ts";
import { configure } from "../../gateway/flows/places.ts";
import { createVault } from "../../gateway/store/vault.ts";
import {
  type Day,
  type Instant,
  instant,
  millis,
  plusMinutes,
  type RegionId,
} from "../../schema/primitives.ts";
import type { PolicyRules } from "../../schema/region.ts";
import { always, type NewVolunteer } from "../../schema/volunteer.ts";
import { type TestDatabase, testDatabase } from "./postgres.ts";

/** A Friday of April 2021, 16:30 in Belgium: the hour at which a centre counts what is left. */
export const afternoon = instant(Date.parse("2021-04-16T14:30:00Z"));

/** Time that stands still until a test moves it. */
export type ManualClock = { now(): Instant; advance(minutes: number): void };

export const manualClock = (start: Instant = afternoon): ManualClock => {
  let now = start;
  return {
    now: () => now,
    advance: (minutes) => {
      now = plusMinutes(now, minutes);
    },
  };
};

export type TestDeps = { deps: Deps; clock: ManualClock; database: TestDatabase; close(): Promise<void> };

/** A flow's whole world on a real PostgreSQL of its own, on a clock that the test moves. */
export const testDeps = async ({ now }: { now?: Instant } = {}): Promise<TestDeps> => {
  const database = await testDatabase();
  const clock = manualClock(now);
  const ring = () => [{ version: 1, key: randomBytes(32) }];
  const deps: Deps = {
    db: database.orm,
    vault: createVault({ sealing: ring(), digest: ring() }),
    now: clock.now,
    uuid: randomUUID,
    token: () => randomBytes(24).toString("base64url"),
    nudge: () => undefined,
  };
  return { deps, clock, database, close: database.close };
};

/** The regions, centres, policies and bindings of Belgium in 2021, as an operator starts with them. */
export const seedFederation = async (deps: Deps): Promise<void> => {
  const directory = fileURLToPath(new URL("../../gateway/belgium-2021", import.meta.url));
  await configure(deps, loadFederation(directory));
};

/** What the least demanding region asks of whoever registers (F16). */
export const asksLittle = {
  ...{ nationalNumber: "optional", postcode: "optional", email: "optional", mobile: "optional" },
} as const satisfies PolicyRules["asks"];

/** Serials so high are hardly ever given, so that these numbers are valid and nobody's. */
export type Serial = 997 | 998;

/** The national number of someone born on that day: its check digits are right. */
export const nationalNumber = (born: Day, serial: Serial = 997): string => {
  const nine = `${born.slice(2).replaceAll("-", "")}${serial}`;
  const checked = born < "2000" ? nine : `2${nine}`;
  return `${nine}${String(97 - (Number(checked) % 97)).padStart(2, "0")}`;
};

type Someone = Partial<NewVolunteer> & { born?: Day; serial?: Serial };

/** Someone of Charleroi who can always come; each `born` and `serial` is another person with another contact. */
export const newVolunteer = ({
  born = "1950-01-15",
  serial = 997,
  ...wishes
}: Someone = {}): NewVolunteer => ({
  givenName: serial === 997 ? "Jean" : "Anne",
  familyName: "Dupont",
  nationalNumber: nationalNumber(born, serial),
  region: "wallonia" as RegionId,
  postcode: "6000",
  contact: { email: `p${born}-${serial}@example.org`, mobile: `+32${born.replaceAll("-", "")}${serial}` },
  language: "fr",
  availability: always,
  centres: [],
  vaccines: ["pfizer", "moderna", "astrazeneca", "janssen"],
  conditions: [],
  consent: { textVersion: "2021-04", given: true },
  ...wishes,
});

/** So many people, the eldest first, each born a day after the one before. */
export const newVolunteers = (
  count: number,
  { born = "1940-01-01", ...wishes }: Someone = {},
): NewVolunteer[] =>
  Array.from({ length: count }, (_, days) => {
    const day = instant(millis(instant(new Date(born))) + days * 86_400_000).slice(0, 10);
    return newVolunteer({ ...wishes, born: day });
  });
