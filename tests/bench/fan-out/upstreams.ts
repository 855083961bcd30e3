import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { instant, millis } from "../../../schema/primitives.ts";
import { given, serveOrders } from "../station.ts";

/* So many platforms on ports of their own, each of which answers after its latency or, once told so, never. */

export type Upstreams = { platforms: number; latencyMs: number; slots: number };
export type Hang = { hanging?: number };

const quarter = 15 * 60_000;
const settings = given<Upstreams>();
let hanging: number | undefined;

/** The first quarters of an hour from `from` on, at the centre that is asked for. */
const answerTo = (address: string): string => {
  const query = new URLSearchParams(address.slice(address.indexOf("?")));
  const [centre, begin] = [query.get("centres") ?? "", millis(instant(new Date(query.get("from") ?? 0)))];
  const slots = Array.from({ length: settings.slots }, (_, nth) => {
    const startsAt = instant(begin + nth * quarter);
    return {
      id: `${centre}-${startsAt}`,
      centre,
      startsAt,
      endsAt: instant(begin + (nth + 1) * quarter),
      free: 3,
    };
  });
  return JSON.stringify({ slots });
};

const open = (nth: number) =>
  new Promise<string>((resolve) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, reply) => {
      if (hanging === nth) return;
      const body = answerTo(request.url ?? "");
      setTimeout(() => {
        reply.writeHead(200, {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        });
        reply.end(body);
      }, settings.latencyMs);
    });
    server.listen({ port: 0, host: "127.0.0.1", backlog: 1024 }, () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

const urls = await Promise.all(Array.from({ length: settings.platforms }, (_, nth) => open(nth)));
serveOrders<Hang>(urls, (order) => {
  hanging = order.hanging;
  return "done";
});
