import { z } from "zod";
import { defineAdapter, Secret } from "../../schema/adapter.ts";
import { CentreId } from "../../schema/primitives.ts";
import { createClient } from "./client.ts";
import { slots } from "./slots.ts";

const Where = z.union([
  z.strictObject({ id: z.string().min(1) }),
  z.strictObject({ system: z.string().min(1), identifier: z.string().min(1) }),
]);
export type Where = z.infer<typeof Where>;

const Options = z.strictObject({
  manifestUrl: z
    .url({ protocol: /^https?$/ })
    .regex(/\/\$bulk-publish$/, "ends in /$bulk-publish, as every publisher's manifest does"),
  headers: z
    .record(z.string(), Secret)
    .default({})
    .meta({ description: "Sent to the manifest's own host, where the publisher wants a key" }),
  query: z.record(z.string(), z.string()).default({}).meta({ description: "Asked of the manifest as well" }),
  filesAt: z
    .array(z.url().transform((url) => new URL(url).origin))
    .default([])
    .meta({
      description: "Other hosts on which this publisher's files may lie; a file elsewhere is not read",
    }),
  states: z
    .array(z.string().min(1))
    .optional()
    .meta({ description: "Files that the manifest marks for other states alone are not read" }),
  locations: z
    .partialRecord(CentreId, Where)
    .default({})
    .meta({ description: "The publisher's locations of centres, where their ids are not the centres' own" }),
});
export type Options = z.infer<typeof Options>;

/** SMART Scheduling Links: open slots as static files, of whoever publishes them by that specification. */
export default defineAdapter({
  name: "smart-scheduling-links",
  capabilities: ["slots"],
  options: Options,
  connect: (options, ctx) => ({ slots: slots({ client: createClient(options, ctx), options, ctx }) }),
});
