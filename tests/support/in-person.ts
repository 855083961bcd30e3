import type { Deps } from "../../gateway/flows/deps.ts";
import { read } from "../../gateway/flows/manage.ts";
import { openPersonal } from "../../gateway/flows/personal.ts";

/** Reads a registration by the link of a message, as whoever knows the birth date does. */
export const readInPerson = async (deps: Deps, link: string, birthDate: string) =>
  read(deps, (await openPersonal(deps, link, { birthDate })).token);
