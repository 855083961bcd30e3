import type { Surplus } from "../../../schema/surplus.ts";
import { say } from "./say.ts";
import { at, type Stage } from "./stage.ts";

const evening = [
  { centre: "charleroi", doses: 12, vaccine: "pfizer" },
  { centre: "gent", doses: 8, vaccine: "moderna" },
  { centre: "pacheco", doses: 10, vaccine: "pfizer" },
  { centre: "lint", doses: 4, vaccine: "pfizer" },
  { centre: "hamme", doses: 3, vaccine: "moderna" },
];

/** 17:00. Five centres count what is left, and say so. */
export const announceAll = async ({ clock, client }: Stage): Promise<Surplus[]> => {
  clock.set(at("17:00"));
  const surpluses: Surplus[] = [];
  for (const each of evening) {
    const body = { ...each, usableUntil: at("20:30") };
    surpluses.push(await client.post<Surplus>("/v1/surpluses", { body }));
    say(`17:00  ${each.centre.padEnd(10)} has ${each.doses} doses left, usable until 20:30`);
  }
  return surpluses;
};
