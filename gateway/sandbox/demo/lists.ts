import { populate } from "../seed.ts";
import { say } from "./say.ts";
import { at, type Stage } from "./stage.ts";

/** How many people are on the list of each centre, with whichever platform keeps it. */
const people = { charleroi: 760, gent: 660, pacheco: 560, lint: 90, hamme: 70 };

/** 16:00. People have signed up with four systems; the gateway makes them one list. */
export const readLists = async ({ clock, sandbox, federation, gateway }: Stage): Promise<void> => {
  populate(sandbox, federation, { counts: people, seed: 18, year: 2021 });
  clock.set(at("16:00"));
  await gateway.worker.drain();
  const all = Object.values(people).reduce((sum, count) => sum + count);
  say(`16:00  the lists of four platforms are read: ${all} people`);
};
