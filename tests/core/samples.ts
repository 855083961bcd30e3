import fc from "fast-check";
import type { Candidate } from "../../gateway/core/eligibility.ts";
import {
  type CampaignId,
  type InvitationId,
  instant,
  Vaccine,
  type VolunteerId,
} from "../../schema/primitives.ts";
import { PolicyRules } from "../../schema/region.ts";
import { always, Condition } from "../../schema/volunteer.ts";

/** The rules of the four regions in April 2021. */
export const rules = PolicyRules.parse({
  campaign: "covid-2021" as CampaignId,
  consentText: "2021-04",
  asks: { nationalNumber: "required", postcode: "required", email: "optional", mobile: "required" },
  underAge: "park",
  order: [
    { name: "65-plus", fromAge: 65 },
    { name: "at-risk", fromAge: 18, toAge: 64, condition: "at-risk" },
    { name: "under-65", fromAge: 18, toAge: 64 },
  ],
  vaccineFromAge: { astrazeneca: 55 },
});

const start = Date.parse("2021-04-06T00:00:00Z");
/** A moment of the campaign's first month, to the minute. */
export const moment = fc
  .integer({ min: 0, max: 30 * 24 * 60 })
  .map((minute) => instant(start + minute * 60_000));

/** A day on which someone alive in 2021 may be born, 29 February included. */
export const birthday = fc
  .integer({ min: Date.parse("1900-01-01") / 86_400_000, max: Date.parse("2021-03-31") / 86_400_000 })
  .map((day) => instant(day * 86_400_000).slice(0, 10));

export const candidate: fc.Arbitrary<Candidate> = fc.record({
  id: fc.uuid({ version: 4 }).map((id) => id as VolunteerId),
  birthDate: birthday,
  conditions: fc.subarray([...Condition.options]),
  vaccines: fc.subarray([...Vaccine.options], { minLength: 1 }),
  availability: fc.constant(always),
});

export const invitationId = fc.uuid({ version: 4 }).map((id) => id as InvitationId);
