import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { components } from "../../../schema/platforms/qvax.gen.ts";
import { instant, millis } from "../../../schema/primitives.ts";
import { given, serveOrders } from "../station.ts";

/*
 * A list as long as wanted, behind Qvax's API. Nobody is kept: each person follows from their place on the list, so
 * that a page of the last is as cheap as one of the first.
 */

type Document = components["schemas"];
export type ListOrder = { people: number };

const { centres } = given<{ centres: string[] }>();
let { people } = given<ListOrder>();

const firstDay = Date.parse("1931-01-01T00:00:00Z");
const days = 20_000;
const syllables = [
  "ba",
  "cor",
  "del",
  "fin",
  "gu",
  "her",
  "jo",
  "kas",
  "lie",
  "mon",
  "nel",
  "pe",
  "ros",
  "tan",
];
const two = (value: number) => String(value).padStart(2, "0");

/** Another word for each number. */
const nameOf = (number: number): string => {
  const parts: string[] = [];
  for (let rest = number; parts.length < 3 || rest > 0; rest = Math.floor(rest / syllables.length))
    parts.push(syllables[rest % syllables.length] ?? "");
  return `${parts.join("")}s`.replace(/^./, (letter) => letter.toUpperCase());
};

const registrationOf = (place: number): Document["Registration"] => {
  const born = instant(firstDay + (place % days) * 86_400_000);
  const serial = String(1 + Math.floor(place / days)).padStart(3, "0");
  const nine = `${born.slice(2, 10).replaceAll("-", "")}${serial}`;
  return {
    registrationId: `QX-${place}`,
    nationalNumber: nine + two(97 - (Number(nine) % 97)),
    givenName: nameOf((place * 7) % 1_000),
    familyName: nameOf(place),
    email: `person-${place}@example.org`,
    mobile: `+3247${String(place).padStart(7, "0")}`,
    postcode: "6000",
    language: "fr",
    availability: { week: Array.from({ length: 7 }, () => "111"), repeats: true },
    state: "on",
    centreCode: centres[place % centres.length] ?? null,
    updatedAt: instant(millis(instant(new Date("2021-03-01"))) + place),
  };
};

const tell = (reply: ServerResponse, body: object) => {
  const text = JSON.stringify(body);
  reply.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  reply.end(text);
};

const server = createServer({ keepAliveTimeout: 60_000 }, (request, reply) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://list");
  if (pathname === "/answers") return tell(reply, { items: [], cursor: "none", more: false });
  const from = Number(searchParams.get("cursor") ?? 0);
  const until = Math.min(people, from + Number(searchParams.get("limit") ?? 500));
  const items = Array.from({ length: Math.max(0, until - from) }, (_, nth) => registrationOf(from + nth));
  const asOf = instant(Date.now());
  return tell(reply, {
    asOf,
    total: people,
    items,
    cursor: String(Math.max(from, until)),
    more: until < people,
  });
});

server.listen({ port: 0, host: "127.0.0.1" }, () =>
  serveOrders<ListOrder>(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, (order) => {
    people = order.people;
    return "done";
  }),
);
