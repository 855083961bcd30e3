import { type CentreId, type Instant, local } from "../../schema/primitives.ts";
import { type Belief, type Channel, crude, hourOf, keptEachEvening, type Tally } from "../core/belief.ts";
import { minutesBetween } from "../core/hours.ts";
import { bandOf } from "../core/report.ts";
import { answeredWithin } from "../core/response.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { Ledger } from "../store/ledger.ts";
import type { TallyRow } from "../store/tallies.ts";

/* What earlier evenings taught of how people answer, and what this one adds. */

/** How a centre's people are asked now. */
export const channelOf = async (ledger: Ledger, centre: CentreId, at: Instant): Promise<Channel> =>
  (await ledger.places.platformFor({ centre, role: "invite", at })) ?? "letter";

export const readBelief = async (ledger: Ledger, centre: CentreId): Promise<Belief> => {
  const belief = {
    ...crude,
    bands: { ...crude.bands },
    hours: { ...crude.hours },
    channels: {} as Record<string, Tally>,
  };
  for (const { asked, yes, ...of } of await ledger.tallies.known(centre)) {
    const tally = { asked, yes };
    if (of.band) belief.bands[of.band] = tally;
    else if (of.hour) belief.hours[of.hour] = tally;
    else if (of.channel) belief.channels[of.channel] = tally;
    else if (of.centre) belief.here = tally;
    else belief.everywhere = tally;
  }
  return belief;
};

/** Since when nothing could be heard of it any more: it was taken back, or every dose had found its person. */
export const askedUntil = ({ state, yesAt, endedAt }: InvitationRow): Instant | undefined =>
  (state === "released" || state === "revoked") && !yesAt ? (endedAt ?? undefined) : undefined;

/** What an evening taught, by trait. Whoever was asked shortly before the end counts for the answers due by then. */
const lessons = (asked: readonly InvitationRow[], channel: Channel, now: Instant): TallyRow[] => {
  const rows = new Map<string, TallyRow>();
  for (const row of asked) {
    if (!row.takenAt) continue;
    const band = bandOf(row.reason.age);
    const hour = hourOf(local(row.decidedAt)[1]);
    const trait = { centre: row.centre, band, hour, channel: row.platform ?? channel };
    const key = Object.values(trait).join();
    const sum = rows.get(key) ?? { ...trait, asked: 0, yes: 0 };
    const heardFor = minutesBetween(row.takenAt, askedUntil(row) ?? now);
    sum.asked += answeredWithin(crude.curve, heardFor);
    if (row.yesAt) sum.yes += 1;
    rows.set(key, sum);
  }
  return [...rows.values()];
};

/** Keeps what a surplus that is over has taught. */
export const learn = async (
  ledger: Ledger,
  surplus: { id: InvitationRow["surplus"]; centre: CentreId },
  now: Instant,
): Promise<void> => {
  const channel = await channelOf(ledger, surplus.centre, now);
  const rows = lessons(await ledger.invitations.ofSurplus(surplus.id), channel, now);
  await ledger.tallies.learn(rows, { kept: keptEachEvening });
};
