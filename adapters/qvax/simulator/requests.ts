import type { Context } from "hono";
import { z } from "zod";
import { Day, Instant } from "../../../schema/primitives.ts";
import { Refused } from "./refusal.ts";
import type { Document } from "./state.ts";

const Postcode = z.string().regex(/^[1-9]\d{3}$/);
const NationalNumber = z.string().regex(/^\d{11}$/);
export const NewRegistration = z.strictObject({
  nationalNumber: NationalNumber,
  givenName: z.string().min(1).max(100),
  familyName: z.string().min(1).max(100),
  email: z.email().max(254),
  mobile: z.string().regex(/^\+[1-9]\d{7,14}$/),
  postcode: Postcode.optional(),
  language: z.enum(["nl", "fr", "de", "en"]).optional(),
  availability: z
    .strictObject({
      week: z.array(z.string().regex(/^[01]{3}$/)).length(7),
      repeats: z.boolean(),
      startsOn: Day.optional(),
    })
    .optional(),
  state: z.enum(["on", "off", "closed"]),
}) satisfies z.ZodType<Document["NewRegistration"]>;
export const NewInvitation = z.strictObject({
  externalId: z.uuid(),
  recipient: z.union([
    z.strictObject({ registrationId: z.string().min(1).max(200) }),
    z.strictObject({ nationalNumber: NationalNumber }),
  ]),
  centreCode: z.string().min(1).max(60),
  kind: z.enum(["hold", "standby"]),
  windowMinutes: z.int().min(1).max(240),
  knownBy: Instant,
  comeBefore: Instant,
}) satisfies z.ZodType<Document["NewInvitation"]>;
export const Paging = z.strictObject({
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const Closing = z.strictObject({ reason: z.enum(["withdrawn", "vaccinated"]) });
export const Id = z.uuid();

/** The input as the document wants it, or the platform's refusal. */
export const obey = <Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> => {
  const parsed = shape.safeParse(input);
  if (!parsed.success) throw new Refused("malformed");
  return parsed.data;
};

export const bodyOf = (c: Context): Promise<unknown> =>
  c.req.json().catch(() => {
    throw new Refused("malformed");
  });
