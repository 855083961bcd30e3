import type { CloudEvent, EventData, EventFilter, EventType, Family } from "../../schema/cloud-event.ts";
import type { KeyRole } from "../../schema/key.ts";
import type { CentreId, Instant, RegionId } from "../../schema/primitives.ts";
import { movesIn } from "./replay.ts";

/*
 * What happened, as others may hear of it: a line of the audit at its place in the chain of its region, of which only
 * what this table names goes out. What it does not name (who looked at whom, how two registrations were compared, who got
 * a key) is nobody's business outside.
 */

const types: Readonly<Record<string, EventType>> = {
  "surplus.announced": "everydose.surplus.announced",
  "surplus.adjusted": "everydose.surplus.changed",
  "surplus.cancelled": "everydose.surplus.cancelled",
  "surplus.closed": "everydose.surplus.closed",
  "surplus.left-over": "everydose.surplus.left_over",
  "invitation.decided": "everydose.invitation.decided",
  "invitation.taken": "everydose.invitation.sent",
  "invitation.yes": "everydose.invitation.accepted",
  "invitation.declined": "everydose.invitation.declined",
  "invitation.window-ended": "everydose.invitation.lapsed",
  "invitation.undeliverable": "everydose.invitation.undeliverable",
  "invitation.revoked": "everydose.invitation.revoked",
  "invitation.released": "everydose.invitation.released",
  "booking.promised": "everydose.booking.promised",
  "booking.booked": "everydose.booking.booked",
  "booking.booked-later": "everydose.booking.booked",
  "booking.kept-by-hand": "everydose.booking.booked",
  "booking.refused": "everydose.booking.refused",
  "booking.moved": "everydose.booking.moved",
  "booking.cancelled": "everydose.booking.cancelled",
  "booking.attended": "everydose.booking.attended",
  "booking.no-show": "everydose.booking.no_show",
  "booking.walk-in": "everydose.booking.walk_in",
  // Both alike: nobody learns from an event that somebody was on the list already (F20).
  "volunteer.registered": "everydose.registration.made",
  "volunteer.registered-again": "everydose.registration.made",
  "volunteer.added": "everydose.registration.made",
  "volunteer.changed": "everydose.registration.changed",
  "volunteer.corrected": "everydose.registration.changed",
  "volunteer.paused": "everydose.registration.paused",
  "volunteer.resumed": "everydose.registration.resumed",
  "volunteer.withdrawn": "everydose.registration.left",
  "volunteer.left": "everydose.registration.left",
  "volunteer.erased": "everydose.registration.erased",
  "platform.failing": "everydose.platform.failing",
  "platform.recovered": "everydose.platform.recovered",
  "policy.enacted": "everydose.policy.enacted",
  "bindings.read": "everydose.binding.read",
  "binding.ordered": "everydose.binding.ordered",
  "binding.moved": "everydose.binding.moved",
  "binding.taken-back": "everydose.binding.taken_back",
  "binding.undone": "everydose.binding.undone",
  "binding.halted": "everydose.binding.halted",
  "binding.resumed": "everydose.binding.resumed",
  "binding.carried-over": "everydose.binding.carried_over",
  "campaign.ordered": "everydose.campaign.ordered",
  "campaign.taken-back": "everydose.campaign.taken_back",
  "campaign.halted": "everydose.campaign.halted",
  "campaign.resumed": "everydose.campaign.resumed",
  "webhook.disabled": "everydose.webhook.disabled",
};

/** The lines of the audit that are told at all. */
export const toldLines = Object.keys(types);

/** Which families of events each role hears of: what it may see elsewhere (gateway/http/permissions.ts). */
const heard: Partial<Record<KeyRole, readonly Family[]>> = {
  staff: ["surplus", "invitation", "booking", "platform", "policy", "binding"],
  lead: ["surplus", "invitation", "booking", "platform", "policy", "binding"],
  agency: [
    ...(["surplus", "invitation", "booking", "registration"] as const),
    ...(["platform", "policy", "binding", "campaign", "webhook"] as const),
  ],
  operator: [
    ...(["surplus", "invitation", "booking", "registration"] as const),
    ...(["platform", "policy", "binding", "campaign", "webhook"] as const),
  ],
  platform: ["surplus", "booking", "platform", "policy", "binding", "campaign", "webhook"],
  reporting: ["surplus", "booking", "policy", "platform"],
};

/** Who is told: by their role, where they reach, and what they want to hear. `regions`: each that they reach, by name. */
export type Hearer = {
  label: string;
  role: KeyRole;
  regions: readonly RegionId[];
  /** Where they reach these alone. */
  centres?: readonly CentreId[] | undefined;
  types?: readonly EventFilter[] | undefined;
};

/** A line at its place: in the chain of that region, "" for what is about none. */
export type Told = {
  region: RegionId | "";
  number: number;
  at: Instant;
  event: string;
  subject: string | null;
  facts: Readonly<Record<string, unknown>>;
  /** Of the surplus that it is about. */
  centre?: CentreId | undefined;
};

const familyOf = (type: EventType): Family => type.split(".")[1] as Family;

const isWanted = (type: EventType, wanted: Hearer["types"]): boolean =>
  wanted === undefined || wanted.includes(type) || wanted.includes(`everydose.${familyOf(type)}.*`);

const text = <Word extends string>(value: unknown): Word | undefined =>
  typeof value === "string" ? (value as Word) : undefined;

const subjectOf: Partial<Record<Family, keyof EventData>> = {
  ...{ surplus: "surplus", invitation: "invitation", booking: "booking" },
  ...{ registration: "registration", binding: "change", webhook: "webhook" },
};

/** The facts that go out, by family; of whoever is asked or expected, none does. */
const dataOf = (family: Family, { region, subject, facts, centre }: Told): EventData => {
  const about = subjectOf[family];
  const doses = movesIn({ facts })
    .filter(([, , count]) => count > 0)
    .map(([from, to, count]) => ({ from, to, count }));
  const ofDoses = family === "surplus" || family === "invitation" || family === "booking";
  return {
    ...(region === "" ? {} : { region }),
    ...(centre ? { centre } : {}),
    ...(ofDoses ? { surplus: text(facts.surplus) } : {}),
    ...(about && subject ? { [about]: subject } : {}),
    ...(family === "invitation" ? { kind: text(facts.kind) } : {}),
    ...(family === "booking" ? { invitation: text(facts.invitation), platform: text(facts.platform) } : {}),
    ...(family === "platform" ? { platform: text(facts.platform), fault: text(facts.fault) } : {}),
    ...(family === "policy" && typeof facts.version === "number" ? { policyVersion: facts.version } : {}),
    ...(family === "campaign" ? { campaign: text(facts.campaign) } : {}),
    ...(family === "webhook" ? { because: text(facts.because) } : {}),
    ...(doses.length > 0 ? { doses } : {}),
  };
};

/** Whether somebody who reaches no further may hear of it: what is about no region is told by what it is about. */
const isWithin = (family: Family, { region, facts, centre }: Told, hearer: Hearer): boolean => {
  if (family === "webhook" && hearer.role === "platform") return facts.owner === hearer.label;
  if (family === "campaign")
    return Array.isArray(facts.regions) && facts.regions.some((each) => hearer.regions.includes(each));
  const isOfNoCentre = family === "platform" || family === "policy" || family === "binding";
  if (region !== "" && !hearer.regions.includes(region)) return false;
  if (hearer.centres === undefined) return true;
  return centre ? hearer.centres.includes(centre) : isOfNoCentre;
};

export const eventId = (region: string, number: number): string =>
  region === "" ? `evt_${number}` : `evt_${region}_${number}`;

/** The place that an event's id names. */
export const placeOf = (id: string): { region: RegionId | ""; number: number } => {
  const [, region = "", number = ""] = /^evt_(?:(.+)_)?(\d+)$/.exec(id) ?? [];
  return { region: region as RegionId | "", number: Number(number) };
};

export const typeOf = ({ event }: Pick<Told, "event">): EventType | undefined => types[event];

/** What is told of a line to somebody; nothing where it is not for them. `base`: the gateway's own address. */
export const eventFor = (line: Told, hearer: Hearer, base: string): CloudEvent | undefined => {
  const type = typeOf(line);
  if (!type || !isWanted(type, hearer.types)) return undefined;
  const family = familyOf(type);
  if (!heard[hearer.role]?.includes(family) || !isWithin(family, line, hearer)) return undefined;
  const { region, number, at, subject, facts } = line;
  const about = subject ?? text(facts.platform) ?? text(facts.campaign);
  return {
    ...{ specversion: "1.0", id: eventId(region, number) },
    source: region === "" ? `${base}/v1/events` : `${base}/v1/regions/${region}`,
    ...{ type, ...(about ? { subject: about } : {}), time: at, datacontenttype: "application/json" },
    ...{ sequence: String(number).padStart(12, "0"), data: dataOf(family, line) },
  };
};
