import type { BookingRequest } from "../../schema/adapter.ts";
import type {
  BookingId,
  ExternalId,
  Instant,
  InvitationId,
  PlatformName,
  VolunteerId,
} from "../../schema/primitives.ts";
import type { InvitationEvent } from "../../schema/surplus.ts";
import { covers } from "../core/consent.ts";
import { isQuiet } from "../core/hours.ts";
import { toldToLists } from "../core/official.ts";
import * as bookings from "../store/bookings.ts";
import * as consents from "../store/consents.ts";
import type { Db } from "../store/db.ts";
import * as invitations from "../store/invitations.ts";
import { ledgerOf } from "../store/ledger.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as platforms from "../store/platforms.ts";
import * as surpluses from "../store/surpluses.ts";
import type * as tokens from "../store/tokens.ts";
import * as volunteers from "../store/volunteers.ts";
import { listsOf } from "./bindings/lists.ts";
import { type Deps, policyOf, transact } from "./deps.ts";
import { addErrand } from "./erasure/carry.ts";
import { move } from "./move.ts";
import { addressee, guest } from "./person.ts";
import { requestFor } from "./request.ts";
import { answerToken, issueToken } from "./token.ts";
import { mergeCertain, twinOf } from "./twin.ts";

/* What the worker reads in order to carry an effect out, and what it tells once it has. */

const known = async (db: Db, platform: PlatformName | undefined, volunteer: VolunteerId) =>
  (await platforms.identitiesOf(db, volunteer)).find((each) => each.platform === platform)?.externalId;

/**
 * An invitation that may still leave, with all that a channel needs; nothing where its time is over (F03), or where
 * the authority wants nobody woken. A platform
 * that was asked to send it before is asked again, whatever the binding says now: it may have sent it, and only its
 * reply was lost. Whom the bound one may not know of, the gateway writes to itself.
 */
export const invitationToSend = (deps: Deps, id: InvitationId) =>
  transact(deps, async (tx) => {
    const row = await invitations.byId(tx, id);
    const now = deps.now();
    if (row?.state !== "decided" || row.leaveBy <= now || row.channel === "telephone") return undefined;
    const surplus = await surpluses.byId(tx, row.surplus);
    const person = await volunteers.byId(tx, row.volunteer);
    if (surplus?.state !== "open" || person?.state !== "active") return undefined;
    // Decided before the quiet hours, and a channel that was slow: then it leaves no more.
    if (isQuiet((await policyOf(tx, row, now)).rules, now)) return undefined;
    const bound = await places.platformFor(tx, { centre: row.centre, role: "invite", at: now });
    const isShared = !(await consents.isWithdrawn(tx, person.id, "share"));
    const mayAsk = isShared && bound && covers(person.consentText, bound);
    const platform = row.platform ?? (mayAsk ? bound : undefined);
    const externalId = await known(tx, platform, row.volunteer);
    return { row, platform, externalId, guest: guest(deps, person), comeBefore: surplus.usableUntil };
  });

/**
 * Notes which platform is about to ask a person: from then on only its answer counts, and only it is told of a
 * revocation. `false` where the invitation is over, and nobody is to be asked any more.
 */
export const noteInviter = (deps: Deps, id: InvitationId, platform: PlatformName): Promise<boolean> =>
  transact(deps, (tx) => invitations.byPlatform(tx, id, platform));

/** The platform that asked a person, if not the gateway. */
export const inviterOf = async (deps: Deps, id: InvitationId): Promise<PlatformName | undefined> =>
  (await invitations.byId(deps.db, id))?.platform ?? undefined;

/** Applies what became of an invitation outside; one that has moved on meanwhile stays as it is. */
export const tellInvitation = (deps: Deps, id: InvitationId, event: InvitationEvent): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await invitations.byId(tx, id);
    if (row) await move(ledgerOf(tx), row, event);
  });

export const leaveToTelephone = (deps: Deps, id: InvitationId) =>
  transact(deps, (tx) => invitations.byTelephone(tx, id));

/** Nobody writes to the dead, nor to whoever registered them. */
const hasDied = async (tx: Db, { closedFor, repeatOf }: volunteers.VolunteerRow): Promise<boolean> =>
  closedFor === "died" || (repeatOf !== null && (await volunteers.byId(tx, repeatOf))?.closedFor === "died");

/** All that a message speaks of, with the tokens for its link. */
export const messageToWrite = (
  deps: Deps,
  ask: { volunteer: VolunteerId; invitation?: InvitationId; tokens: readonly tokens.Purpose[] },
) =>
  transact(deps, async (tx) => {
    const person = await volunteers.byId(tx, ask.volunteer);
    if (!person || (await hasDied(tx, person))) return undefined;
    const row = ask.invitation && (await invitations.byId(tx, ask.invitation));
    const surplus = row && (await surpluses.byId(tx, row.surplus));
    const { volunteer } = ask;
    const issued: Partial<Record<tokens.Purpose, string>> = {};
    for (const purpose of ask.tokens)
      issued[purpose] =
        purpose === "answer" && row
          ? await answerToken(tx, deps, { row, expiresAt: surplus?.usableUntil })
          : await issueToken(tx, deps, { purpose, volunteer, sent: true });
    return {
      ...addressee(deps, person),
      issued,
      row: row || undefined,
      surplus: surplus || undefined,
      centre: row ? await places.centre(tx, row.centre) : undefined,
      booking: row ? await bookings.byInvitation(tx, row.id) : undefined,
    };
  });

/** What a platform was asked to book, and its reference where its reply arrived. */
export type Asked = { platform: PlatformName; request: BookingRequest; externalRef?: ExternalId };

const askedBefore = (row: bookings.BookingRow, request: BookingRequest): Asked | undefined =>
  row.platform === null
    ? undefined
    : {
        platform: row.platform,
        request: { ...request, at: row.askedFor ?? row.at },
        externalRef: row.externalRef ?? undefined,
      };

/**
 * A booking that its platform has yet to make, with the guest; nothing once nobody is expected any more. `earlier` is
 * what was asked before, for another time or of another platform, and must be cancelled there first. Where there is
 * none, the platform is noted here before it is asked, so that a booking whose reply is lost can be found again;
 * `askedAt` is when it was asked first, if it was before. `until`: when the doses end.
 */
export const bookingToMake = (deps: Deps, id: BookingId) =>
  transact(deps, async (tx) => {
    const row = await bookings.byId(tx, id);
    const request = row?.state === "promised" ? await requestFor(tx, deps, row) : undefined;
    if (!row || !request) return undefined;
    const bound = await places.platformFor(tx, { centre: row.centre, role: "booking", at: deps.now() });
    const kept = row.volunteer ? await consents.isWithdrawn(tx, row.volunteer, "share") : false;
    const platform = kept ? undefined : bound;
    const before = askedBefore(row, request);
    const again = before?.platform === platform && !before?.externalRef && before?.request.at === row.at;
    if (before && !again) return { platform, request, earlier: before };
    const until = (await surpluses.byId(tx, row.surplus))?.usableUntil ?? row.at;
    const askedAt = again ? (row.askedAt ?? undefined) : undefined;
    const noted = { platform, askedFor: row.at, askedAt: askedAt ?? deps.now() };
    return platform && !(await bookings.advance(tx, row, noted))
      ? undefined
      : { platform, request, askedAt, until, promisedAt: row.promisedAt };
  });

/**
 * Notes that the platform is about to be asked for another time than the one promised. `false` where the booking is
 * over, or was moved meanwhile.
 */
export const noteOtherTime = (deps: Deps, { booking, at }: BookingRequest, other: Instant) =>
  transact(deps, async (tx) => {
    const row = await bookings.byId(tx, booking);
    if (row?.state !== "promised" || row.at !== at) return false;
    return (await bookings.advance(tx, row, { askedFor: other })) !== undefined;
  });

/** Forgets what was asked of a platform, once it has been cancelled there. */
export const forgetAsked = (deps: Deps, { platform, request, externalRef }: Asked): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await bookings.byId(tx, request.booking);
    if (row?.platform === platform && row.externalRef === (externalRef ?? null))
      await bookings.advance(tx, row, {
        ...{ platform: null, externalRef: null, askedFor: null, askedAt: null, toldAt: null, heldAt: null },
      });
  });

/**
 * What a platform was asked for a booking that is over since. `kept` is the reference of another booking that the
 * same person has by now. A platform that finds bookings by person alone returns that one, and it must stay.
 */
export const bookingToCancel = (deps: Deps, id: BookingId) =>
  transact(deps, async (tx) => {
    const row = await bookings.byId(tx, id);
    const isOver = row?.state === "cancelled" || row?.state === "refused";
    const request = isOver ? await requestFor(tx, deps, row) : undefined;
    const asked = row && request && askedBefore(row, request);
    const since = row?.volunteer ? await bookings.liveOfVolunteer(tx, row.volunteer) : undefined;
    return asked && { ...asked, kept: since?.externalRef ?? undefined };
  });

/** A person, the platforms whose lists they belong on, and the names by which platforms know them. */
export const personForRoster = (deps: Deps, id: VolunteerId) =>
  transact(deps, async (tx) => {
    const row = await volunteers.byId(tx, id);
    if (!row) return undefined;
    const lists = await listsOf(tx, row, deps.now());
    return { row, guest: guest(deps, row), ...lists, identities: await platforms.identitiesOf(tx, id) };
  });

/**
 * The name that a platform gave to a person whom it was told of. Whoever left meanwhile is closed there as well, since
 * nobody knew of that name when they left; and a list that has ceased to be theirs is left again.
 */
export const noteIdentity = async (
  deps: Deps,
  named: { platform: PlatformName; externalId: ExternalId; volunteer: VolunteerId },
): Promise<void> => {
  const twin = await transact(deps, async (tx) => {
    const at = deps.now();
    const { volunteer, platform } = named;
    const row = await volunteers.lock(tx, volunteer);
    if (row?.erasure) {
      const matter = { what: "list" as const, externalId: named.externalId };
      await addErrand(tx, deps, { erasure: row.erasure, platform, matter });
      return undefined;
    }
    const pair = row && (await twinOf(tx, deps, { ...named, row }));
    await platforms.beginIdentity(tx, { ...named, checkedAt: at, validAt: at }, at);
    if (!row) return undefined;
    if (row.state === "withdrawn" || row.state === "closed") {
      const reason = toldToLists(row.closedFor);
      await outbox.enqueue(tx, [{ kind: "roster-close", volunteer, reason }], at);
    } else if (!(await listsOf(tx, row, at)).rosters.includes(platform)) {
      const moved = [
        { kind: "roster-put", volunteer },
        { kind: "roster-leave", volunteer, platform },
      ] as const;
      await outbox.enqueue(tx, moved, at);
    }
    return pair;
  });
  if (twin) await mergeCertain(deps, twin);
};
