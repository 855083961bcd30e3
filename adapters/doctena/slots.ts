import type { Ports, Slot } from "../../schema/adapter.ts";
import type { Instant } from "../../schema/primitives.ts";
import type { Client } from "./client.ts";
import type { Directory } from "./directory.ts";
import type { Shared } from "./fresh.ts";
import { toSlot } from "./mapper.ts";
import { localBounds } from "./time.ts";

type Search = { agendas: Directory["agendas"]; from: Instant; until: Instant; signal?: AbortSignal };

/** The slots of those agendas that begin within [from, until), the full ones too, by their beginning. */
export const findSlots = async (client: Client, search: Search): Promise<Slot[]> => {
  const { agendas, from, until, signal } = search;
  if (agendas.length === 0 || from >= until) return [];
  const centres = new Map(agendas.map(({ id, centre }) => [id, centre]));
  const bounds = localBounds({ from, until });
  const found = await client.slots({ agendas: [...centres.keys()], ...bounds, signal });
  return found.flatMap((slot) => {
    const centre = centres.get(slot.agendaId);
    const read = centre && toSlot({ slot, centre });
    return read && read.startsAt >= from && read.startsAt < until ? [read] : [];
  });
};

export const slots = (given: { client: Client; directory: Shared<Directory> }): Ports["slots"] => ({
  async list({ centres, from, until, signal }) {
    const directory = await given.directory.get();
    const agendas = directory.agendas.filter(({ centre }) => centres.includes(centre));
    const found = await findSlots(given.client, { agendas, from, until, signal });
    return found.filter(({ capacity }) => capacity > 0);
  },
});
