import type { Context } from "hono";
import type { Centre, Region } from "../../../schema/region.ts";
import { type Answered, type OwnDesk, ownDesk } from "../frame/own-desk.ts";
import type { Session } from "../sign-in/guard.tsx";
import { type AgencyWords, agencyTexts } from "../texts/agency/words.ts";
import { numberIn } from "../texts/say.ts";

/* What each page of an authority works with. */

export type { Answered };
export type Desk = OwnDesk & {
  words: AgencyWords;
  caller: Session["caller"];
  /** Whether the table of permissions opens this address to them. */
  may: Session["may"];
  number(value: number): string;
  query(name: string): string;
  /** What time it is for the gateway. */
  now(): number;
};

export const deskOf = (c: Context): Desk => {
  const now = c.get("now") as (() => string) | undefined;
  const desk = ownDesk(c);
  const { language, session } = desk;
  return {
    ...desk,
    caller: session.caller,
    may: session.may,
    words: agencyTexts[language],
    number: (value) => numberIn(language, value, { maximumFractionDigits: 0 }),
    query: (name) => c.req.query(name) ?? "",
    now: () => (now ? Date.parse(now()) : Date.now()),
  };
};

/** What is read, or nothing: for what a page shows beside its own matter. */
export const orNothing = <Value>(answer: Answered<Value>): Value | undefined =>
  answer.ok ? answer.value : undefined;

type List<Item> = { items: Item[] };

/** The regions that they reach, by name. */
export const regionsOf = async (desk: Desk): Promise<Region[]> => {
  const all = orNothing(await desk.read<List<Region>>("/v1/regions"))?.items ?? [];
  const own = desk.caller.regions.map(({ id }) => id);
  return own.length === 0 ? all : all.filter(({ id }) => own.includes(id));
};

export const centresOf = async (desk: Desk, region?: string): Promise<Centre[]> => {
  const query = region ? `?region=${encodeURIComponent(region)}` : "";
  return orNothing(await desk.read<List<Centre>>(`/v1/centres${query}`))?.items ?? [];
};

export const nameOf = (desk: Desk, region: Region): string => region.name[desk.language] ?? region.id;
