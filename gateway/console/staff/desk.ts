import type { Context } from "hono";
import type { ErrorCode, Issue, Problem } from "../../../schema/errors.ts";
import type { Language } from "../../../schema/primitives.ts";
import { languageOf } from "../frame/page.ts";
import type { Session } from "../sign-in/guard.tsx";
import { say } from "../texts/say.ts";
import { type StaffWords, staffTexts } from "../texts/staff/staff.ts";

/* What each page of a centre's staff works with: who is there, in which language, and the API as far as they reach. */

/** What the API refused, by its code and the fields that it found at fault. */
export type Refused = { code: ErrorCode; issues: readonly Issue[] };
export type Answer<Value> = { ok: true; value: Value } | ({ ok: false; status: number } & Refused);

export type Desk = {
  language: Language;
  words: StaffWords;
  session: Session;
  /** Of this page, with what is asked there but the language. */
  path: string;
  say(message: string, values?: Record<string, string | number | Date>): string;
  /** A page of ours, in the language that was chosen. */
  to(path: string, query?: Record<string, string>): string;
  read<Value>(path: string): Promise<Answer<Value>>;
  /** `once`: the form's own key, so that one that is sent twice does one thing. */
  send<Value>(method: string, path: string, json?: unknown, once?: string): Promise<Answer<Value>>;
};

const answered = async <Value>(reply: Response): Promise<Answer<Value>> => {
  if (reply.ok) return { ok: true, value: (await reply.json()) as Value };
  const { code = "internal", issues = [] } = (await reply.json().catch(() => ({}))) as Partial<Problem>;
  return { ok: false, status: reply.status, code, issues };
};

/** What was done here is said once. */
const pathOf = ({ pathname, searchParams }: URL): string => {
  for (const said of ["lang", "did"]) searchParams.delete(said);
  const query = searchParams.toString();
  return query ? `${pathname}?${query}` : pathname;
};

export const deskOf = (c: Context, session: Session): Desk => {
  const { api } = session;
  const language = languageOf(c);
  const chosen: Record<string, string> = c.req.query("lang") === undefined ? {} : { lang: language };
  return {
    ...{ language, session, words: staffTexts[language] },
    path: pathOf(new URL(c.req.url)),
    say: (message, values) => say(language, message, values),
    to: (path, query = {}) => {
      const [address = "", anchor] = path.split("#");
      const said = new URLSearchParams({ ...query, ...chosen }).toString();
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

const known = [
  "not_allowed",
  "not_found",
  "conflict",
  "surplus_over",
  "doses_promised",
  "expected_later",
] as const;
const knownToo = ["no_dose_free", "booking_over", "card_differs"] as const;
const busy: readonly string[] = [
  "too_many_requests",
  "overloaded",
  "database_unavailable",
  "platform_unavailable",
];

/** A refusal in words that say what to do. */
export const faultOf = ({ words }: Pick<Desk, "words">, { code }: Pick<Refused, "code">): string => {
  if (busy.includes(code)) return words.fault.wait;
  const told = [...known, ...knownToo].find((each) => each === code);
  return told ? words.fault[told] : words.fault.other;
};
