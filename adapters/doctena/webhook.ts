import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { AdapterError, type PlatformEvent } from "../../schema/adapter.ts";
import type { components } from "../../schema/platforms/doctena.gen.ts";
import { BookingId, Instant, millis } from "../../schema/primitives.ts";
import { WaitingEntry } from "./client.ts";
import { toExternalId, toSourced } from "./mapper.ts";

const Id = z.number().int().min(1);
const Known = z.discriminatedUnion("type", [
  z.object({ type: z.literal("waiting-list.changed"), at: Instant, entry: WaitingEntry }),
  z.object({ type: z.literal("waiting-list.vaccinated"), at: Instant, entryId: Id }),
  z.object({
    type: z.literal("appointment.cancelled"),
    at: Instant,
    appointmentId: Id,
    reference: z.string(),
  }),
]) satisfies z.ZodType<Omit<components["schemas"]["WebhookEvent"], "delivery">>;
type Known = z.infer<typeof Known>;

const Envelope = z.looseObject({ delivery: z.uuid(), type: z.string() });
const knownTypes: readonly string[] = Known.options.map(({ shape }) => shape.type.value);

type Delivery = { headers: Record<string, string>; body: string; receivedAt: Instant };

/** How far the sender's clock and the way here may differ; an older delivery is a replay. */
const toleranceMs = 5 * 60_000;

/**
 * The delivery's id and its events, once the signature over `<unix seconds>.<body>` is proven. A type that the
 * document does not list is no event: it says that some may be added.
 */
export const readDelivery = (secret: string, { headers, body, receivedAt }: Delivery) => {
  verify(secret, { headers, body, receivedAt });
  const json = readJson(body);
  const envelope = parse(Envelope, json);
  const known = knownTypes.includes(envelope.type);
  const events = known ? toEvents(parse(Known, json), receivedAt) : [];
  return { delivery: envelope.delivery, events };
};

const verify = (secret: string, { headers, body, receivedAt }: Delivery): void => {
  const { "doctena-signature": header = "" } = headers;
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  const [, seconds = "", signature = ""] = parts ?? [];
  const expected = createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
  const given = Buffer.from(signature, "hex");
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new AdapterError("forged", "the signature is not Doctena's");
  if (Math.abs(millis(receivedAt) - Number(seconds) * 1000) > toleranceMs)
    throw new AdapterError("forged", "the signature is too old, or from a clock that is ahead");
};

const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new AdapterError("drifted", "the delivery is not JSON");
  }
};

const parse = <Schema extends z.ZodType>(schema: Schema, json: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.slice(0, 3).map(({ path, code }) => `/${path.join("/")} (${code})`);
  throw new AdapterError("drifted", `the delivery differs from its document at ${where.join(", ")}`);
};

/** An appointment whose reference is no booking of the gateway's was made by another client. */
const toEvents = (event: Known, checkedAt: Instant): PlatformEvent[] => {
  if (event.type === "waiting-list.changed")
    return [{ kind: "roster-changed", entry: toSourced({ entry: event.entry, checkedAt }) }];
  if (event.type === "waiting-list.vaccinated")
    return [{ kind: "vaccinated", externalId: toExternalId(event.entryId), at: event.at }];
  const booking = BookingId.safeParse(event.reference);
  return booking.success ? [{ kind: "booking-cancelled", booking: booking.data, at: event.at }] : [];
};
