import { createRoute } from "@hono/zod-openapi";
import { Invitation } from "../../schema/surplus.ts";
import { answer, callOff, readInvitation } from "../flows/answer.ts";
import type { Deps } from "../flows/deps.ts";
import { bearer, byToken } from "./auth.ts";
import { json, newRouter, problems, type Router } from "./router.ts";

const own = {
  tags: ["Invitations"],
  ...byToken,
  responses: { 200: json(Invitation, "The invitation as it stands now"), default: problems },
};

const reading = createRoute({
  ...own,
  summary: "Read one's invitation",
  method: "get",
  path: "/v1/invitation",
});

const accepting = createRoute({
  ...own,
  summary: "Say yes",
  method: "post",
  path: "/v1/invitation/accept",
});

const declining = createRoute({
  ...own,
  summary: "Say no, and keep one's place",
  method: "post",
  path: "/v1/invitation/decline",
});

const cancelling = createRoute({
  ...own,
  summary: "Let go of a promised dose, for the next person at once",
  description: "Whoever was promised a dose and cannot come after all keeps their place on the list.",
  method: "post",
  path: "/v1/invitation/cancel",
});

/** An invitation in the hands of the person invited; a message's scanner that follows its link answers nothing. */
export const invitations = ({ deps }: { deps: Deps }): Router =>
  newRouter()
    .openapi(reading, async (c) => c.json(await readInvitation(deps, bearer(c)), 200))
    .openapi(accepting, async (c) => c.json(await answer(deps, bearer(c), "yes"), 200))
    .openapi(declining, async (c) => c.json(await answer(deps, bearer(c), "no"), 200))
    .openapi(cancelling, async (c) => c.json(await callOff(deps, bearer(c)), 200));
