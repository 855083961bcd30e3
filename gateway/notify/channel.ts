import type { MessageKind } from "../../schema/surplus.ts";
import type { Contact } from "../../schema/volunteer.ts";

export type ChannelName = "email" | "sms";

/** A letter on its way; an e-mail carries subject and body, a text message the short form alone. */
export type Outgoing = {
  /**
   * The gateway's own name for this letter, the same when it is sent again, so that a channel that can tell
   * delivers it once. Letters, digits, ".", "_" and "-"; nothing personal: providers keep and print it.
   */
  reference: string;
  about: MessageKind;
  subject: string;
  body: string;
  short: string;
};

/** What a channel is handed: the letter and the one address that it goes to. */
export type Addressed = Omit<Outgoing, "about"> & { to: string };

export type Channel = {
  name: ChannelName;
  /**
   * Resolves once the channel has taken the letter, which is when a window starts (F03), and throws `NotifyError`
   * otherwise, and nothing else. Safe to repeat: where a reply was lost the same letter may arrive twice, never
   * not at all. Ends early when the signal is aborted.
   */
  send(letter: Addressed, signal: AbortSignal): Promise<void>;
  /** Gives up what is under way. */
  close(): Promise<void>;
};

/** Which part of a contact a channel writes to. */
export const addressOf: Record<ChannelName, (contact: Contact) => string | undefined> = {
  email: (contact) => contact.email,
  sms: (contact) => contact.mobile,
};

/** `refused`: this address will never work. `unavailable`: nothing is wrong with the address, try later. */
export type NotifyFault = "refused" | "unavailable";

/**
 * Why a letter did not leave. Its message is made of codes alone: what servers and libraries say names addresses,
 * so it is neither repeated nor kept as a cause.
 */
export class NotifyError extends Error {
  readonly fault: NotifyFault;
  readonly retryAfterSeconds?: number;
  constructor(fault: NotifyFault, message: string, options?: { retryAfterSeconds?: number }) {
    super(message);
    this.name = "NotifyError";
    this.fault = fault;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
