import { Hono } from "hono";
import type { components } from "../../schema/platforms/smart-scheduling-links.gen.ts";
import { type Bench, defineSimulator } from "../kit/simulator.ts";
import { unwritten } from "../kit/unwritten.ts";

type Document = components["schemas"];

/** All that the platform knows, as plain JSON: it is kept across restarts, and nothing else is. */
type State = { ready: boolean };

const apiKey = "sandbox-smart-scheduling-links";

/** Every operation of `smart-scheduling-links.openapi.yaml`, over that state and nothing else. */
const app = (state: State): Hono => {
  const api = new Hono();
  api.use("*", async (c, next) => {
    if (c.req.header("x-api-key") === apiKey) return next();
    return c.json({ error: "NO_ACCESS" } satisfies Document["Refusal"], 401);
  });
  api.get("/status", (c) => c.json({ ready: state.ready } satisfies Document["Status"]));
  return api;
};

/** What the kit sets a scene with, and looks at afterwards. `Bench` says what else there can be. */
const bench = (): Bench => ({
  addPeople: () => unwritten("addPeople of the simulator's bench"),
  people: () => unwritten("people of the simulator's bench"),
});

/** smart-scheduling-links as a running platform, written from its API document and never from its adapter. */
export default defineSimulator<State>({
  name: "smart-scheduling-links",
  initial: () => ({ ready: true }),
  app,
  bench,
  options: (baseUrl) => ({ baseUrl, apiKey }),
});
