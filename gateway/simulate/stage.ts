import type { ErrorCode } from "../../schema/errors.ts";
import type { BookingId, Instant, InvitationId, SurplusId } from "../../schema/primitives.ts";
import type { Effect, InvitationEvent } from "../../schema/surplus.ts";
import type { BookingRow } from "../store/bookings.ts";
import type { InvitationRow } from "../store/invitations.ts";
import type { Left } from "./evening.ts";

/**
 * Where the engine's evening is played: in memory, or on a database in a test. Each verb is one decision carried
 * through at the given moment; what must follow lies in `effects` afterwards.
 */
export type Stage = {
  announce(left: Left, now: Instant): Promise<SurplusId>;
  settle(id: SurplusId, now: Instant): Promise<void>;
  /** What a channel made of an invitation. */
  tell(id: InvitationId, event: InvitationEvent): Promise<void>;
  /** Answers with the code of the refusal where the answer does not count any more. */
  answer(id: InvitationId, said: { answer: "yes" | "no"; at: Instant }): Promise<ErrorCode | undefined>;
  /** At the door: whether the person who came got the dose. */
  attend(id: BookingId, now: Instant): Promise<boolean>;
  /** Nobody came. */
  miss(id: BookingId, now: Instant): Promise<void>;
  /** All that was ordered since the last call, in its order. */
  effects(now: Instant): Promise<Effect[]>;
  invitation(id: InvitationId): Promise<InvitationRow | undefined>;
  booking(id: BookingId): Promise<BookingRow | undefined>;
  rows(): Promise<{ invitations: InvitationRow[]; bookings: BookingRow[] }>;
};
