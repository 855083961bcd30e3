import type { Appointment, AppointmentResponse, Patient, Reference } from "@medplum/fhirtypes";
import type { Context } from "hono";
import { z } from "zod";
import { Fault, fault } from "./outcome.ts";

/* What others send. Only what is read here is looked at; the rest of a resource may be anything. */

const text = z.string().min(1);
const Token = z.looseObject({ system: text.optional(), code: text.optional() });
const Concept = z.looseObject({ coding: z.array(Token).optional(), text: text.optional() });
const Pointer = z.looseObject({
  ...{ reference: text.optional(), type: text.optional(), display: text.optional() },
  identifier: z.looseObject({ system: text.optional(), value: text.optional() }).optional(),
});
const Period = z.looseObject({ start: text.optional(), end: text.optional() });
const Extension = z.looseObject({ url: text, valueString: text.optional(), valueCode: text.optional() });

const SomePatient = z.looseObject({
  resourceType: z.literal("Patient"),
  identifier: z.array(z.looseObject({ system: text.optional(), value: text.optional() })).optional(),
  name: z
    .array(z.looseObject({ use: text.optional(), family: text.optional(), given: z.array(text).optional() }))
    .optional(),
  telecom: z
    .array(z.looseObject({ system: text.optional(), value: text.optional(), use: text.optional() }))
    .optional(),
  birthDate: text.optional(),
  address: z.array(z.looseObject({ postalCode: text.optional() })).optional(),
  communication: z.array(z.looseObject({ language: Concept, preferred: z.boolean().optional() })).optional(),
});
const SomeAppointment = z.looseObject({
  ...{ resourceType: z.literal("Appointment"), id: text.optional(), status: text },
  contained: z.array(z.looseObject({ resourceType: text })).optional(),
  extension: z.array(Extension).optional(),
  ...{ start: text.optional(), end: text.optional(), comment: text.optional() },
  slot: z.array(Pointer).optional(),
  reasonCode: z.array(Concept).optional(),
  participant: z.array(z.looseObject({ actor: Pointer.optional(), status: text.optional() })).optional(),
  requestedPeriod: z.array(Period).optional(),
});
const SomeResponse = z.looseObject({
  resourceType: z.literal("AppointmentResponse"),
  appointment: Pointer,
  participantStatus: text,
});
const SomeParameters = z.looseObject({
  resourceType: z.literal("Parameters"),
  parameter: z.array(z.looseObject({ name: text, resource: z.unknown().optional() })).optional(),
});

const pathOf = (type: string, path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (all, step) => (typeof step === "number" ? `${all}[${step}]` : `${all}.${String(step)}`),
    type,
  );

const reading =
  <Resource>(type: string, shape: z.ZodType) =>
  (value: unknown): Resource => {
    const parsed = shape.safeParse(value);
    if (parsed.success) return parsed.data as Resource;
    throw new Fault(
      400,
      parsed.error.issues.map(({ path, message }) => ({
        ...{ code: "structure", text: `no ${type} as it can be read here: ${message}` },
        at: pathOf(type, path),
      })),
    );
  };

export const readAppointment = reading<Appointment>("Appointment", SomeAppointment);
export const readPatient = reading<Patient>("Patient", SomePatient);
export const readResponse = reading<AppointmentResponse>("AppointmentResponse", SomeResponse);
const readParameters = reading<z.infer<typeof SomeParameters>>("Parameters", SomeParameters);

/** The JSON of a body; refused where it is of another type, or none. */
export const bodyOf = async (c: Context): Promise<unknown> => {
  const type = c.req.header("content-type") ?? "";
  if (!/^(application\/(fhir\+)?json|text\/json)\b/i.test(type))
    throw new Fault(415, {
      code: "not-supported",
      text: "send JSON with content-type: application/fhir+json",
    });
  try {
    return JSON.parse(await c.req.text());
  } catch (error) {
    if (error instanceof SyntaxError) return fault(400, "structure", "the body is no JSON, or ends early");
    throw error;
  }
};

/** The patient who lies in an appointment. */
export const containedPatient = ({ contained = [] }: Appointment): Patient | undefined => {
  const found = contained.find(({ resourceType }) => resourceType === "Patient");
  return found && readPatient(found);
};

/** What an operation was given, by name, from an address or in a `Parameters`. */
export type Parameters = {
  texts(name: string): string[];
  references(name: string): Reference[];
  resources(name: string): unknown[];
  names: ReadonlySet<string>;
};

const valueIn = (parameter: Record<string, unknown>): unknown => {
  const name = Object.keys(parameter).find((each) => /^value[A-Z]/.test(each));
  return name === undefined ? undefined : parameter[name];
};

const isPointer = (value: unknown): value is Reference => Pointer.safeParse(value).success;

export const parametersOf = async (c: Context): Promise<Parameters> => {
  const query = [...new URL(c.req.url).searchParams];
  const type = c.req.header("content-type") ?? "";
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  const form = c.req.method === "POST" && isForm ? [...new URLSearchParams(await c.req.text())] : [];
  const isResource = c.req.method === "POST" && !isForm;
  const { parameter = [] } = isResource ? readParameters(await bodyOf(c)) : {};
  const plain = [...query, ...form];
  const given = parameter.map((each) => ({ ...each, value: valueIn(each) }));
  const of = (name: string) => given.filter((each) => each.name === name);
  const written = (name: string) => plain.flatMap(([key, value]) => (key === name && value ? [value] : []));
  return {
    texts: (name) => [
      ...written(name),
      ...of(name).flatMap(({ value }) =>
        typeof value === "string" || typeof value === "number" ? [String(value)] : [],
      ),
    ],
    references: (name) => [
      ...written(name).map((reference) => ({ reference })),
      ...of(name).flatMap(({ value }) => {
        if (typeof value === "string") return [{ reference: value }];
        return isPointer(value) ? [value] : [];
      }),
    ],
    resources: (name) => of(name).flatMap(({ resource }) => (resource === undefined ? [] : [resource])),
    names: new Set([...plain.map(([name]) => name), ...given.map(({ name }) => name)]),
  };
};
