import { type Bench, defineSimulator } from "../kit/simulator.ts";
import { api } from "./simulator/api.ts";
import { initial, type State } from "./simulator/state.ts";

/** A publisher has no people, no bookings and no invitations: it shows what is open, and to anybody. */
const bench = (): Bench => ({
  addPeople: () => {
    throw new Error("a publisher of slots has no list of people");
  },
  people: () => [],
});

/** A publisher of SMART Scheduling Links that makes the mistakes that real ones make. */
export default defineSimulator<State>({
  name: "smart-scheduling-links",
  initial,
  app: api,
  bench,
  options: (baseUrl) => ({ manifestUrl: `${baseUrl}/$bulk-publish` }),
});
