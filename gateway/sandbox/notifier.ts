import type { Log } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import { createEmail, EmailOptions } from "../notify/email.ts";
import { createNotifier } from "../notify/notifier.ts";
import { createHttpProvider, createTextMessages, HttpTextOptions } from "../notify/text-message.ts";
import type { PostOffice } from "./post-office.ts";

/** Writes to people as in production, but hands every message in at the sandbox's own post office. */
export const notifierOf = ({ email, sms }: PostOffice, world: { now(): Instant; log: Log }) =>
  createNotifier({
    channels: [
      createEmail(EmailOptions.parse({ ...email, security: "none", from: "reserve@everydose.example" })),
      createTextMessages(createHttpProvider(HttpTextOptions.parse(sms), world.now)),
    ],
    ...world,
  });
