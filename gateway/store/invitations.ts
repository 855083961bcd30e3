import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type {
  CentreId,
  Instant,
  InvitationId,
  PlatformName,
  SurplusId,
  VolunteerId,
} from "../../schema/primitives.ts";
import { type InvitationState, liveStates } from "../../schema/surplus.ts";
import type { Db } from "./db.ts";
import { invitations } from "./tables/doses.ts";

export type InvitationRow = typeof invitations.$inferSelect;

export const add = async (db: Db, row: typeof invitations.$inferInsert): Promise<void> => {
  await db.insert(invitations).values(row);
};

export const byId = async (db: Db, id: InvitationId): Promise<InvitationRow | undefined> =>
  (await db.select().from(invitations).where(eq(invitations.id, id)))[0];

/**
 * Moves an invitation on from the state in which it was read, and returns it; nothing where it has moved
 * meanwhile, which means that somebody else was first.
 */
export const advance = async (
  db: Db,
  from: InvitationRow,
  to: Partial<InvitationRow> & { state: InvitationState },
): Promise<InvitationRow | undefined> =>
  (
    await db
      .update(invitations)
      .set(to)
      .where(and(eq(invitations.id, from.id), eq(invitations.state, from.state)))
      .returning()
  )[0];

/** Those who hold no promise yet and may, in the authority's order. */
export const liveOf = (db: Db, surplus: SurplusId): Promise<InvitationRow[]> =>
  db
    .select()
    .from(invitations)
    .where(and(eq(invitations.surplus, surplus), inArray(invitations.state, liveStates)))
    .orderBy(asc(invitations.rank));

export const liveOfVolunteer = async (db: Db, id: VolunteerId): Promise<InvitationRow | undefined> =>
  (
    await db
      .select()
      .from(invitations)
      .where(and(eq(invitations.volunteer, id), inArray(invitations.state, liveStates)))
  )[0];

/** Waits for whoever is answering for one of these people: what follows from their answer can be read afterwards. */
export const lockLiveOf = (db: Db, people: VolunteerId[]) =>
  db
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(inArray(invitations.volunteer, people), inArray(invitations.state, liveStates)))
    .orderBy(asc(invitations.id))
    .for("no key update");

/** Everyone asked for a surplus so far, in the authority's order. */
export const ofSurplus = (db: Db, surplus: SurplusId): Promise<InvitationRow[]> =>
  db
    .select()
    .from(invitations)
    .where(eq(invitations.surplus, surplus))
    .orderBy(asc(invitations.rank), asc(invitations.decidedAt));

/** Whom a centre's staff must telephone, the first in order first. */
export const callsOf = (db: Db, centre: CentreId): Promise<InvitationRow[]> =>
  db
    .select()
    .from(invitations)
    .where(
      and(
        eq(invitations.centre, centre),
        eq(invitations.channel, "telephone"),
        inArray(invitations.state, ["decided", "open"]),
      ),
    )
    .orderBy(asc(invitations.decidedAt), asc(invitations.rank));

/** Notes that a platform asks this one, unless they have answered or are asked no more. */
export const byPlatform = async (db: Db, id: InvitationId, platform: PlatformName): Promise<boolean> =>
  (
    await db
      .update(invitations)
      .set({ platform })
      .where(and(eq(invitations.id, id), eq(invitations.state, "decided")))
      .returning({ id: invitations.id })
  ).length > 0;

/** Notes that a person at a telephone asks this one. */
export const byTelephone = (db: Db, id: InvitationId) =>
  db
    .update(invitations)
    .set({ channel: "telephone" })
    .where(and(eq(invitations.id, id), eq(invitations.state, "decided")));

/** One more call that nobody answered; the person may be reached until that moment. */
export const noteCall = (db: Db, id: InvitationId, leaveBy: Instant) =>
  db
    .update(invitations)
    .set({ calls: sql`${invitations.calls} + 1`, leaveBy })
    .where(eq(invitations.id, id));

/** All that somebody was ever asked, the newest first. */
export const ofVolunteer = (db: Db, id: VolunteerId): Promise<InvitationRow[]> =>
  db
    .select()
    .from(invitations)
    .where(eq(invitations.volunteer, id))
    .orderBy(desc(invitations.decidedAt), desc(invitations.id));
