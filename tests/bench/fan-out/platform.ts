import { z } from "zod";
import { expectStatus, parseReply } from "../../../adapters/kit/reply.ts";
import { defineAdapter } from "../../../schema/adapter.ts";
import { CentreId, ExternalId, Instant } from "../../../schema/primitives.ts";

const Reply = z.object({
  slots: z.array(
    z.object({
      id: ExternalId,
      centre: CentreId,
      startsAt: Instant,
      endsAt: Instant,
      free: z.int().min(0),
    }),
  ),
});

/** A platform of the benchmark, reached and read as every other: by the kit's client, with its replies parsed. */
export default defineAdapter({
  name: "bench",
  capabilities: ["slots"],
  options: z.strictObject({ baseUrl: z.url() }),
  connect: ({ baseUrl }, ctx) => {
    const http = ctx.http(baseUrl);
    return {
      slots: {
        async list({ centres, from, until, signal }) {
          const query = { centres: centres.join(","), from, until };
          const reply = await http.request({ method: "GET", path: "/slots", query, signal });
          return parseReply(Reply, expectStatus(reply, 200))
            .slots.filter(({ startsAt }) => startsAt >= from && startsAt < until)
            .map(({ id, free, ...slot }) => ({ externalId: id, ...slot, capacity: free }));
        },
      },
    };
  },
});
