import { z } from "zod";
import { defineAdapter, Secret } from "../../schema/adapter.ts";
import { createClient } from "./client.ts";
import { slots } from "./slots.ts";

const Options = z.strictObject({ baseUrl: z.url(), apiKey: Secret });

/** smart-scheduling-links: say here in a line what kind of platform it is. */
export default defineAdapter({
  name: "smart-scheduling-links",
  capabilities: ["slots"],
  options: Options,
  connect: ({ baseUrl, apiKey }, ctx) => {
    const connected = { client: createClient(ctx.http(baseUrl), apiKey), ctx };
    return { slots: slots(connected) };
  },
});
