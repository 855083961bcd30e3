import type { Context } from "hono";
import type { Issue, Problem } from "../../../schema/errors.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Centre, Region } from "../../../schema/region.ts";
import type { Route } from "../../http/permissions.ts";
import { languageOf } from "../frame/page.ts";
import type { Session } from "../sign-in/guard.tsx";
import { type AgencyWords, agencyTexts } from "../texts/agency/agency.ts";
import { localeOf, say } from "../texts/say.ts";

/* What each page of an authority works with: who is there, in which language, and the API as far as they reach. */

export type Answered<Value> =
  | { ok: true; value: Value }
  | { ok: false; status: number; code: string; issues: Issue[] };

export type Desk = {
  language: Language;
  words: AgencyWords;
  session: Session;
  caller: Session["caller"];
  /** Whether the table of permissions opens this address to them. */
  may(route: Route): boolean;
  say(message: string, values?: Record<string, string | number | Date>): string;
  number(value: number, digits?: number): string;
  /** A page of ours in the language that was chosen. */
  to(path: string, query?: Record<string, string | undefined>): string;
  /** The page that is open, with what is asked there but the language. */
  here: string;
  query(name: string): string;
  /** What time it is for the gateway. */
  now(): number;
  read<Value>(path: string): Promise<Answered<Value>>;
  send<Value>(method: string, path: string, json?: unknown, once?: string): Promise<Answered<Value>>;
};

const answered = async <Value>(reply: Response): Promise<Answered<Value>> => {
  if (reply.ok) return { ok: true, value: (await reply.json()) as Value };
  const problem = (await reply.json().catch(() => ({}))) as Partial<Problem>;
  const { code = "internal", issues = [] } = problem;
  return { ok: false, status: reply.status, code, issues };
};

export const deskOf = (c: Context): Desk => {
  const session = c.get("session") as Session;
  const { caller, api } = session;
  const now = c.get("now") as (() => string) | undefined;
  const language = languageOf(c);
  const chosen = c.req.query("lang") === undefined ? {} : { lang: language };
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.delete("lang");
  const here = searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
  return {
    ...{ language, session, caller, here, words: agencyTexts[language] },
    may: session.may,
    say: (message, values) => say(language, message, values),
    number: (value, digits = 0) =>
      new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: digits }).format(value),
    to: (path, query = {}) => {
      const said = Object.entries({ ...query, ...chosen }).filter(([, value]) => value);
      const text = new URLSearchParams(said as [string, string][]).toString();
      return text ? `${path}?${text}` : path;
    },
    query: (name) => c.req.query(name) ?? "",
    now: () => (now ? Date.parse(now()) : Date.now()),
    read: async (path) => answered(await api(path)),
    send: async (method, path, json, once) =>
      answered(
        await api(path, {
          method,
          headers: {
            ...(json === undefined ? {} : { "content-type": "application/json" }),
            ...(once ? { "idempotency-key": `"${once}"` } : {}),
          },
          body: json === undefined ? undefined : JSON.stringify(json),
        }),
      ),
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
