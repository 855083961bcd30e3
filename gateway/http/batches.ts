import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { Refusal } from "../../schema/errors.ts";
import {
  NewVolunteer,
  RegistrationBatch,
  type RegistrationResult,
  RegistrationResults,
} from "../../schema/volunteer.ts";
import type { Arrival } from "../flows/intake/decide.ts";
import type { Outcome } from "../flows/intake/take-in.ts";
import type { OpenWorld } from "./app.ts";
import { forKeys, mayReach } from "./auth.ts";
import { full, unlessFull } from "./pressure.ts";
import { problemFor } from "./problem.ts";
import { body, issuesOf, json, newRouter, problems, type Router, type Scope } from "./router.ts";

const route = ({ deps, intake }: OpenWorld) => {
  const door = forKeys(deps, "POST /v1/volunteers/batch");
  return createRoute({
    ...door,
    tags: ["Volunteers"],
    middleware: [unlessFull(intake), door.middleware] as const,
    summary: "Register up to 500 people, each answered for itself",
    description:
      "For whoever hands on people who registered elsewhere. The results stand in the order of the registrations, and one that is refused changes nothing for the others. `key` is a registration's own idempotency key: sent again, in whatever batch, it gets its first answer.",
    request: { body: body(RegistrationBatch) },
    responses: { 200: json(RegistrationResults, "What became of each"), 503: full, default: problems },
  });
};

type Row = RegistrationBatch["registrations"][number];

/** One of them as somebody who comes alone, or why it cannot be that. */
const arrivalOf = (c: Context<Scope>, { key, volunteer }: Row): Arrival | Refusal => {
  const caller = c.get("caller");
  const read = NewVolunteer.safeParse(volunteer);
  if (!read.success) return new Refusal("invalid_input", undefined, issuesOf(read.error, "body"));
  const input = read.data;
  if (!mayReach(caller, { region: input.region })) return new Refusal("not_allowed");
  const content = JSON.stringify([c.req.method, c.req.path, input]);
  const request = key === undefined ? undefined : { caller: caller.label, key, content };
  return { input, actor: caller.label, request };
};

/** The letters of a first answer stay as they are. */
const lettersOf = (outcome: Outcome, problem: (error: unknown) => RegistrationResult): string => {
  if ("error" in outcome) return JSON.stringify(problem(outcome.error));
  const { registered, body: letters } = outcome.answer;
  return `{"status":201,"replayed":${!registered},"registered":${letters}}`;
};

/** Registering many people at once. */
export const batches = (world: OpenWorld): Router =>
  newRouter().openapi(route(world), async (c) => {
    const rows = c.req.valid("json").registrations.map((row) => arrivalOf(c, row));
    const arrivals = rows.flatMap((row) => (row instanceof Refusal ? [] : [row]));
    const outcomes = await world.intake.registerAll(arrivals);
    const problem = (error: unknown): RegistrationResult => {
      const told = problemFor(world.log, c, error);
      return { status: told.status, problem: told };
    };
    let next = 0;
    const results = rows.map((row): string => {
      if (row instanceof Refusal) return JSON.stringify(problem(row));
      const outcome = outcomes[next] as Outcome;
      next += 1;
      return lettersOf(outcome, problem);
    });
    const letters = `{"results":[${results.join(",")}]}`;
    return c.body(letters, 200, { "content-type": "application/json" }) as never;
  });
