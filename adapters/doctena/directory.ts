import { type CentreId, type Instant, plusMinutes, type Vaccine } from "../../schema/primitives.ts";
import type { Client } from "./client.ts";
import { type Shared, shared } from "./fresh.ts";
import { gives, type PracticeIds, toCentre } from "./mapper.ts";

/** Doctena's numbers for the gateway's centres, and the centre to which each agenda belongs. */
export type Directory = {
  practiceIds: PracticeIds;
  agendas: { id: number; centre: CentreId; gives(vaccine: Vaccine): boolean }[];
};

/** A practice or agenda that is new at Doctena is known here after so long. */
const keptMinutes = 10;

export const createDirectory = (
  client: Pick<Client, "practices" | "agendas">,
  now: () => Instant,
): Shared<Directory> =>
  shared(now, async () => ({ value: await read(client), until: plusMinutes(now(), keptMinutes) }));

const read = async (client: Pick<Client, "practices" | "agendas">): Promise<Directory> => {
  const [practices, agendas] = await Promise.all([client.practices(), client.agendas()]);
  const centres = new Map(
    practices.flatMap((practice): [number, CentreId][] => {
      const centre = toCentre(practice);
      return centre ? [[practice.id, centre]] : [];
    }),
  );
  return {
    practiceIds: new Map([...centres].map(([id, centre]) => [centre, id])),
    agendas: agendas.flatMap((agenda) => {
      const centre = centres.get(agenda.practiceId);
      return centre ? [{ id: agenda.id, centre, gives: (vaccine) => gives(agenda, vaccine) }] : [];
    }),
  };
};
