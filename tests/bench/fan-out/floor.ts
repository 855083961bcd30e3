import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { Pool } from "undici";
import { given, processorTime, serveOrders } from "../station.ts";

/* What nobody can be faster than and still ask four platforms: each question passed on as it is, to all at once. */

const { upstreams } = given<{ upstreams: string[] }>();
const pools = upstreams.map((url) => new Pool(url, { connections: 512, pipelining: 1 }));

const app = new Hono();
app.get("/v1/slots", async (c) => {
  const centres = c.req.queries("centre") ?? [];
  const bounds = new URLSearchParams({ from: c.req.query("from") ?? "", until: c.req.query("until") ?? "" });
  const answers = await Promise.all(
    pools.map(async (pool, nth) => {
      const { body } = await pool.request({
        method: "GET",
        path: `/slots?centres=${centres[nth]}&${bounds}`,
      });
      return (await body.json()) as { slots: object[] };
    }),
  );
  return c.json({ slots: answers.flatMap(({ slots }) => slots) });
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) =>
  serveOrders({ url: `http://127.0.0.1:${port}` }, processorTime),
);
