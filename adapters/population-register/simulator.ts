import { Hono } from "hono";
import { z } from "zod";
import type { RosterEntry } from "../../schema/adapter.ts";
import { plainNumber } from "../../schema/national-number.ts";
import type { components } from "../../schema/platforms/population-register.gen.ts";
import type { ExternalId } from "../../schema/primitives.ts";
import { type Bench, defineSimulator } from "../kit/simulator.ts";

type Document = components["schemas"];
type Resident = { id: string; number?: string; name: string; birthDate?: string; postcode?: string };
type State = { residents: Resident[] };

const serviceKey = "sandbox-register";

const Question = z.strictObject({
  nationalNumber: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  givenName: z.string().min(1),
  familyName: z.string().min(1),
  birthDate: z.iso.date(),
  postcode: z
    .string()
    .regex(/^[1-9]\d{3}$/)
    .optional(),
});

const nameOf = ({ givenName, familyName }: { givenName: string; familyName: string }) =>
  `${givenName} ${familyName}`.toLowerCase();

const residentOf = ({ residents }: State, asked: z.infer<typeof Question>): Resident | undefined =>
  residents.find(({ number, name, birthDate }) =>
    asked.nationalNumber
      ? number === asked.nationalNumber
      : name === nameOf(asked) && birthDate === asked.birthDate,
  );

const compared = (held: string | undefined, told: string | undefined): Document["Finding"] => {
  if (held === undefined || told === undefined) return "withheld";
  return held === told ? "match" : "mismatch";
};

const app = (state: State): Hono =>
  new Hono()
    .use("*", async (c, next) => {
      if (c.req.header("x-service-key") === serviceKey) return next();
      return c.json({ error: "WRONG_KEY" } satisfies Document["Refusal"], 401);
    })
    .post("/checks", async (c) => {
      const asked = Question.safeParse(await c.req.json().catch(() => undefined));
      if (!asked.success) return c.json({ error: "MALFORMED" } satisfies Document["Refusal"], 400);
      const resident = residentOf(state, asked.data);
      if (!resident) return c.json({ found: false } satisfies Document["Findings"]);
      return c.json({
        found: true,
        birthDate: compared(resident.birthDate, asked.data.birthDate),
        postcode: compared(resident.postcode, asked.data.postcode),
      } satisfies Document["Findings"]);
    });

const enter = (state: State, entry: RosterEntry): ExternalId => {
  const { nationalNumber, birthDate, postcode } = entry;
  const number = nationalNumber && plainNumber(nationalNumber);
  const id = String(state.residents.length + 1);
  state.residents.push({ id, number, name: nameOf(entry), birthDate, postcode });
  return id as ExternalId;
};

const bench = (state: State): Bench => ({
  addPeople: (entries) => entries.map((entry) => enter(state, entry)),
  people: () => state.residents.map(({ id }) => ({ externalId: id as ExternalId, state: "active" as const })),
});

/** A register of whoever lives somewhere, by its API document. */
export default defineSimulator<State>({
  name: "population-register",
  initial: () => ({ residents: [] }),
  app,
  bench,
  options: (baseUrl) => ({ baseUrl, serviceKey }),
});
