import { z } from "zod";
import { defineAdapter, Secret } from "../../schema/adapter.ts";
import { booking } from "./booking.ts";
import { createClient } from "./client.ts";
import { createDirectory } from "./directory.ts";
import { roster } from "./roster.ts";
import { slots } from "./slots.ts";
import { readDelivery } from "./webhook.ts";

const Options = z.strictObject({
  baseUrl: z.url(),
  clientId: z.string().min(1),
  clientSecret: Secret,
  webhookSecret: Secret,
  referenceKey: Secret.meta({
    description:
      "from which the references of people on the waiting list are made; a new one makes them strangers",
  }),
});

/** Doctena (in Brussels: Bru-Vax): a waiting list by year of birth beside agendas of appointments. */
export default defineAdapter({
  name: "doctena",
  capabilities: ["roster", "slots", "booking", "inbound"],
  roster: {
    keeps: ["nationalNumber", "postcode", "email", "mobile", "language", "centres"],
    demands: [],
  },
  options: Options,
  connect: ({ webhookSecret, referenceKey, ...credentials }, ctx) => {
    const client = createClient(credentials, ctx);
    const directory = createDirectory(client, ctx.now);
    return {
      roster: roster({ client, directory, referenceKey, now: ctx.now }),
      slots: slots({ client, directory }),
      booking: booking({ client, directory }),
      inbound: { receive: async (delivery) => readDelivery(webhookSecret, delivery) },
    };
  },
});
