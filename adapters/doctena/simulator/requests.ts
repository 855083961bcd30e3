import type { Context } from "hono";
import { z } from "zod";
import { Instant, Language, Postcode } from "../../../schema/primitives.ts";
import { Refused } from "./refusal.ts";
import type { Document } from "./state.ts";

const Reference = z.string().min(1).max(64);
const Id = z.coerce.number().int().min(1);
const LocalTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00$/);
const Name = z.string().min(1).max(100);
const reach = {
  nationalNumber: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  postcode: Postcode.optional(),
  email: z.string().max(254).optional(),
  mobile: z
    .string()
    .regex(/^\+[1-9]\d{7,14}$/)
    .optional(),
};

export const TokenRequest = z.strictObject({
  grant_type: z.literal("client_credentials"),
  client_id: z.string(),
  client_secret: z.string(),
}) satisfies z.ZodType<Document["TokenRequest"]>;

export const Paging = z.object({
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
});
export type Paging = z.infer<typeof Paging>;

export const SlotQuery = Paging.extend({
  agendaIds: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .transform((text) => new Set(text.split(",").map(Number))),
  from: LocalTime,
  to: LocalTime,
});
export const AppointmentQuery = Paging.extend({ from: LocalTime, to: LocalTime });
export const WaitingQuery = Paging.extend({ changedSince: Instant.optional() });
export const ReferenceQuery = z.object({ reference: Reference });
export const Removal = z.object({ reason: z.enum(["withdrawn", "vaccinated", "erasure"]) });

export const AppointmentRequest = z.strictObject({
  reference: Reference,
  slotId: z.number().int().min(1),
  product: z.enum(["comirnaty", "spikevax", "vaxzevria", "janssen"]),
  patient: z.strictObject({
    firstName: Name,
    lastName: Name,
    birthDate: z.iso.date(),
    language: Language,
    ...reach,
  }),
}) satisfies z.ZodType<Document["AppointmentRequest"]>;

export const WaitingPerson = z
  .strictObject({
    reference: Reference,
    firstName: Name,
    lastName: Name,
    yearOfBirth: z.number().int().min(1890).max(2100),
    ...reach,
    language: Language.optional(),
    practiceIds: z.array(z.number().int().min(1)),
    state: z.enum(["waiting", "paused", "removed"]),
  })
  .refine(({ email, mobile }) => email ?? mobile) satisfies z.ZodType<Document["WaitingPerson"]>;

const read = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> => {
  const { data, success } = schema.safeParse(input);
  if (!success) throw new Refused("invalid_request", "the request is not as documented");
  return data;
};
export const query = <Schema extends z.ZodType>(c: Context, schema: Schema): z.infer<Schema> =>
  read(schema, c.req.query());
export const body = async <Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>> =>
  read(schema, await c.req.json().catch(() => undefined));
/** An id that cannot be one names nothing. */
export const pathId = (c: Context): number => Id.catch(0).parse(c.req.param("id"));
