import { refuse } from "../../../schema/errors.ts";
import {
  type CampaignId,
  type CentreId,
  type Instant,
  localDay,
  type VolunteerId,
} from "../../../schema/primitives.ts";
import { type Centre, type Policy, type Region, within } from "../../../schema/region.ts";
import type { NewVolunteer, Registered } from "../../../schema/volunteer.ts";
import { admit, birthDateOf, evidence } from "../../core/identity.ts";
import type { Entry, Known } from "../../store/intake.ts";
import { nameOf } from "../../store/requests.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import { onArrival } from "../arrival.ts";
import type { Actor, Deps } from "../deps.ts";
import { helperBy } from "../help.ts";
import { sealContact, sealNames, sealNational, shown } from "../person.ts";
import { abandonedBefore, concluded, type Request, replyOf } from "../remember.ts";
import type { Directory } from "./directory.ts";

/** Somebody who registers, and the request that says so, where it has a key. */
export type Arrival = { input: NewVolunteer; actor: Actor; request?: Request };
/** The same with what it is looked up by: the digests of the person, unless no birth date is theirs. */
export type Sought = { arrival: Arrival; digests: Uint8Array[] };
/** What is answered: `body` is `registered` in letters, or those of the first time. */
export type Answer = { body: string; registered?: Registered };

const status = 201;

export const seek = (deps: Deps, arrival: Arrival, now: Instant): Sought => {
  const { input } = arrival;
  const birth = birthDateOf(input, localDay(now));
  if ("issue" in birth) return { arrival, digests: [] };
  return { arrival, digests: deps.vault.digests("identity", evidence({ ...input, ...birth })) };
};

/** The centres that may call this person: chosen in Brussels, elsewhere those that serve the domicile. */
export const centresFor = (
  region: Region,
  all: readonly Centre[],
  wish: { centres: readonly CentreId[]; postcode?: string },
): CentreId[] => {
  if (region.centreBy === "choice") {
    const known = new Set(all.map(({ id }) => id));
    if (wish.centres.length === 0 || wish.centres.some((id) => !known.has(id)))
      refuse("invalid_input", undefined, [
        { in: "body", at: "/centres", detail: "choose one or more centres, all of this region" },
      ]);
    return [...new Set(wish.centres)];
  }
  const { postcode } = wish;
  if (postcode === undefined || !within(postcode, region.postcodes))
    return refuse("invalid_input", undefined, [
      { in: "body", at: "/postcode", detail: "a postcode of this region: the centre follows from it" },
    ]);
  return all.filter((centre) => within(postcode, centre.serves)).map(({ id }) => id);
};

/** The rules by which somebody registers, or why they cannot. */
const ruled = (
  directory: Directory,
  { input }: Arrival,
  now: Instant,
): { birthDate: string; centres: CentreId[]; policy: Policy } => {
  const region =
    directory.region(input.region) ??
    refuse("invalid_input", undefined, [{ in: "body", at: "/region", detail: "no such region" }]);
  const policy =
    directory.policyOf(region.id, now) ?? refuse("not_found", `there is no policy in force for ${region.id}`);
  const { birthDate, issues } = admit(input, policy.rules, localDay(now));
  if (birthDate === undefined) return refuse("policy_refuses", undefined, issues);
  return { birthDate, policy, centres: centresFor(region, directory.centresOf(region.id), input) };
};

const rowOf = (
  deps: Deps,
  { arrival: { input }, digests }: Sought,
  {
    birthDate,
    centres,
    campaign,
    now,
  }: { birthDate: string; centres: CentreId[]; campaign: CampaignId; now: Instant },
): VolunteerRow => {
  const id = deps.uuid() as VolunteerId;
  return {
    id,
    region: input.region,
    campaign,
    state: "active",
    identityDigest: digests[0] ?? refuse("internal"),
    twins: deps.vault.twins("identity", digests),
    repeatOf: null,
    personSealed: sealNames(deps, id, input),
    ...sealContact(deps, id, input),
    nationalSealed: sealNational(deps, id, input.nationalNumber),
    birthDate,
    birthYearOnly: false,
    postcode: input.postcode ?? null,
    centres,
    availability: { ...input.availability, from: input.availability.from ?? localDay(now) },
    vaccines: input.vaccines,
    conditions: input.conditions,
    language: input.language,
    consentText: input.consent.textVersion,
    consentAt: now,
    registeredAt: now,
    updatedAt: now,
    lastDoseOn: input.lastDoseOn ?? null,
    closedFor: null,
    closedFrom: null,
  };
};

type Seen = { known: Known; directory: Directory; now: Instant };
/** `again`: the first answer. `abandoned`: the key of one that died is to be freed first. */
export type Decision = { again: Answer } | { abandoned: Request } | { entry: Entry; answer: Answer };

/**
 * What becomes of one registration, as of what was looked up; throws its refusal.
 *
 * Whoever is on the list already gets the same answer as a newcomer, and the same letter, so that nobody learns from
 * either that they are (F20). The second registration waits beside the first and is never called. Nor is somebody
 * with a dose or an official appointment, and whoever registers them learns nothing of that either.
 */
export const decide = (deps: Deps, sought: Sought, { known, directory, now }: Seen): Decision => {
  const { arrival, digests } = sought;
  const { input, actor, request } = arrival;
  const earlier = request && known.requests.get(nameOf(request));
  if (request && earlier) {
    if (earlier.status === null && earlier.startedAt < abandonedBefore(now)) return { abandoned: request };
    return { again: { body: replyOf(deps, request, earlier).body } };
  }
  const { birthDate, centres, policy } = ruled(directory, arrival, now);
  const { campaign, minimumAge } = policy.rules;
  const row = rowOf(deps, sought, { birthDate, centres, campaign, now });
  const token = deps.token();
  const volunteer = shown(row, input, { minimumAge, today: localDay(now) });
  const registered = { volunteer, token };
  const body = JSON.stringify(registered);
  const theirs = known.people(digests);
  const first = theirs.find((each) => each.campaign === campaign);
  const endings = known.endings(digests);
  const entered: VolunteerRow = first
    ? { ...row, repeatOf: first.id }
    : { ...row, ...onArrival(row, endings, false) };
  return {
    answer: { body, registered },
    entry: {
      row: entered,
      token: deps.vault.digest("token", token),
      orders: ordersFor(entered, { directory, now, isElsewhere: theirs.length > 0 }),
      event: first ? "volunteer.registered-again" : "volunteer.registered",
      actor,
      request: request && concluded(deps, request, { at: now, status, body }),
      // Who comes with a key may hand on whole houses.
      helper:
        input.helper && actor === "volunteer"
          ? helperBy(deps, input.helper.contact, policy.rules)
          : undefined,
      joins: theirs.length === 0,
    },
  };
};

/**
 * A greeting; and a newcomer whom nobody else has is told to the list that their first centre is on. Whoever is registered
 * in another campaign may just be asked there: they get their place behind the answer, which would tell it by its time.
 */
const ordersFor = (
  row: VolunteerRow,
  { directory, now, isElsewhere }: { directory: Directory; now: Instant; isElsewhere: boolean },
): Entry["orders"] => {
  const { id: volunteer, repeatOf, closedFor, centres } = row;
  const place = isElsewhere && !repeatOf ? { place: true as const } : {};
  const greeting = { effect: { kind: "greet" as const, volunteer, ...place }, lane: "greet" };
  if (repeatOf || closedFor) return [greeting];
  const platform = centres[0] && directory.rosterOf(centres[0], now);
  const lane = platform ? `roster ${platform}` : "roster";
  return [greeting, { effect: { kind: "roster-put" as const, volunteer }, lane }];
};
