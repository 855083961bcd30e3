import type { Context } from "hono";
import type { ShownCaller } from "../../../schema/caller.ts";
import type { Instant } from "../../../schema/primitives.ts";
import type { Session as Kept, SignIn } from "../../identity/sign-in.ts";
import { type ApiFor, bearing } from "../frame/api.ts";
import { openCookies } from "./cookies.ts";

/* Who is signed in, as a browser's cookie says it and the API confirms it at each page. */

type World = { signIn: SignIn; apiFor: ApiFor; isSecure: boolean };

/** No session lasts longer than a long day's work. */
const hoursAtMost = 12;
/** A token that ends within this is renewed first, so that it lasts for the page. */
const soonMs = 60_000;

type Found =
  | { caller: ShownCaller; kept: Kept; renewed: boolean }
  /** `over`: there was one; `away`: the API cannot say now. */
  | { missing: "none" | "over" | "roleless" | "away"; retryAfter?: number };

/** What somebody is by a key or token, or why the API does not say. */
export type Looked = { caller: ShownCaller } | Refused;
export type Refused = {
  refused: "unknown" | "roleless" | "often" | "away";
  detail?: string;
  retryAfter?: number;
};

const lookUp = async (apiFor: ApiFor, c: Context, bearer: string): Promise<Looked> => {
  const reply = await apiFor(c)("/v1/caller", bearing(bearer));
  if (reply.ok) return { caller: (await reply.json()) as ShownCaller };
  const { detail } = (await reply.json().catch(() => ({}))) as { detail?: string };
  if (reply.status === 401) return { refused: "unknown", detail };
  if (reply.status === 403) return { refused: "roleless", detail };
  const told = Number(reply.headers.get("retry-after"));
  const retryAfter = told > 0 ? told : undefined;
  return { refused: reply.status === 429 ? "often" : "away", retryAfter };
};

export const openSessions = ({ signIn, apiFor, isSecure }: World) => {
  const cookies = openCookies(isSecure);
  const now = () => Date.parse(signIn.now());
  const isWithin = (at: Instant | undefined, ms: number) => at !== undefined && Date.parse(at) <= now() + ms;

  /** What the cookie holds, if it is one of ours. */
  const kept = async (c: Context): Promise<Kept | undefined> => {
    const sealed = cookies.read(c, "everydose");
    return sealed ? signIn.opened(sealed) : undefined;
  };

  /** `false` where it is too large for a cookie. */
  const keep = async (c: Context, session: Kept): Promise<boolean> => {
    const sealed = await signIn.sealed(session);
    if (sealed) cookies.write(c, "everydose", sealed);
    return sealed !== undefined;
  };

  /** Begins a session with what the API knows of whoever shows this. */
  const begin = (
    c: Context,
    shown: Omit<Kept, "endsAt" | "until">,
    { validUntil: until }: ShownCaller,
  ): Promise<boolean> => {
    const latest = new Date(now() + hoursAtMost * 3_600_000).toISOString() as Instant;
    const endsAt = until && !shown.refresh && until < latest ? until : latest;
    return keep(c, { ...shown, until, endsAt });
  };

  const find = async (c: Context): Promise<Found> => {
    const before = await kept(c);
    if (!before) return { missing: cookies.read(c, "everydose") ? "over" : "none" };
    const again = isWithin(before.until, soonMs) ? await signIn.renew(before) : undefined;
    if (!again && isWithin(before.until, 0)) return { missing: "over" };
    const session = again ?? before;
    const looked = await lookUp(apiFor, c, session.bearer);
    if ("caller" in looked) {
      const { caller } = looked;
      return { caller, kept: { ...session, until: caller.validUntil }, renewed: again !== undefined };
    }
    if (looked.refused === "unknown") return { missing: "over" };
    if (looked.refused === "roleless") return { missing: "roleless" };
    return { missing: "away", retryAfter: looked.retryAfter };
  };

  return {
    cookies,
    kept,
    keep,
    begin,
    find,
    lookUp: (c: Context, bearer: string) => lookUp(apiFor, c, bearer),
    end: (c: Context): void => cookies.remove(c, "everydose"),
  };
};
export type Sessions = ReturnType<typeof openSessions>;
