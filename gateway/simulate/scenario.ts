import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { CentreId, Vaccine } from "../../schema/primitives.ts";
import { PolicyRules, WallTime } from "../../schema/region.ts";
import { france2021 } from "../core/response.ts";

const Share = z.number().min(0).max(1);
const Minutes = z.number().min(0).max(600);

const strategyNames = ["everydose", "strict", "triple", "covidliste", "oracle"] as const;
export type StrategyName = (typeof strategyNames)[number];

const List = z.strictObject({
  size: z.number().int().min(1).max(100_000),
  ages: z.literal("belgium-2021").default("belgium-2021"),
  atRiskShare: Share.default(0.12),
});

const OtherCentre = z.strictObject({
  id: CentreId,
  size: z.number().int().min(0).max(100_000).default(0).meta({ description: "people on this list alone" }),
  shared: Share.default(0).meta({ description: "how many of the first list are on this one too" }),
});

const SimulatedSurplus = z
  .strictObject({
    at: WallTime,
    doses: z.number().int().min(1).max(500),
    usableUntil: WallTime,
    centre: CentreId.optional().meta({ description: "the scenario's first centre by default" }),
    vaccine: Vaccine.default("pfizer"),
  })
  .refine(({ at, usableUntil }) => at < usableUntil, {
    path: ["usableUntil"],
    error: "must be later than `at`, on the same day",
  });

const People = z
  .strictObject({
    yes: Share.meta({ description: "who would ever say yes, of those reached" }),
    yesByAge: z
      .array(z.tuple([z.number().int().min(0).max(120), Share]))
      .default([])
      .meta({ description: "[from age, yes] instead of `yes`; the highest age that is reached counts" }),
    no: Share.default(0.05).meta({ description: "who say no; the others are silent" }),
    curve: z.strictObject({ a: z.number(), b: z.number().min(0), c: z.number().min(0) }).default(france2021),
    undelivered: Share.default(0.03),
    noShow: Share.default(0.04),
    available: Share.default(0.5).meta({
      description: "who said beforehand that they can come that evening",
    }),
    delay: z
      .strictObject({ share: Share, minutes: Minutes })
      .optional()
      .meta({ description: "how many messages the channel takes so much later" }),
  })
  .refine(
    ({ yes, yesByAge, no }) => [yes, ...yesByAge.map(([, each]) => each)].every((each) => each + no <= 1),
    {
      path: ["no"],
      error: "with `yes` it must not exceed 1",
    },
  );

const rulesWith = (rules: Record<string, unknown>) =>
  PolicyRules.safeParse({
    ...{ campaign: "covid-2021", consentText: "2021-04", underAge: "park" },
    asks: { nationalNumber: "required", postcode: "required", email: "required", mobile: "required" },
    order: [
      { name: "65-plus", fromAge: 65 },
      { name: "at-risk", fromAge: 18, toAge: 64, condition: "at-risk" },
      { name: "under-65", fromAge: 18, toAge: 64 },
    ],
    ...rules,
  });

/**
 * An evening to play, or many like it. What is absent has the default that stands here; `policy` takes any rule of
 * a region's policy, and Belgium's of 2021 stand in for the rest.
 */
export const Scenario = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/, "lower case letters, digits and hyphens"),
    about: z.string().max(200).optional(),
    centre: CentreId,
    list: List,
    centres: z.array(OtherCentre).max(8).default([]).meta({ description: "further ones of the same region" }),
    surpluses: z.array(SimulatedSurplus).min(1).max(20),
    travelMinutes: z.number().int().min(0).max(240).default(30),
    people: People,
    policy: z.record(z.string(), z.unknown()).default({}),
    strategies: z
      .array(z.enum(strategyNames))
      .min(1)
      .default([...strategyNames]),
  })
  .check(({ value, issues }) => {
    const known = new Set([value.centre, ...value.centres.map(({ id }) => id)]);
    for (const [index, { centre }] of value.surpluses.entries())
      if (centre && !known.has(centre))
        issues.push({
          ...{ code: "custom", input: centre, path: ["surpluses", index, "centre"] },
          message: `is none of ${[...known].join(", ")}`,
        });
    for (const issue of rulesWith(value.policy).error?.issues ?? [])
      issues.push({ ...issue, code: "custom", input: value.policy, path: ["policy", ...issue.path] });
  });
export type Scenario = z.infer<typeof Scenario>;

/** The scenario's policy, whole; the way to the centre is the scenario's unless the policy says another. */
export const rulesOf = ({ policy, travelMinutes }: Scenario): PolicyRules =>
  PolicyRules.parse(rulesWith({ travelMinutes, ...policy }).data);

export class ScenarioRefusal extends Error {}

/** What a file's text says; refuses with each fault and the field that it is in. */
export const readScenario = (text: string, file: string): Scenario => {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (cause) {
    throw new ScenarioRefusal(`${file}: this is not JSON: ${String(cause)}`, { cause });
  }
  const { data, error } = Scenario.safeParse(said);
  if (data) return data;
  const faults = error.issues.map(
    ({ path, message }) => `${file}: ${path.join(".") || "(whole)"}: ${message}`,
  );
  throw new ScenarioRefusal(faults.join("\n"));
};

const folder = fileURLToPath(new URL("scenarios", import.meta.url));

export const shippedScenarios = (): string[] =>
  readdirSync(folder)
    .map((file) => basename(file, ".json"))
    .toSorted();

/** A scenario by the path of its file, or by the name of one that is shipped. */
export const loadScenario = (file: string): Scenario => {
  const path = shippedScenarios().includes(file) ? join(folder, `${file}.json`) : file;
  try {
    return readScenario(readFileSync(path, "utf8"), path);
  } catch (cause) {
    if (cause instanceof ScenarioRefusal) throw cause;
    throw new ScenarioRefusal(
      `${file}: there is no such file, and the scenarios shipped are ${shippedScenarios().join(", ")}`,
      { cause },
    );
  }
};
