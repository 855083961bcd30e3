import { z } from "zod";
import type { OfficialEvent, OfficialPerson, PlatformEvent } from "./event.ts";
import type { HttpClient } from "./http.ts";
import type {
  BookingId,
  CentreId,
  ExternalId,
  Instant,
  InvitationId,
  Language,
  PlatformName,
  Vaccine,
} from "./primitives.ts";
import type { RosterEntry, RosterTerms, Sourced } from "./roster.ts";
import type { ReadRows, RefusedRow, SpreadsheetCell, SpreadsheetColumn } from "./spreadsheet.ts";
import type { InvitationKind } from "./surplus.ts";
import type { Contact } from "./volunteer.ts";

/*
 * All that a third party must read to bring a platform in. A platform is one folder whose `adapter.ts` exports
 * `defineAdapter({...})` by default: the capabilities it names, the ports that keep them, and the options that an
 * operator sets. Capabilities are the keys of `Ports`; the kit runs exactly their suites.
 */

export type { OfficialEvent, OfficialPerson, PlatformEvent } from "./event.ts";
export {
  type RosterEntry,
  type RosterField,
  type RosterTerms,
  rosterFields,
  type Sourced,
} from "./roster.ts";
export type * from "./spreadsheet.ts";

export type Slot = {
  externalId: ExternalId;
  centre: CentreId;
  startsAt: Instant;
  endsAt: Instant;
  capacity: number;
};

/** Who is to be booked: what booking systems ask for, no more. */
export type Guest = {
  nationalNumber?: string;
  givenName: string;
  familyName: string;
  birthDate: string;
  postcode?: string;
  contact: Contact;
  language: Language;
};

export type BookingRequest = {
  /** The gateway's own name for the booking; sent as the platform's idempotency key where it has one. */
  booking: BookingId;
  centre: CentreId;
  at: Instant;
  vaccine: Vaccine;
  guest: Guest;
};

export type RefusalCause = "no-slot" | "already-vaccinated" | "already-booked" | "not-accepted";
export type BookingReceipt =
  | { outcome: "booked"; externalRef: ExternalId; at: Instant }
  | { outcome: "refused"; cause: RefusalCause };

/** A live booking as its platform holds it. */
export type HeldBooking = {
  externalRef: ExternalId;
  centre: CentreId;
  at: Instant;
  /** The gateway's own name for it, where the platform keeps one. */
  booking?: BookingId;
  /** The same word for each booking of one guest, where the platform tells; nothing that says who it is. */
  holder?: string;
};

/** Who is looked up in a population register, as they declared themselves. */
export type RegisterQuestion = Omit<Guest, "contact" | "language">;
/** `unknown`: nobody was found, or the register does not say. */
export type RegisterFinding = "so" | "otherwise" | "unknown";
export type RegisterFindings = { birthDate: RegisterFinding; postcode: RegisterFinding };

/** `taken`: the channel has the message, the window starts. `waiting`: a person at a telephone will say when. */
export type InviteReceipt = { state: "taken"; at: Instant } | { state: "waiting" };

export type InviteRequest = {
  invitation: InvitationId;
  externalId?: ExternalId;
  guest: Guest;
  centre: CentreId;
  /** What may be said to the person: `hold`, the dose is theirs if they say yes; `standby`, one may come free. */
  kind: InvitationKind;
  windowMinutes: number;
  /** When a standby knows at the latest whether a dose came free. */
  knownBy: Instant;
  comeBefore: Instant;
};

/**
 * The promises. A method throws `AdapterError` and nothing else, and may be called again after any error. It is
 * called with these shapes alone, and its answer never depends on something remembered from an earlier call.
 */
export interface Ports {
  /** Whose list the volunteers are on. */
  roster: {
    /**
     * The records after `cursor` (from the beginning without one), in an order in which nothing is missed: a
     * repeat returns the same or newer records. `next` is always given and resumes after this page, also in
     * another process; `complete` says that nothing follows for now. An empty page that is not complete is
     * legal. A source that fails throws; it never returns an empty page. `total`, where the source tells: how many
     * records its whole list has at that moment, whatever the cursor. From no cursor to `complete`, everyone on the
     * list has been told, and the gateway believes that whoever was not has left; unless a page was `partial`: the
     * source leaves something out, or could not read it, and nobody is missing for that.
     */
    pull(input: { cursor?: string }): Promise<{
      records: Sourced<RosterEntry>[];
      next: string;
      complete: boolean;
      total?: number;
      partial?: boolean;
    }>;
    /** Writes one person and returns the platform's name for them. The same person again is not a second one. */
    put(entry: RosterEntry): Promise<{ externalId: ExternalId }>;
    /** Ends that person's list life there. Safe to repeat; an unknown id is success. */
    close(input: { externalId: ExternalId; reason: "withdrawn" | "vaccinated" }): Promise<void>;
    /**
     * Erases all that the list holds of that person, who is not pulled any more. Safe to repeat; an unknown id is success.
     * Left out where the platform erases nothing that it is asked to: then its operator is asked by hand.
     */
    erase?(input: { externalId: ExternalId }): Promise<void>;
  };
  /** A list that lies in a file. Pure: no request is made. */
  spreadsheet: {
    /** Every row becomes an entry or a fault that says why; none is dropped. Throws `rejected` if it is no list. */
    read(file: { bytes: Uint8Array; centre: CentreId }): Promise<ReadRows & { columns: SpreadsheetColumn[] }>;
    /** Reads rows again whose cells somebody has mended, each under the number that it had in its file. */
    readAgain(list: { rows: RefusedRow[]; centre: CentreId }): Promise<ReadRows>;
    /** The cells of an entry that the gateway cannot use, so that somebody can fill in what it lacks. */
    cells(entry: RosterEntry): SpreadsheetCell[];
    /** A file that `read` turns back into the same entries. Text that would run as a formula is made harmless. */
    write(list: { entries: RosterEntry[]; format: "csv" | "xlsx" }): Promise<Uint8Array>;
  };
  slots: {
    /** The open slots of those centres that begin within [from, until), and no other; never a vaccine's brand. */
    list(input: { centres: CentreId[]; from: Instant; until: Instant; signal: AbortSignal }): Promise<Slot[]>;
  };
  booking: {
    /**
     * Books once: a repeat with the same `booking` returns the first receipt, where the platform can know it.
     * Where it cannot, a lost reply throws `unknown`, and the gateway looks (`find`) before it repeats.
     */
    book(request: BookingRequest): Promise<BookingReceipt>;
    /** The booking that the platform holds under this name or for this guest at that centre on that day. */
    find(request: BookingRequest): Promise<{ externalRef: ExternalId; at: Instant } | undefined>;
    /** Safe to repeat; one already gone is success. */
    cancel(input: { booking: BookingId; centre: CentreId; externalRef: ExternalId }): Promise<void>;
    /**
     * Erases whom a booking that is over was for; its hour may stay. Safe to repeat; one that is unknown is success. Left
     * out where the platform erases nothing that it is asked to.
     */
    erase?(input: { booking: BookingId; centre: CentreId; externalRef: ExternalId }): Promise<void>;
    /**
     * All live bookings at those centres that begin within [from, until) and that the gateway made: known by its name
     * for them, or by the access they were made with. One of another hand is never returned, for what is returned may
     * be cancelled. Left out where the platform has no such list: the gateway then looks for each with `find`.
     */
    held?(input: { centres: CentreId[]; from: Instant; until: Instant }): Promise<HeldBooking[]>;
  };
  /** Where the platform itself contacts people. */
  invite: {
    /** Asks once: a repeat with the same `invitation` does not ask twice. */
    send(request: InviteRequest): Promise<InviteReceipt>;
    /** Takes it back. Safe to repeat; one answered, lapsed or unknown is success. */
    revoke(input: { invitation: InvitationId }): Promise<void>;
    /** Answers since `cursor`, in the order in which they came; a repeat may return an answer again. */
    answers(input: { cursor?: string }): Promise<{ events: PlatformEvent[]; next: string }>;
  };
  /** The invitations that the authority itself sends, each with a code by which its person reserves. */
  official: {
    /**
     * What happened since `cursor` (ever, without one), each event once or more and in the order in which it happened.
     * `next` is always given and resumes after this page; `complete` says that nothing follows for now. A booking of the
     * gateway's own is no acceptance of the person's, and is left out.
     */
    changes(input: {
      cursor?: string;
    }): Promise<{ events: OfficialEvent[]; next: string; complete: boolean }>;
    /**
     * Ends that person's official invitations: they accepted a dose of the reserve list at `at`, or were given one. Until
     * then each stays valid. What the person reserved after `at` is given back, with `vaccinated` all that they reserved;
     * an earlier reservation stands, since whichever was accepted first wins, and so does a booking of the gateway's own.
     * Safe to repeat; somebody unknown is success.
     */
    supersede(input: {
      person: OfficialPerson;
      reason: "reserve-list" | "vaccinated";
      at: Instant;
    }): Promise<void>;
    /** Makes valid again what `supersede` ended, and nothing else. Safe to repeat; somebody unknown is success. */
    reinstate(input: { person: OfficialPerson }): Promise<void>;
  };
  /** A population register, which knows where people live and when they were born. */
  register: {
    /**
     * Says of what somebody declared whether it is so, and never what it is instead: nobody's data comes out of a
     * register this way. What was not declared is `unknown`, and so is all of somebody who is not found. It writes
     * nothing; safe to repeat.
     */
    check(person: RegisterQuestion): Promise<RegisterFindings>;
  };
  /** What the platform sends to the gateway. */
  inbound: {
    /** The verified events of one delivery and its unique id. Throws `forged` where the signature fails. */
    receive(delivery: {
      headers: Record<string, string>;
      body: string;
      receivedAt: Instant;
    }): Promise<{ delivery: string; events: PlatformEvent[] }>;
  };
}
export type Capability = keyof Ports;
export const capabilities = [
  "roster",
  "spreadsheet",
  "slots",
  "booking",
  "invite",
  "official",
  "register",
  "inbound",
] as const satisfies Capability[];

/**
 * Why a call failed. `unavailable`: nothing happened, try later. `throttled`: nothing happened, try again after
 * `retryAfterSeconds`. `unknown`: it may have happened, look before trying again. `rejected`: the platform understood
 * and refuses. `drifted`: its answer is not what its document says. `forged`: a delivery that is not the platform's.
 */
export type AdapterFault = "unavailable" | "throttled" | "unknown" | "rejected" | "drifted" | "forged";

/**
 * Why the gateway itself did not ask: a platform that failed again and again is left alone (`breaker-open`), too many
 * calls wait for it already (`bulkhead-full`), or its limits leave no turn in time (`no-turn`).
 */
export type HeldBack = "breaker-open" | "bulkhead-full" | "no-turn";

type AdapterErrorOptions = ErrorOptions & { retryAfterSeconds?: number; heldBack?: HeldBack };

/** The message is for operators and never holds anything personal, nor what the platform wrote. */
export class AdapterError extends Error {
  readonly fault: AdapterFault;
  readonly retryAfterSeconds?: number;
  /** Where the platform was not asked at all. The kit alone says so. */
  readonly heldBack?: HeldBack;
  constructor(fault: AdapterFault, message: string, options?: AdapterErrorOptions) {
    super(message, options);
    this.name = "AdapterError";
    this.fault = fault;
    this.retryAfterSeconds = options?.retryAfterSeconds;
    this.heldBack = options?.heldBack;
  }
}

export type Log = {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
};

/** An adapter's whole world; it reads no environment, no clock of its own, and opens no connection beside this. */
export type AdapterContext = {
  http(baseUrl: string): HttpClient;
  now(): Instant;
  /** Waits on the clock of `now`, which in a demonstration or a test runs faster than real time. */
  sleep(milliseconds: number): Promise<void>;
  log: Log;
};

/** A secret of the operator's. An adapter sends it to its platform, and puts it in no log and no error. */
export const Secret = z.string().min(8);

export type Adapter<Options extends z.ZodType = z.ZodType, Able extends Capability = Capability> = {
  name: PlatformName;
  capabilities: readonly Able[];
  /** Of an adapter that names `roster`. */
  roster?: RosterTerms;
  options: Options;
  connect(options: z.infer<Options>, ctx: AdapterContext): Pick<Ports, Able>;
};

/** Declares an adapter: the compiler demands a port for each capability named, and no other. */
export const defineAdapter = <Options extends z.ZodType, const Able extends Capability>(adapter: {
  name: string;
  capabilities: readonly Able[];
  roster?: RosterTerms;
  options: Options;
  connect(options: z.infer<Options>, ctx: AdapterContext): Pick<Ports, Able>;
}): Adapter<Options, Able> => ({ ...adapter, name: adapter.name as PlatformName });
