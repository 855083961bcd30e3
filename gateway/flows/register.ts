import { refuse } from "../../schema/errors.ts";
import { type CentreId, type Instant, localDay, type VolunteerId } from "../../schema/primitives.ts";
import { type Centre, type Policy, type Region, within } from "../../schema/region.ts";
import type { NewVolunteer, Registered } from "../../schema/volunteer.ts";
import { admit, evidence } from "../core/identity.ts";
import * as audit from "../store/audit.ts";
import type { Db } from "../store/db.ts";
import * as officials from "../store/officials.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as queue from "../store/queue.ts";
import * as tokens from "../store/tokens.ts";
import * as volunteers from "../store/volunteers.ts";
import { isLater, onArrival } from "./arrival.ts";
import { type Actor, type Deps, policyOf, transact } from "./deps.ts";
import { sealContact, sealNames, sealNational, show } from "./person.ts";

const regionOf = async (tx: Db, input: NewVolunteer): Promise<Region> =>
  (await places.allRegions(tx)).find(({ id }) => id === input.region) ??
  refuse("invalid_input", undefined, [{ in: "body", at: "/region", detail: "no such region" }]);

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

const rowOf = (
  deps: Deps,
  {
    input,
    birthDate,
    centres,
    policy,
    now,
  }: {
    input: NewVolunteer;
    birthDate: string;
    centres: CentreId[];
    policy: Policy;
    now: Instant;
  },
): volunteers.VolunteerRow => {
  const id = deps.uuid() as VolunteerId;
  return {
    id,
    region: input.region,
    campaign: policy.rules.campaign,
    state: "active",
    identityDigest: deps.vault.digest("identity", evidence({ ...input, birthDate })),
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

/** A new token for a purpose, of which only the digest is kept. */
export const issueToken = async (
  tx: Db,
  deps: Deps,
  holder: Pick<tokens.TokenRow, "purpose" | "volunteer"> & Partial<tokens.TokenRow>,
): Promise<string> => {
  const token = deps.token();
  await tokens.issue(tx, { ...holder, digest: deps.vault.digest("token", token), issuedAt: deps.now() });
  return token;
};

/**
 * One durable write, and the person is on the list: there is nothing to wait for (F01).
 *
 * Whoever is on it already gets the same answer as a newcomer, and the same letter, so that nobody learns from
 * either that they are (F20). The second registration waits beside the first and is never called. Nor is somebody
 * with a dose or an official appointment, and whoever registers them learns nothing of that either.
 */
export const register = (deps: Deps, input: NewVolunteer, actor: Actor): Promise<Registered> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const region = await regionOf(tx, input);
    const policy = await policyOf(tx, { region: region.id }, now);
    const { birthDate, issues } = admit(input, policy.rules, localDay(now));
    if (birthDate === undefined) return refuse("policy_refuses", undefined, issues);
    const centres = centresFor(region, await places.centresOf(tx, region.id), input);
    const row = rowOf(deps, { input, birthDate, centres, policy, now });
    const digests = deps.vault.digests("identity", evidence({ ...input, birthDate }));
    const find = () => volunteers.byIdentity(tx, { campaign: row.campaign, digests });
    // Looked for beforehand, since the database only compares digests of one and the same key.
    const known = await find();
    const arrival = onArrival(row, await officials.endingOf(tx, digests), await isLater(tx, row.campaign));
    const added = known ? undefined : await volunteers.add(tx, { ...row, ...arrival });
    const first = known ?? added ?? (await find()) ?? refuse("conflict");
    if (!added) await volunteers.add(tx, { ...row, repeatOf: first.id });
    await queue.settle(tx, row.id);
    const token = await issueToken(tx, deps, { purpose: "manage", volunteer: row.id });
    await outbox.enqueue(
      tx,
      [
        { kind: "greet", volunteer: row.id },
        ...(added && !arrival.closedFor ? [{ kind: "roster-put" as const, volunteer: row.id }] : []),
      ],
      now,
    );
    const event = added ? "volunteer.registered" : "volunteer.registered-again";
    await audit.note(tx, { at: now, region: region.id, actor, event, subject: row.id });
    return { volunteer: show(deps, row, policy.rules.minimumAge), token };
  });
