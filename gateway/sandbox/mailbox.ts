import type { Instant } from "../../schema/primitives.ts";

/** A message as whoever got it reads it. */
export type Message = {
  id: string;
  at: Instant;
  channel: "email" | "sms";
  to: string;
  /** Empty for a text message, which has none. */
  subject: string;
  text: string;
};

/** What is wrong with a channel, for a demonstration or a test of bad days. */
export type ChannelFault = {
  /** Takes nothing and says so. */
  down: boolean;
  /** How long it thinks before it takes a message, on the demonstration's clock. */
  delayMs: number;
};
export const sound: ChannelFault = { down: false, delayMs: 0 };

/** Every message of the newest `capacity`; older ones are forgotten. */
export const createMailbox = (capacity: number) => {
  let messages: (Message & { reference?: string })[] = [];
  return {
    put: (message: Message & { reference?: string }): void => {
      // Cut by the half, so that one message more does not copy all the others.
      if (messages.length >= 2 * capacity) messages = messages.slice(-capacity);
      messages.push(message);
    },
    /** The message that its sender gave this name. */
    byReference: (reference: string): Message | undefined =>
      messages.findLast((message) => message.reference === reference),
    /** Newest first. */
    list: ({ to, limit = capacity }: { to?: string; limit?: number } = {}): Message[] =>
      messages
        .slice(-capacity)
        .filter((message) => to === undefined || message.to === to)
        .toReversed()
        .slice(0, limit)
        .map(({ reference: _, ...message }) => message),
  };
};
type Mailbox = ReturnType<typeof createMailbox>;

/** What the mail server and the text message provider share. */
export type Desk = {
  mailbox: Mailbox;
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  fault(channel: Message["channel"]): ChannelFault;
};
