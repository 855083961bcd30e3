import { z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import type { Intake } from "../flows/intake/gather.ts";
import { problems, type Scope } from "./router.ts";

/** Refuses a registration that would wait too long before its body is read. */
export const unlessFull = (intake: Intake) =>
  createMiddleware<Scope>(async (_, next) => {
    await intake.admit();
    await next();
  });

/** How it is told in the description of the API. */
export const full = {
  ...problems,
  description:
    "`overloaded`: more register than can be written now, and nothing was done. Come back after `Retry-After` with the same key; who comes later loses nothing",
  headers: z.object({
    "Retry-After": z.string().meta({ description: "in seconds, spread so that not all come back at once" }),
  }),
};
