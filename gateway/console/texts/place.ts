import type { BookingState, InvitationKind, InvitationState } from "../../../schema/surplus.ts";
import type { Volunteer } from "../../../schema/volunteer.ts";

/** What the page says on which somebody looks after their own registration. */
export type PlaceWords = {
  title: string;
  intro: string;
  paste: string;
  goOn: string;
  /** Leads whoever is on no list to registering. */
  notYet: string;
  /** Nothing came back: what was typed is still there. */
  away: string;
  says: Record<"saved" | "paused" | "resumed" | "welcome" | "notSaved" | "expired" | "spent", string>;
  standing: string;
  /** In a few words; what each means stands in `registration.states`. */
  states: Record<Volunteer["state"], string>;
  /** Of somebody who did not answer, where the region pauses them (F06). */
  silent: string;
  /** `{until}`: a day and a time. */
  silentMeans: string;
  dosed: string;
  know: string;
  registered: string;
  helper: string;
  saveWeek: string;
  change: string;
  save: string;
  /** Where name and birth date are corrected. */
  corrected: string;
  happened: string;
  more: string;
  /** `{centre}`: its name. */
  asked: Record<InvitationKind, string>;
  answers: Record<InvitationState, string>;
  bookings: Record<BookingState, string>;
  events: Record<
    | ("registered" | "changed" | "corrected" | "paused" | "resumed" | "consented" | "consent-withdrawn")
    | ("read" | "revealed" | "told-registered" | "told-recovery" | "told-confirm"),
    string
  >;
  leaveSure: string;
  leaveMeans: string;
  pauseInstead: string;
  leaveYes: string;
  leaveNo: string;
  left: string;
  leftMeans: string;
  again: string;
};
