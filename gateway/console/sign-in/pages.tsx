import { type Context, Hono } from "hono";
import type { ShownCaller } from "../../../schema/caller.ts";
import type { Failed, Signed, SignIn } from "../../identity/sign-in.ts";
import { signedIn as sent } from "../frame/headers.ts";
import { isFromElsewhere, ownForm, sentByAnother } from "../frame/own-form.ts";
import { ownPages } from "../frame/own-pages.ts";
import { languageOf, page, speaks } from "../frame/page.ts";
import { say } from "../texts/say.ts";
import { type SignInWords, signInTexts } from "../texts/sign-in/words.ts";
import type { SignedInGuard } from "./guard.tsx";
import { HomePage } from "./home-page.tsx";
import { NotYoursPage } from "./not-yours-page.tsx";
import { ownPath } from "./own-path.ts";
import type { Looked, Refused, Sessions } from "./session.ts";
import { DonePage, SignInPage } from "./sign-in-page.tsx";

type Given = {
  signIn: SignIn;
  sessions: Sessions;
  signedIn: SignedInGuard;
  /** Where people open the pages, without what follows: a provider sends them back there. */
  publicUrl: string;
};

const callbackPath = "/sign-in/callback";
const waySeconds = 900;

/** Where somebody arrives who wanted nothing in particular. */
const homeOf = ({ routes }: ShownCaller, language: string): string => {
  const [first] = ownPages.filter(({ needs }) => routes.includes(needs));
  return `${first?.path ?? "/sign-in/home"}?lang=${language}`;
};

/** A browser on this machine comes back to the name under which it knows it; every other to the public address. */
const callbackOf = (c: Context, publicUrl: string): string => {
  const { origin, hostname } = new URL(c.req.url);
  const isHere = ["localhost", "127.0.0.1"].includes(hostname) && publicUrl.startsWith("http:");
  return new URL(callbackPath, isHere ? origin : publicUrl).href;
};

const isWhy = (word: string | undefined, words: SignInWords): word is keyof SignInWords["why"] =>
  word !== undefined && Object.hasOwn(words.why, word);

/** What is wrong with a key, in words that say what to do. */
const faultOf = (c: Context, looked: Refused) => {
  const language = languageOf(c);
  const { fault } = signInTexts[language];
  if (looked.refused === "unknown") return { fault: fault.key, status: 401 as const };
  if (looked.refused === "roleless") return { fault: fault.role, status: 403 as const };
  const { retryAfter = 60 } = looked;
  if (looked.refused === "away") return { fault: fault.away, status: 503 as const, retryAfter };
  const minutes = Math.ceil(retryAfter / 60);
  return { fault: say(language, fault.wait, { minutes }), status: 429 as const, retryAfter };
};

/** What may stand in an Authorization header. */
const keyIn = (typed: unknown): string | undefined =>
  typeof typed === "string" ? /^(?:Bearer +)?([\w.~+/-]{1,8000}=*)$/i.exec(typed.trim())?.[1] : undefined;

/** Signing in and out. */
export const signInPages = ({ signIn, sessions, signedIn, publicUrl }: Given): Hono => {
  const app = new Hono();
  const { providers } = signIn;
  const { cookies } = sessions;
  app.use("/sign-in", speaks).use("/sign-in/*", speaks).use("/sign-out", speaks);

  const back = (c: Context, why: Failed["failed"], to?: string) =>
    c.redirect(`/sign-in?${new URLSearchParams({ why, lang: languageOf(c), ...(to && { to }) })}`, 303);
  /** Nothing on the way keeps this address, and it goes nowhere from here. */
  const unseen = (c: Context): void => {
    c.header("cache-control", "no-store");
    c.header("referrer-policy", "no-referrer");
  };

  app.get("/sign-in", (c) => {
    const language = languageOf(c);
    const { why, by } = c.req.query();
    const left = by !== undefined && /^\d$/.test(by) ? Number(by) : undefined;
    const known = isWhy(why, signInTexts[language]) ? why : undefined;
    const to = ownPath(c.req.query("to"));
    return page(c, <SignInPage language={language} providers={providers} to={to} why={known} left={left} />, {
      sent,
    });
  });

  app.post("/sign-in", ownForm(16 * 1024), async (c) => {
    if (isFromElsewhere(c) !== false) return sentByAnother(c);
    const language = languageOf(c);
    const typed = await c.req.parseBody();
    const to = ownPath(typed.to);
    const again = (fault: ReturnType<typeof faultOf>) =>
      page(c, <SignInPage language={language} providers={providers} to={to} fault={fault.fault} />, {
        sent,
        ...fault,
      });
    const key = keyIn(typed.key);
    const looked: Looked = key ? await sessions.lookUp(c, key) : { refused: "unknown" };
    if (!key || !("caller" in looked)) return again(faultOf(c, looked as Refused));
    const { caller } = looked;
    if (!(await sessions.begin(c, { bearer: key ?? "", by: caller.by, name: caller.label }, caller)))
      return again({ fault: signInTexts[language].fault.large, status: 401 });
    return c.redirect(to ?? homeOf(caller, language), 303);
  });

  app.get("/sign-in/with/:number{[0-9]}", async (c) => {
    unseen(c);
    const to = ownPath(c.req.query("to")) ?? "";
    const callback = callbackOf(c, publicUrl);
    const way = await signIn.begin(Number(c.req.param("number") ?? ""), {
      callback,
      to,
      language: languageOf(c),
    });
    if (!way) return c.notFound();
    if ("failed" in way) return back(c, way.failed, to);
    cookies.write(c, "everydose-way", way.way, waySeconds);
    return c.redirect(way.address, 303);
  });

  app.get(callbackPath, async (c) => {
    unseen(c);
    const language = languageOf(c);
    const way = cookies.read(c, "everydose-way");
    cookies.remove(c, "everydose-way");
    const { search } = new URL(c.req.url);
    const done: Signed | Failed = way ? await signIn.finish(way, search.slice(1)) : { failed: "lost" };
    if ("failed" in done) return back(c, done.failed, done.to);
    const looked = await sessions.lookUp(c, done.session.bearer);
    if ("caller" in looked) {
      const { caller } = looked;
      if (await sessions.begin(c, done.session, caller))
        return c.redirect(done.to || homeOf(caller, language), 303);
      return back(c, "away", done.to);
    }
    if (looked.refused === "often" || looked.refused === "away") return back(c, "away", done.to);
    const { detail } = looked;
    return page(c, <NotYoursPage language={language} detail={detail} />, { sent, status: 403 });
  });

  app.get("/sign-in/done", (c) => page(c, <DonePage language={languageOf(c)} />, { sent }));

  app.get("/sign-in/home", signedIn, (c) =>
    page(c, <HomePage language={languageOf(c)} session={c.get("session")} />, { sent }),
  );

  app.post("/sign-out", async (c) => {
    if (isFromElsewhere(c) !== false) return sentByAnother(c);
    const kept = await sessions.kept(c);
    sessions.end(c);
    if (kept) await signIn.leave(kept);
    const by = providers.findIndex(({ issuer }) => issuer === kept?.issuer);
    const asked = { why: "out", lang: languageOf(c), ...(by >= 0 && { by: String(by) }) };
    return c.redirect(`/sign-in?${new URLSearchParams(asked)}`, 303);
  });

  app.get("/sign-in/leave/:number{[0-9]}", async (c) => {
    unseen(c);
    const address = await signIn.endOf(Number(c.req.param("number") ?? ""));
    return address ? c.redirect(address, 303) : back(c, "away");
  });
  return app;
};
