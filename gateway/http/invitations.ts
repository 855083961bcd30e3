import { createRoute } from "@hono/zod-openapi";
import { Invitation } from "../../schema/surplus.ts";
import { answer, callOff, readInvitation } from "../flows/answer.ts";
import type { Deps } from "../flows/deps.ts";
import { bearer, forVolunteers } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const own = {
  tags: ["Invitations"],
  responses: { 200: json(Invitation, "The invitation as it stands now"), default: problems },
};

const reading = createRoute({
  ...forVolunteers("GET /v1/invitation"),
  ...own,
  summary: "Read one's invitation",
});

const accepting = createRoute({
  ...forVolunteers("POST /v1/invitation/accept"),
  ...own,
  summary: "Say yes",
});

const declining = createRoute({
  ...forVolunteers("POST /v1/invitation/decline"),
  ...own,
  summary: "Say no, and keep one's place",
});

const cancelling = createRoute({
  ...forVolunteers("POST /v1/invitation/cancel"),
  ...own,
  summary: "Let go of a promised dose, for the next person at once",
  description: "Whoever was promised a dose and cannot come after all keeps their place on the list.",
});

/** An invitation in the hands of the person invited; a message's scanner that follows its link answers nothing. */
export const invitations = ({ deps }: { deps: Deps }): Router =>
  newRouter()
    .openapi(reading, async (c) => c.json(await readInvitation(deps, bearer(c)), 200))
    .openapi(accepting, async (c) => c.json(await answer(deps, bearer(c), "yes"), 200))
    .openapi(declining, async (c) => c.json(await answer(deps, bearer(c), "no"), 200))
    .openapi(cancelling, async (c) => c.json(await callOff(deps, bearer(c)), 200));
