import { z } from "zod";
import type { HttpClient, HttpReply, HttpRequest } from "../../schema/http.ts";
import type { components } from "../../schema/platforms/qvax.gen.ts";
import { Day, ExternalId, Instant, InvitationId, Language, Postcode } from "../../schema/primitives.ts";
import { expectStatus, parseReply } from "../kit/reply.ts";

type Document = components["schemas"];
export type NewRegistration = Document["NewRegistration"];
export type NewInvitation = Document["NewInvitation"];

const Grid = z.object({
  week: z.array(z.string().regex(/^[01]{3}$/)).length(7),
  repeats: z.boolean(),
  startsOn: Day.optional(),
}) satisfies z.ZodType<Document["Availability"]>;
export type Grid = z.infer<typeof Grid>;

const Registration = z.object({
  registrationId: ExternalId,
  nationalNumber: z.string().regex(/^\d{11}$/),
  givenName: z.string().min(1),
  familyName: z.string().min(1),
  email: z.string().nullable(),
  mobile: z.string().nullable(),
  postcode: Postcode.optional(),
  language: Language.optional(),
  availability: Grid.optional(),
  state: z.enum(["on", "off", "closed"]),
  centreCode: z.string().min(1).nullable(),
  updatedAt: Instant,
}) satisfies z.ZodType<Document["Registration"]>;
export type Registration = z.infer<typeof Registration>;

const Cursor = z.string().min(1).max(200);
const RegistrationPage = z.object({
  asOf: Instant,
  total: z.number().int().min(0),
  items: z.array(Registration),
  cursor: Cursor,
  more: z.boolean(),
}) satisfies z.ZodType<Document["RegistrationPage"]>;

const Invitation = z.object({
  externalId: InvitationId,
  registrationId: ExternalId,
  state: z.enum(["queued", "sent", "yes", "no", "lapsed", "revoked"]),
  sentAt: Instant.nullable(),
  windowEndsAt: Instant.nullable(),
}) satisfies z.ZodType<Document["Invitation"]>;
export type Invitation = z.infer<typeof Invitation>;

const Answer = z.object({
  externalId: InvitationId,
  answer: z.enum(["yes", "no"]),
  answeredAt: Instant,
  handover: z.object({ system: z.string(), centreCode: z.string(), comeBefore: Instant }).nullable(),
}) satisfies z.ZodType<Document["Answer"]>;
export type Answer = z.infer<typeof Answer>;

const AnswerPage = z.object({
  items: z.array(Answer),
  cursor: Cursor,
  more: z.boolean(),
}) satisfies z.ZodType<Document["AnswerPage"]>;

const NumberKnown = z.object({ registrationId: ExternalId });
const NotKnown = z.object({ code: z.literal("unknown") });

/** Throws `drifted` for a 404 that is not Qvax's own, lest a wrong address pass for somebody unknown. */
const isUnknown = (reply: HttpReply): boolean =>
  reply.status === 404 && parseReply(NotKnown, reply).code === "unknown";

/** Written, or refused because that number is another registration's. */
type Written = { registration: ExternalId } | { heldBy: ExternalId };

/** The most that a page may hold, by the document. */
const limit = 500;

/**
 * The operations of `qvax.openapi.yaml` that the adapter needs; `undefined` stands for its 404. The POSTs are marked
 * safe because a number and an invitation's id each keep a repeat from becoming a second one.
 */
export const createClient = (http: HttpClient, apiKey: string) => {
  const ask = (request: HttpRequest) => http.request({ ...request, headers: { "x-api-key": apiKey } });
  return {
    async listRegistrations(cursor?: string) {
      const reply = await ask({ method: "GET", path: "/registrations", query: { cursor, limit } });
      return parseReply(RegistrationPage, expectStatus(reply, 200));
    },

    async register(json: NewRegistration): Promise<Written> {
      const reply = await ask({ method: "POST", path: "/registrations", json, safe: true });
      if (reply.status === 409) return { heldBy: parseReply(NumberKnown, reply).registrationId };
      return { registration: parseReply(Registration, expectStatus(reply, 201)).registrationId };
    },

    async replaceRegistration(id: ExternalId, json: NewRegistration): Promise<Written | undefined> {
      const reply = await ask({ method: "PUT", path: `/registrations/${encodeURIComponent(id)}`, json });
      if (isUnknown(reply)) return undefined;
      if (reply.status === 409) return { heldBy: parseReply(NumberKnown, reply).registrationId };
      return { registration: parseReply(Registration, expectStatus(reply, 200)).registrationId };
    },

    async closeRegistration(id: ExternalId, reason: "withdrawn" | "vaccinated"): Promise<void> {
      const path = `/registrations/${encodeURIComponent(id)}`;
      const reply = await ask({ method: "DELETE", path, query: { reason } });
      if (!isUnknown(reply)) expectStatus(reply, 204);
    },

    async invite(json: NewInvitation): Promise<Invitation | undefined> {
      const reply = await ask({ method: "POST", path: "/invitations", json, safe: true });
      return isUnknown(reply) ? undefined : parseReply(Invitation, expectStatus(reply, 200, 201));
    },

    async readInvitation(id: InvitationId): Promise<Invitation> {
      const reply = await ask({ method: "GET", path: `/invitations/${id}` });
      return parseReply(Invitation, expectStatus(reply, 200));
    },

    async revokeInvitation(id: InvitationId): Promise<void> {
      const reply = await ask({ method: "DELETE", path: `/invitations/${id}` });
      if (!isUnknown(reply)) expectStatus(reply, 204);
    },

    async listAnswers(cursor?: string) {
      const reply = await ask({ method: "GET", path: "/answers", query: { cursor, limit } });
      return parseReply(AnswerPage, expectStatus(reply, 200));
    },
  };
};
export type Client = ReturnType<typeof createClient>;
