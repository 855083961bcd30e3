import { z } from "zod";
import { type AdapterContext, AdapterError } from "../../schema/adapter.ts";
import type { HttpReply, HttpRequest } from "../../schema/http.ts";
import type { components } from "../../schema/platforms/doctena.gen.ts";
import { type BookingId, Instant, instant, Language, millis, Postcode } from "../../schema/primitives.ts";
import { expectStatus, parseReply } from "../kit/reply.ts";
import { shared } from "./fresh.ts";

type Document = components["schemas"];
export type AppointmentRequest = Document["AppointmentRequest"];
export type WaitingPerson = Document["WaitingPerson"];

const Id = z.number().int().min(1);
const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00$/);

const Token = z.object({
  access_token: z.string().min(1),
  token_type: z.literal("Bearer"),
  expires_in: z.number().int().min(1),
}) satisfies z.ZodType<Document["Token"]>;

const Refusal = z.object({
  code: z.enum([
    "invalid_request",
    "invalid_token",
    "not_found",
    "slot_gone",
    "slot_full",
    "hold_expired",
    "still_expected",
    "already_booked",
    "already_vaccinated",
    "not_accepted",
  ]),
  message: z.string(),
}) satisfies z.ZodType<Document["Refusal"]>;
export type RefusalCode = z.infer<typeof Refusal>["code"];

const Practice = z.object({
  id: Id,
  reference: z.string().min(1),
  name: z.string(),
}) satisfies z.ZodType<Document["Practice"]>;

const Agenda = z.object({
  id: Id,
  practiceId: Id,
  name: z.string(),
  products: z.array(z.enum(["comirnaty", "spikevax", "vaxzevria", "janssen"])),
}) satisfies z.ZodType<Document["Agenda"]>;
export type Agenda = z.infer<typeof Agenda>;

const OpenSlot = z.object({
  id: Id,
  agendaId: Id,
  start: LocalTime,
  minutes: z.number().int().min(1),
  free: z.number().int().min(0),
}) satisfies z.ZodType<Document["Slot"]>;
export type OpenSlot = z.infer<typeof OpenSlot>;

const Appointment = z.object({
  id: Id,
  reference: z.string(),
  practiceId: Id,
  slotId: Id,
  start: LocalTime,
  state: z.enum(["held", "confirmed", "expired", "cancelled"]),
  expiresAt: Instant.optional(),
}) satisfies z.ZodType<Document["Appointment"]>;
export type Appointment = z.infer<typeof Appointment>;
const AppointmentList = z.object({ items: z.array(Appointment) });

export const WaitingEntry = z.object({
  id: Id,
  reference: z.string().optional(),
  firstName: z.string().min(1),
  lastName: z.string().min(1),
  yearOfBirth: z.number().int(),
  nationalNumber: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  postcode: Postcode.optional(),
  email: z.string().optional(),
  mobile: z.string().optional(),
  language: Language.optional(),
  practices: z.array(Practice),
  state: z.enum(["waiting", "paused", "removed"]),
  changedAt: Instant,
}) satisfies z.ZodType<Document["WaitingEntry"]>;
export type WaitingEntry = z.infer<typeof WaitingEntry>;

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int().min(0) });
const WaitingPage = pageOf(WaitingEntry).extend({ asOf: Instant });

/** What Doctena did, or its reason not to. */
export type Outcome<Value> = { value: Value } | { refusal: RefusalCode };

/** The most that a page may hold, by the document. */
export const largestPage = 500;
/** Of lists that are read at once: the practices, and the slots or appointments of some days. */
const mostPages = 40;
/** A token is renewed before it ends, lest it end on the way. */
const renewBeforeMs = 30_000;

type Credentials = { baseUrl: string; clientId: string; clientSecret: string };

/**
 * The operations of `doctena.openapi.yaml`. Whatever is written under a reference is marked safe, since a repeat finds
 * it. A confirmation is not: after a lost reply the place may be taken, and that must be looked up, not assumed.
 */
export const createClient = (credentials: Credentials, ctx: AdapterContext) => {
  const send = authorised(credentials, ctx);
  const ask = async <Schema extends z.ZodType>(schema: Schema, request: HttpRequest) =>
    must(await outcome(schema, await send(request)));

  const wholeOf = async <Item extends z.ZodType>(
    item: Item,
    request: Pick<HttpRequest, "path" | "query" | "signal">,
  ): Promise<z.infer<Item>[]> => {
    const read = (page: number) =>
      ask(pageOf(item), {
        ...request,
        method: "GET",
        query: { ...request.query, page, size: largestPage },
      });
    const first = await read(1);
    if (first.total > mostPages * largestPage)
      throw new AdapterError("drifted", `a list of ${mostPages} pages and more is none of Doctena's`);
    const others = Array.from({ length: Math.ceil(first.total / largestPage) - 1 }, (_, index) => index + 2);
    return [first, ...(await Promise.all(others.map(read)))].flatMap(({ items }) => items);
  };

  return {
    practices: () => wholeOf(Practice, { path: "/v1/practices" }),
    agendas: () => wholeOf(Agenda, { path: "/v1/agendas" }),
    slots: ({ agendas, from, to, signal }: SlotQuery) =>
      wholeOf(OpenSlot, { path: "/v1/slots", query: { agendaIds: agendas.join(), from, to }, signal }),

    /** The one that lives under this reference, held or confirmed. */
    async appointment(reference: BookingId): Promise<Appointment | undefined> {
      const request = { method: "GET", path: "/v1/appointments", query: { reference } } as const;
      const { items } = await ask(AppointmentList, request);
      return items.find(({ state }) => state === "held" || state === "confirmed");
    },
    appointmentsAt: (practice: number, span: { from: string; to: string }) =>
      wholeOf(Appointment, { path: `/v1/practices/${practice}/appointments`, query: span }),
    hold: async (json: AppointmentRequest) =>
      outcome(Appointment, await send({ method: "POST", path: "/v1/appointments", json, safe: true })),
    confirm: async (id: number) =>
      outcome(
        Appointment,
        await send({ method: "PUT", path: `/v1/appointments/${id}/confirmation`, safe: false }),
      ),
    cancel: async (id: number) => orGone(await send({ method: "DELETE", path: `/v1/appointments/${id}` })),
    erasePatient: async (id: number) =>
      orGone(await send({ method: "DELETE", path: `/v1/appointments/${id}/patient` })),

    waiting: (query: { changedSince?: Instant; page: number; size: number }) =>
      ask(WaitingPage, { method: "GET", path: "/v1/waiting-list", query }),
    enter: (json: WaitingPerson) =>
      ask(WaitingEntry, { method: "POST", path: "/v1/waiting-list", json, safe: true }),
    replace: async (id: number, json: WaitingPerson) =>
      outcome(WaitingEntry, await send({ method: "PUT", path: `/v1/waiting-list/${id}`, json })),
    remove: async (id: number, reason: "withdrawn" | "vaccinated" | "erasure") =>
      orGone(await send({ method: "DELETE", path: `/v1/waiting-list/${id}`, query: { reason } })),
  };
};
export type Client = ReturnType<typeof createClient>;
type SlotQuery = { agendas: number[]; from: string; to: string; signal?: AbortSignal };

/** Sends with a bearer token; one that Doctena no longer takes is replaced once. */
const authorised = (credentials: Credentials, ctx: AdapterContext) => {
  const http = ctx.http(credentials.baseUrl);
  const token = shared(ctx.now, async () => {
    const form = {
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    };
    const asked = millis(ctx.now());
    const reply = await http.request({ method: "POST", path: "/oauth/token", form, safe: true });
    const { access_token, expires_in } = parseReply(Token, expectStatus(reply, 200));
    return { value: access_token, until: instant(asked + expires_in * 1000 - renewBeforeMs) };
  });
  const sendWith = (bearer: string, request: HttpRequest) =>
    http.request({ ...request, headers: { authorization: `Bearer ${bearer}` } });
  return async (request: HttpRequest): Promise<HttpReply> => {
    const bearer = await token.get();
    const reply = await sendWith(bearer, request);
    if (reply.status !== 401) return reply;
    token.drop(bearer);
    return sendWith(await token.get(), request);
  };
};

/** A refusal is read before it is believed: an error page with status 404 is not Doctena saying "gone". */
const outcome = <Schema extends z.ZodType>(schema: Schema, reply: HttpReply): Outcome<z.infer<Schema>> =>
  reply.status >= 400
    ? { refusal: parseReply(Refusal, reply).code }
    : { value: parseReply(schema, expectStatus(reply, 200, 201)) };

/** The value, where the document gives Doctena no reason that the adapter could act on. */
export const must = <Value>(told: Outcome<Value>): Value => {
  if ("value" in told) return told.value;
  throw new AdapterError("rejected", `Doctena refused: ${told.refusal}`);
};

const orGone = (reply: HttpReply): void => {
  if (reply.status === 404) {
    const { code } = parseReply(Refusal, reply);
    if (code === "not_found") return;
  }
  expectStatus(reply, 204);
};
