import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { type AdapterContext, AdapterError } from "../../schema/adapter.ts";
import type { HttpRequest } from "../../schema/http.ts";
import type { components } from "../../schema/platforms/doclr.gen.ts";
import { CentreId, ExternalId, Instant } from "../../schema/primitives.ts";
import { expectStatus, parseReply } from "../kit/reply.ts";

type Document = components["schemas"];
export type Person = Document["Person"];
export type NewInvitation = Document["NewInvitation"];
export type NewReservation = Document["NewReservation"];

const exists = (date: string): boolean => {
  const [day, month, year] = date.split("/").map(Number) as [number, number, number];
  return Temporal.PlainDate.from({ day, month: Math.max(1, month), year }).day === day;
};
const LocalDate = z
  .string()
  .regex(/^[0-3]\d\/[01]\d\/\d{4}$/)
  .refine(exists, { error: "no such day" });
const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const Invitation = z.object({
  code: z.string().regex(/^\d{16}$/),
  state: z.enum(["OPEN", "RESERVED", "VACCINATED", "DECLINED", "WITHDRAWN"]),
}) satisfies z.ZodType<Document["Invitation"]>;
export type Invitation = z.infer<typeof Invitation>;

const Invitations = z.object({ invitations: z.array(Invitation) });

const Change = z.object({
  invitation: ExternalId,
  kind: z.enum(["INVITED", "RESERVED", "RELEASED", "DECLINED", "WITHDRAWN", "VACCINATED", "DECEASED"]),
  at: Instant,
  partner: z.string().optional(),
  person: z.object({
    nationalNumber: z.string().optional(),
    givenName: z.string(),
    familyName: z.string(),
    birthDate: LocalDate,
  }),
  email: z.string().optional(),
  mobile: z.string().optional(),
}) satisfies z.ZodType<Omit<Document["Change"], "change">>;
export type Change = z.infer<typeof Change>;
const Changes = z.object({ changes: z.array(Change), last: z.int().min(0), more: z.boolean() });

/** The vaccine's letter is not read: it goes no further than Doclr (F11). */
const Slot = z.object({
  id: ExternalId,
  centre: CentreId,
  date: LocalDate,
  time: LocalTime,
  minutes: z.int().positive(),
  free: z.int().min(0),
}) satisfies z.ZodType<Omit<Document["Slot"], "vaccine">>;
export type Slot = z.infer<typeof Slot>;

const Reservation = z.object({
  id: ExternalId,
  code: z.string(),
  centre: CentreId,
  date: LocalDate,
  time: LocalTime,
  state: z.enum(["ACTIVE", "CANCELLED"]),
  partner: z.string().optional(),
}) satisfies z.ZodType<Omit<Document["Reservation"], "vaccine">>;
export type Reservation = z.infer<typeof Reservation>;

const Reason = z.enum([
  "SLOT_FULL",
  "SLOT_UNKNOWN",
  "CODE_UNKNOWN",
  "CODE_ENDED",
  "CODE_RESERVED",
  "ALREADY_VACCINATED",
  "RESERVATION_CANCELLED",
]) satisfies z.ZodType<Document["Job"]["reason"]>;

const Job = z.discriminatedUnion("state", [
  z.object({ job: z.string(), state: z.enum(["queued", "running"]) }),
  z.object({ job: z.string(), state: z.literal("done"), reservation: Reservation }),
  z.object({ job: z.string(), state: z.literal("failed"), reason: Reason }),
]) satisfies z.ZodType<Omit<Document["Job"], "reservation">>;
type Job = z.infer<typeof Job>;
export type Ended = Extract<Job, { state: "done" | "failed" }>;

const Refusal = z.object({ error: z.enum(["PERSON_HAS_CODE", "ALREADY_VACCINATED"]) });
const betweenLooksMs = 500;
const looks = 40;

type Access = { baseUrl: string; username: string; password: string };

/** The operations of `doclr.openapi.yaml` that the adapter needs, with jobs followed to their end. */
export const createClient = ({ baseUrl, username, password }: Access, ctx: AdapterContext) => {
  const http = ctx.http(baseUrl);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const ask = (request: HttpRequest) => http.request({ ...request, headers: { authorization } });

  const finish = async (begun: Job): Promise<Ended> => {
    let job = begun;
    for (let look = 0; look < looks; look += 1) {
      if (job.state === "done" || job.state === "failed") return job;
      await ctx.sleep(betweenLooksMs);
      const reply = await ask({ method: "GET", path: `/jobs/${encodeURIComponent(job.job)}` });
      job = parseReply(Job, expectStatus(reply, 200));
    }
    throw new AdapterError("unknown", "a job of Doclr's is still not done");
  };

  return {
    /** A repeat is harmless: whoever has a code gets no second one. */
    async invite(json: NewInvitation): Promise<Invitation | z.infer<typeof Refusal>> {
      const reply = await ask({ method: "POST", path: "/invitations", json, safe: true });
      return reply.status === 409
        ? parseReply(Refusal, reply)
        : parseReply(Invitation, expectStatus(reply, 201));
    },

    async searchInvitations(json: Person): Promise<Invitation[]> {
      const reply = await ask({ method: "POST", path: "/invitations/search", json, safe: true });
      return parseReply(Invitations, expectStatus(reply, 200)).invitations;
    },

    async listChanges(after: string | undefined) {
      const reply = await ask({ method: "GET", path: "/invitations/changes", query: after ? { after } : {} });
      return parseReply(Changes, expectStatus(reply, 200));
    },

    /** A repeat is harmless: what has ended has ended, and only what was reserved since is given back. */
    async supersede(json: Document["Supersession"]): Promise<void> {
      const reply = await ask({ method: "POST", path: "/invitations/supersession", json, safe: true });
      parseReply(Invitations, expectStatus(reply, 200));
    },

    async reinstate(json: Person): Promise<void> {
      const reply = await ask({ method: "POST", path: "/invitations/reinstatement", json, safe: true });
      parseReply(Invitations, expectStatus(reply, 200));
    },

    async listSlots(query: { centre: string; from: string; until: string }, signal?: AbortSignal) {
      const reply = await ask({ method: "GET", path: "/slots", query, signal });
      return parseReply(z.object({ slots: z.array(Slot) }), expectStatus(reply, 200)).slots;
    },

    async listReservations(query: { centre: string; date: string }): Promise<Reservation[]> {
      const reply = await ask({ method: "GET", path: "/reservations", query });
      return parseReply(z.object({ reservations: z.array(Reservation) }), expectStatus(reply, 200))
        .reservations;
    },

    /** Throws `unknown` for whatever goes wrong once Doclr has it: only the reservations then tell. */
    async reserve(json: NewReservation): Promise<Ended> {
      const reply = await ask({ method: "POST", path: "/reservations", json });
      if (reply.status >= 400) expectStatus(reply, 202);
      try {
        return await finish(parseReply(Job, expectStatus(reply, 202)));
      } catch (cause) {
        throw new AdapterError("unknown", "Doclr has the reservation, and did not say what came of it", {
          cause,
        });
      }
    },

    /** A repeat is harmless: the job then fails with RESERVATION_CANCELLED. */
    async cancel(id: ExternalId): Promise<void> {
      const path = `/reservations/${encodeURIComponent(id)}/cancellation`;
      const reply = await ask({ method: "POST", path, safe: true });
      if (reply.status === 404) return;
      const job = await finish(parseReply(Job, expectStatus(reply, 202)));
      if (job.state === "failed" && job.reason !== "RESERVATION_CANCELLED")
        throw new AdapterError("drifted", "a cancellation failed for a reason that is none");
    },
  };
};
export type Client = ReturnType<typeof createClient>;
