import type { components } from "../../../schema/platforms/doctena.gen.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";

export type Document = components["schemas"];
type Practice = Document["Practice"];
/** Opening hours are on the wall: "08:00" to "20:30". */
export type Agenda = Document["Agenda"] & {
  opens: string;
  closes: string;
  minutes: number;
  capacity: number;
};
/** `state` as it was last written: a hold whose time is over still says "held" here. */
export type Appointment = Document["Appointment"] & {
  patient: Document["Patient"];
  /** Made by the patient on Doctena's own pages: no client sees it. */
  isDirect?: boolean;
};
export type Entry = Document["WaitingEntry"] & { gone?: "withdrawn" | "vaccinated" };

export type State = {
  lastId: number;
  practices: Practice[];
  agendas: Agenda[];
  /** When each bearer token ends. */
  tokens: Record<string, Instant>;
  /** By id, and for what is asked often, ids by reference. */
  appointments: Record<string, Appointment>;
  appointmentsOf: Record<string, number[]>;
  waiting: Record<string, Entry>;
  waitingOf: Record<string, number>;
  /** How often it confirms twice, and refuses for reasons of its own. */
  faults?: { twice: number; refuses: number };
};

export const sandbox = {
  clientId: "everydose",
  clientSecret: "sandbox-doctena-client",
  webhookSecret: "sandbox-doctena-webhook",
  referenceKey: "sandbox-doctena-reference",
} as const;

export const newId = (state: State): number => {
  state.lastId += 1;
  return state.lastId;
};

const lines: Pick<Agenda, "name" | "products">[] = [
  { name: "Ligne 1: Comirnaty, Spikevax", products: ["comirnaty", "spikevax"] },
  { name: "Ligne 2", products: ["comirnaty", "spikevax", "vaxzevria", "janssen"] },
];

/** One practice for each centre, with two agendas open as the Brussels centres were. */
export const initial = ({ centres }: World): State => {
  const practices = centres.map((centre, index) => ({
    id: 4101 + index,
    reference: centre,
    name: `Centre de vaccination ${centre}`,
  }));
  const agendas = practices.flatMap(({ id }) =>
    lines.map((line, index) => ({
      ...line,
      id: id * 10 + index,
      practiceId: id,
      opens: "08:00",
      closes: "20:30",
      minutes: 10,
      capacity: 12,
    })),
  );
  return {
    lastId: 100_000,
    practices,
    agendas,
    tokens: {},
    appointments: {},
    appointmentsOf: {},
    waiting: {},
    waitingOf: {},
  };
};
