import type { RenewalId } from "../../../schema/campaign.ts";
import {
  type CampaignId,
  type Instant,
  instant,
  localDay,
  millis,
  type RegionId,
  type VolunteerId,
} from "../../../schema/primitives.ts";
import type { PolicyRules } from "../../../schema/region.ts";
import { whyNot } from "../../core/renewal.ts";
import * as audit from "../../store/audit.ts";
import * as campaigns from "../../store/campaigns.ts";
import * as consents from "../../store/consents.ts";
import type { Db } from "../../store/db.ts";
import * as places from "../../store/places.ts";
import * as renewals from "../../store/renewals.ts";
import type { VolunteerRow } from "../../store/volunteers.ts";
import { compose } from "../../words/compose.ts";
import { type Deps, transact } from "../deps.ts";
import type { Letter } from "../letter.ts";
import { addressee } from "../person.ts";
import { derivedTokens } from "../token.ts";

/*
 * The people of the earlier campaign are written to, some at a time. Who is to be asked is written down before anybody
 * is written to, once a person; and no more are written down than can be written to soon.
 */

/** So many people of the earlier campaign are looked at in one turn. */
const lookedAt = 500;
/** So many messages leave in one turn, well within the time for which their people are claimed. */
const atOnce = 60;
/** With so many messages waiting, nobody else is looked at: the channels come first. */
const waitingAtMost = 2 * atOnce;
const leaseMs = 120_000;

export type ToAsk = { id: RenewalId; tries: number; letter: Letter };

/**
 * Derived from the renewal's id, so that each try of sending carries the same one: an earlier try may have arrived
 * although its reply was lost. Nobody can compute it without the key; only its own digest is stored.
 */
const tokenOf = (deps: Deps, id: RenewalId): string => derivedTokens(deps, "renewal", id)[0] ?? "";

/** The same once it was written down, also where another key writes since. */
const tokenOn = (deps: Deps, { id, tokenDigest }: renewals.RenewalRow): string =>
  derivedTokens(deps, "renewal", id).find((token) =>
    deps.vault.digests("token", token).some((each) => Buffer.compare(each, tokenDigest) === 0),
  ) ?? tokenOf(deps, id);

const rulesIn = async (tx: Db, row: campaigns.CampaignRow, at: Instant) => {
  const rules = new Map<RegionId, PolicyRules>();
  for (const region of row.regions) {
    const policy = await places.policyInForce(tx, region, { at, campaign: row.id });
    if (policy) rules.set(region, policy.rules);
  }
  return rules;
};

/** Writes down the next whom to ask, and how far that is; `false` where there is nobody left to look at. */
const lookFurther = async (tx: Db, deps: Deps, row: campaigns.CampaignRow): Promise<boolean> => {
  const now = deps.now();
  const rules = await rulesIn(tx, row, now);
  const { id: campaign, regions, askCursor, origin } = row;
  const span = { campaign, regions, after: askCursor ?? undefined, limit: lookedAt };
  const page = origin ? await campaigns.members(tx, { ...span, origin }) : [];
  const asked = page.filter((member) => {
    const own = rules.get(member.region);
    return own && whyNot(own, member, localDay(now)) === undefined;
  });
  const rows = asked.map(({ id: volunteer }) => {
    const id = deps.uuid() as RenewalId;
    return {
      id,
      campaign,
      volunteer,
      tryAt: now,
      tokenDigest: deps.vault.digest("token", tokenOf(deps, id)),
    };
  });
  await renewals.addAll(tx, rows);
  const last = page.at(-1);
  if (!last) return false;
  await campaigns.set(tx, campaign, { askCursor: last.id, seen: row.seen + page.length });
  return true;
};

const begun = async (tx: Db, row: campaigns.CampaignRow): Promise<campaigns.CampaignRow> =>
  row.askState === "running" || row.origin === null
    ? row
    : campaigns.set(tx, row.id, {
        askState: "running",
        total: await campaigns.countIn(tx, row.origin, row.regions),
      });

const finished = async (tx: Db, row: campaigns.CampaignRow, at: Instant): Promise<undefined> => {
  await campaigns.set(tx, row.id, { askState: "done" });
  const facts = { campaign: row.id, total: row.total };
  await audit.note(tx, { at, actor: "gateway", event: "campaign.asked", facts });
};

type Sending = {
  row: renewals.RenewalRow;
  campaign: campaigns.CampaignRow;
  people: ReadonlyMap<VolunteerId, VolunteerRow>;
  publicUrl: string;
};

const letterTo = async (
  tx: Db,
  deps: Deps,
  { row, campaign, people, publicUrl }: Sending,
): Promise<ToAsk | undefined> => {
  const person = people.get(row.volunteer);
  if (!person || person.state === "withdrawn" || person.closedFor === "died" || campaign.name === null) {
    await renewals.change(tx, row.id, { state: "over" });
    return undefined;
  }
  if (await consents.isWithdrawn(tx, person.id, "next-campaign")) {
    await renewals.change(tx, row.id, { state: "over" });
    return undefined;
  }
  const { contact, language, ...names } = addressee(deps, person);
  const facts = {
    ...{ givenName: names.givenName, helperName: names.helperName, campaign: campaign.name[language] },
    link: `${publicUrl}/renew#${tokenOn(deps, row)}`,
  };
  const about = "renewal" as const;
  const letter = { reference: `${row.id}-${about}`, about, ...compose({ about, language, facts }) };
  return { id: row.id, tries: row.tries, letter: { contact, letter } };
};

/**
 * The next letters that a campaign writes; a moment where it is too early; nothing where it has written to everybody,
 * or is halted.
 */
export const nextLetters = (
  deps: Deps,
  id: CampaignId,
  publicUrl: string,
): Promise<ToAsk[] | Instant | undefined> =>
  transact(deps, async (tx) => {
    const now = deps.now();
    const found = await campaigns.lock(tx, id);
    if (!found || found.ended || (found.askState !== "waiting" && found.askState !== "running"))
      return undefined;
    if (campaigns.opened(found) > now) return campaigns.opened(found);
    const campaign = await begun(tx, found);
    const isFull = (await renewals.waiting(tx, id)) >= waitingAtMost;
    const isMore = isFull || (await lookFurther(tx, deps, campaign));
    const letters: ToAsk[] = [];
    const taken = await renewals.take(tx, id, { now, limit: atOnce, leaseMs });
    const people = taken.length > 0 ? await renewals.peopleOf(tx, taken) : new Map<never, never>();
    for (const row of taken) {
      const letter = await letterTo(tx, deps, { row, campaign, people, publicUrl });
      if (letter) letters.push(letter);
    }
    if (letters.length > 0) return letters;
    const next = await renewals.nextTry(tx, id);
    if (isMore && !isFull) return now;
    return next ?? finished(tx, campaign, now);
  });

/** A channel took the message, or will never. */
export const noteLetter = async (
  deps: Deps,
  id: RenewalId,
  became: "sent" | "unreachable",
): Promise<void> => {
  if (became === "sent") await renewals.sent(deps.db, id, deps.now());
  else await renewals.change(deps.db, id, { state: "unreachable" });
};

/** The message could not leave now; later, and later still the oftener that was so. */
export const putOff = async (deps: Deps, { id, tries }: ToAsk, isTried: boolean): Promise<void> => {
  const wait = isTried ? Math.min(3_600_000, 30_000 * 2 ** Math.min(tries - 1, 10)) : 0;
  const back = isTried ? {} : { tries: tries - 1 };
  await renewals.change(deps.db, id, { tryAt: instant(millis(deps.now()) + wait), ...back });
};
