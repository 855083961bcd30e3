import { neighbour } from "./town.ts";
import { openWalker, type Walker } from "./walker.ts";

/** An afternoon in a town where four people wait. */
export const openAfternoon = async (): Promise<Walker> => {
  const walker = await openWalker({ hour: 16 });
  for (const born of ["1941-02-03", "1948-05-06", "1955-07-08", "1990-01-02"] as const)
    await walker.town.register(neighbour(born));
  return walker;
};
