import type { Context } from "hono";
import type { ErrorCode, Issue, Problem } from "../../../schema/errors.ts";
import type { Language } from "../../../schema/primitives.ts";
import type { Session } from "../sign-in/guard.tsx";
import { say } from "../texts/say.ts";
import { languageOf } from "./page.ts";

/* What each page of somebody who signed in works with: who is there, in which language, and the API as far as they reach. */

/** What the API refused, by its code and the fields that it found at fault. */
export type Refused = { ok: false; status: number; code: ErrorCode; issues: readonly Issue[] };
export type Answered<Value> = { ok: true; value: Value } | Refused;

export type OwnDesk = {
  language: Language;
  session: Session;
  /** Of the page that is open, with what is asked there but the language. */
  path: string;
  say(message: string, values?: Record<string, string | number | Date>): string;
  /** A page of ours, in the language that was chosen. */
  to(path: string, query?: Record<string, string | undefined>): string;
  read<Value>(path: string): Promise<Answered<Value>>;
  /** `once`: the form's own key, so that one that is sent twice does one thing. */
  send<Value>(method: string, path: string, json?: unknown, once?: string): Promise<Answered<Value>>;
};

export const refusedBy = async (reply: Response): Promise<Refused> => {
  const { code = "internal", issues = [] } = (await reply.json().catch(() => ({}))) as Partial<Problem>;
  return { ok: false, status: reply.status, code, issues };
};

export const answered = async <Value>(reply: Response): Promise<Answered<Value>> =>
  reply.ok ? { ok: true, value: (await reply.json()) as Value } : refusedBy(reply);

/** What was done here (`did`) is said once. */
const pathOf = ({ pathname, searchParams }: URL): string => {
  for (const said of ["lang", "did"]) searchParams.delete(said);
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
};

export const ownDesk = (c: Context): OwnDesk => {
  const session = c.get("session") as Session;
  const { api } = session;
  const language = languageOf(c);
  const chosen = c.req.query("lang") === undefined ? {} : { lang: language };
  return {
    language,
    session,
    path: pathOf(new URL(c.req.url)),
    say: (message, values) => say(language, message, values),
    to: (path, query = {}) => {
      const [address = "", anchor] = path.split("#");
      const asked = Object.entries<string | undefined>({ ...query, ...chosen }).flatMap(
        ([name, value]): [string, string][] => (value ? [[name, value]] : []),
      );
      const said = new URLSearchParams(asked).toString();
      return address + (said && `?${said}`) + (anchor ? `#${anchor}` : "");
    },
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
