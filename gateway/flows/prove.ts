import type { RegisterFinding, RegisterFindings, RegisterQuestion } from "../../schema/adapter.ts";
import type { BookingId, Instant, PlatformName, VolunteerId } from "../../schema/primitives.ts";
import type { Basis, Deciding } from "../../schema/proof.ts";
import { basesOf, type Decisive } from "../core/proof.ts";
import * as audit from "../store/audit.ts";
import * as bookings from "../store/bookings.ts";
import type { Db } from "../store/db.ts";
import * as outbox from "../store/outbox.ts";
import * as places from "../store/places.ts";
import * as proofs from "../store/proofs.ts";
import * as volunteers from "../store/volunteers.ts";
import { type Deps, transact } from "./deps.ts";
import { guest } from "./person.ts";

/* How it is known what decides somebody's place: declared, or proven by a population register or by a card (F19). */

export const decisiveOf = ({ birthDate, postcode, conditions }: volunteers.VolunteerRow): Decisive => ({
  birthDate,
  postcode: postcode ?? undefined,
  conditions,
});

/** How each thing is known that decides of somebody. */
export const readBases = async (tx: Db, row: volunteers.VolunteerRow): Promise<Basis[]> => {
  const held = await proofs.ofVolunteer(tx, row.id);
  return basesOf(
    decisiveOf(row),
    held.map(({ what, known, by, at }) => ({ what, known, by, at })),
  );
};

type Found = { known: "register" | "card"; by: string; at: Instant };

/** Notes that these are as they stand in this row. */
export const noteProofs = (
  tx: Db,
  { row, what, ...found }: Found & { row: volunteers.VolunteerRow; what: readonly Deciding[] },
): Promise<void> =>
  proofs.note(
    tx,
    what.map((each) => ({ region: row.region, volunteer: row.id, what: each, ...found })),
  );

/** Orders that the register which the place binds is asked about whoever is expected there. */
export const orderProofOf = async (
  tx: Db,
  { volunteer, centre }: bookings.BookingRow,
  at: Instant,
): Promise<void> => {
  const platform = volunteer && (await places.platformFor(tx, { centre, role: "register", at }));
  if (platform) await outbox.enqueue(tx, [{ kind: "prove", volunteer, platform }], at);
};

/** The same of whoever was promised a dose. */
export const orderProof = (deps: Deps, id: BookingId): Promise<void> =>
  transact(deps, async (tx) => {
    const booking = await bookings.byId(tx, id);
    if (booking?.state === "promised") await orderProofOf(tx, booking, deps.now());
  });

/** Whom a register is asked about; nothing where they are gone. */
export const personToProve = (deps: Deps, volunteer: VolunteerId): Promise<RegisterQuestion | undefined> =>
  transact(deps, async (tx) => {
    const row = await volunteers.byId(tx, volunteer);
    if (!row || row.state === "withdrawn" || row.birthYearOnly) return undefined;
    const { nationalNumber, givenName, familyName, birthDate, postcode } = guest(deps, row);
    return { nationalNumber, givenName, familyName, birthDate, postcode };
  });

/**
 * What a register found. What is otherwise stays declared, and the centre is told to look: a register may be behind, and
 * nobody is taken off a list by it unheard.
 */
export const tellProof = (
  deps: Deps,
  volunteer: VolunteerId,
  { platform, findings }: { platform: PlatformName; findings: RegisterFindings },
): Promise<void> =>
  transact(deps, async (tx) => {
    const row = await volunteers.byId(tx, volunteer);
    if (!row) return;
    const at = deps.now();
    const which = (finding: RegisterFinding) =>
      (["birthDate", "postcode"] as const).filter((what) => findings[what] === finding);
    await noteProofs(tx, { row, what: which("so"), known: "register", by: platform, at });
    await proofs.drop(tx, volunteer, which("otherwise"));
    const facts = { so: which("so"), otherwise: which("otherwise"), unknown: which("unknown") };
    const line = { at, region: row.region, actor: platform, event: "volunteer.looked-up" };
    await audit.note(tx, { ...line, subject: volunteer, facts });
  });
