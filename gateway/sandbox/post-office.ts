import type { Instant } from "../../schema/primitives.ts";
import { startMailServer } from "./mail-server.ts";
import { type ChannelFault, createMailbox, type Desk, type Message, sound } from "./mailbox.ts";
import { startSmsProvider } from "./sms-provider.ts";

/** A mail server and a provider of text messages, both real, that deliver to nobody and can be read here. */
export type PostOffice = {
  /** Where letters are handed in; without TLS or login. */
  email: { host: string; port: number };
  /** Where text messages are handed in, and the key to it. */
  sms: { url: string; key: string };
  /** Newest first; `to` is an address or a number as it was written to. */
  list(query?: { to?: string; limit?: number }): Message[];
  /** Sets what is wrong with a channel from now on; what is left out is well again. */
  break(channel: Message["channel"], fault: Partial<ChannelFault>): void;
  close(): Promise<void>;
};

/** Opens on free ports of this machine; `sleep` waits on the same clock as `now`. */
export const openPostOffice = async (world: {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  /** How many messages are kept. */
  capacity?: number;
}): Promise<PostOffice> => {
  const faults = { email: sound, sms: sound };
  const mailbox = createMailbox(world.capacity ?? 5000);
  const desk: Desk = {
    mailbox,
    now: world.now,
    sleep: async (milliseconds) => {
      if (milliseconds > 0) await world.sleep(milliseconds);
    },
    fault: (channel) => faults[channel],
  };
  const mail = await startMailServer(desk);
  const sms = await startSmsProvider(desk);
  return {
    email: mail.address,
    sms: sms.access,
    list: mailbox.list,
    break: (channel, fault) => {
      faults[channel] = { ...sound, ...fault };
    },
    close: async () => {
      await Promise.all([mail.close(), sms.close()]);
    },
  };
};
