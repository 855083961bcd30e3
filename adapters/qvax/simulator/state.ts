import type { components } from "../../../schema/platforms/qvax.gen.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { World } from "../../kit/simulator.ts";

export type Document = components["schemas"];

/** `change` counts upwards over all registrations, and is the order in which they are listed. */
export type Held = Document["Registration"] & { change: number; silences: number };

export type Asked = Document["Invitation"] & {
  externalId: string;
  centreCode: string;
  kind: Document["NewInvitation"]["kind"];
  windowMinutes: number;
  knownBy: Instant;
  comeBefore: Instant;
  sentAt: Instant | null;
  windowEndsAt: Instant | null;
  leavesAt: Instant;
  /** Messages that left for it. */
  messages: number;
  /** Whether silence would cost the person something: never a standby's, nor where it was excused. */
  owesAnswer: boolean;
};

export type State = {
  /** What was agreed with partners: so many requests in so many seconds. */
  allowance: { requests: number; seconds: number };
  spent: { since: Instant; requests: number };
  sendAfterSeconds: number;
  silencesUntilOff: number;
  centres: { code: string; postcode: number }[];
  changes: number;
  registrations: Record<string, Held>;
  /** National number → registration. */
  numbers: Record<string, string>;
  invitations: Record<string, Asked>;
  answers: Document["Answer"][];
};

export const sandboxKey = "sandbox-qvax";

export const initial = (world: World): State => ({
  allowance: { requests: 6_000, seconds: 10 },
  spent: { since: world.now(), requests: 0 },
  sendAfterSeconds: 0,
  silencesUntilOff: 1,
  centres: centresOf(world),
  changes: 0,
  registrations: {},
  numbers: {},
  invitations: {},
  answers: [],
});

/** Centres that called people from Qvax in April 2021, with the postcode each stands at. */
const places: Record<string, number> = {
  aalst: 9300,
  antwerpen: 2000,
  asse: 1730,
  beersel: 1650,
  bree: 3960,
  charleroi: 6000,
  "court-saint-etienne": 1490,
  deinze: 9800,
  dilbeek: 1700,
  eupen: 4700,
  gedinne: 5575,
  genk: 3600,
  gent: 9051,
  "grace-hollogne": 4460,
  hannut: 4280,
  hasselt: 3500,
  libramont: 6800,
  "liege-feronstree": 4000,
  marche: 6900,
  mons: 7000,
  namur: 5000,
  pepinster: 4860,
  roeselare: 8800,
  ronquieres: 7090,
  tournai: 7500,
  zaventem: 1930,
  zottegem: 9620,
};

/** Where the world has none of these, its centres share out the country. */
const centresOf = ({ centres }: World): State["centres"] => {
  const known = centres.flatMap((code) => {
    const postcode = places[code];
    return postcode === undefined ? [] : { code, postcode };
  });
  const share = 9_000 / centres.length;
  return known.length > 0
    ? known
    : centres.map((code, at) => ({ code, postcode: Math.floor(1_000 + share * (at + 0.5)) }));
};

/** The centre whose own postcode is nearest by number. */
export const centreAt = (state: State, postcode: string | undefined): string | null => {
  if (postcode === undefined) return null;
  const away = (centre: State["centres"][number]) => Math.abs(centre.postcode - Number(postcode));
  return state.centres.toSorted((one, other) => away(one) - away(other))[0]?.code ?? null;
};
