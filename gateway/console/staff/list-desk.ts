import type { Context } from "hono";
import type { ErrorCode, Issue, Problem } from "../../../schema/errors.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Api } from "../frame/api.ts";
import { languageOf } from "../frame/page.ts";
import type { Session } from "../sign-in/guard.tsx";
import { type ListWords, listTexts } from "../texts/lists/lists.ts";
import { say } from "../texts/say.ts";

/* What each page of a centre's list works with: who is there, in which language, and the API as far as they reach. */

type Refused = { ok: false; status: number; code: ErrorCode; issues: readonly Issue[] };
export type Answer<Value> = { ok: true; value: Value } | Refused;

export type ListDesk = {
  language: Language;
  words: ListWords;
  session: Session;
  api: Api;
  /** Where the page lies that is open. */
  path: string;
  say(message: string, values?: Record<string, string | number | Date>): string;
  /** A page of ours, in the language that was chosen. */
  to(path: string, query?: Record<string, string>): string;
  read<Value>(path: string): Promise<Answer<Value>>;
  send<Value>(path: string, json?: unknown): Promise<Answer<Value>>;
};

export const answered = async <Value>(reply: Response): Promise<Answer<Value>> => {
  if (reply.ok) return { ok: true, value: (await reply.json()) as Value };
  const told = (await reply.json().catch(() => ({}))) as Partial<Problem>;
  return { ok: false, status: reply.status, code: told.code ?? "internal", issues: told.issues ?? [] };
};

export const listDesk = (c: Context, session: Session): ListDesk => {
  const language = languageOf(c);
  const chosen: Record<string, string> = c.req.query("lang") === undefined ? {} : { lang: language };
  const { api } = session;
  return {
    ...{ language, words: listTexts[language], session, api, path: c.req.path },
    say: (message, values) => say(language, message, values),
    to: (path, query = {}) => {
      const said = new URLSearchParams({ ...query, ...chosen }).toString();
      return path + (said && `?${said}`);
    },
    read: async (path) => answered(await api(path)),
    send: async (path, json) => {
      const headers: Record<string, string> =
        json === undefined ? {} : { "content-type": "application/json" };
      const body = json === undefined ? undefined : JSON.stringify(json);
      return answered(await api(path, { method: "POST", headers, body }));
    },
  };
};

const busy: readonly string[] = ["too_many_requests", "overloaded", "database_unavailable"];

/** A refusal in words that say what to do. */
export const faultOf = ({ words: { fault } }: ListDesk, { code, status }: Refused): string => {
  if (busy.includes(code)) return fault.wait;
  if (code === "spreadsheet_unreadable" || code === "unsupported_media") return fault.unreadable;
  if (code === "body_too_large") return fault.tooLarge;
  if (code === "work_unfit" || code === "work_over") return fault.work_unfit;
  return status === 404 || status === 403 ? fault.not_found : fault.other;
};
